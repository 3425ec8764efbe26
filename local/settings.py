"""What an operator may set before ``python -m local run``: the names of the contract, section 15.

Values come from the environment only. Whatever is unusable stops the start with a sentence that names
the variable and never shows its value, which may be a secret.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SHORTEST_SECRET_BYTES = 32  # HS256 needs a key as long as its hash (RFC 7518, section 3.2)
PROVIDERS = ("s3", "mux", "cloudflare")


class Unusable(ValueError):
    """A variable cannot be used; the message is a sentence for the operator."""

    def __init__(self, name: str, must: str) -> None:
        super().__init__(f"{name} {must}")
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One start of the local stack.

    ``template`` holds what goes to parameters of the template: the variable's name → its value.
    ``twin_pace`` is a factor on the time that provider twins take; ``import_allowed_hosts`` goes to the
    functions past the template, which cannot set it.
    """

    port: int
    aws_port: int
    data: Path
    auth_secret: str | None
    template: Mapping[str, str]
    twin_pace: float
    import_allowed_hosts: str = ""

    @property
    def origin(self) -> str:
        """Where the page and the API are found."""
        return f"http://localhost:{self.port}"

    @property
    def local_sign_in(self) -> bool:
        """Whether tokens are ours to sign; else they come from an identity provider."""
        return "AUTH_JWKS_URL" not in self.template

    @property
    def token_claims(self) -> dict[str, str]:
        """Claims that local tokens need beside their own, where the functions ask for them."""
        names = (("AUTH_ISSUER", "iss"), ("AUTH_AUDIENCE", "aud"))
        return {claim: self.template[name] for name, claim in names if name in self.template}


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings of this environment.

    Raises:
        Unusable: naming the first variable that cannot be used.
    """
    port = _port(env, "PORT", 3000)
    aws_port = _port(env, "AWS_PORT", 4566)
    if port == aws_port:
        raise Unusable("AWS_PORT", "must not be the same as PORT.")
    return Settings(
        port=port,
        aws_port=aws_port,
        data=Path(env.get("SLUICE_DATA") or ".sluice").resolve(),
        auth_secret=_auth_secret(env),
        template={name: check(env, name) for name, check in _TEMPLATE.items() if env.get(name)},
        twin_pace=_pace(env, "TWIN_PACE", 0.2),
        import_allowed_hosts=_exempt_hosts(env, "IMPORT_ALLOWED_HOSTS"),
    )


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Unusable(name, "must be a port, a whole number from 1 to 65535.")
    return int(text)


def _pace(env: Mapping[str, str], name: str, default: float) -> float:
    """A factor on the time that provider twins take; 1 is about the providers' own."""
    text = env.get(name) or str(default)
    try:
        pace = float(text)
    except ValueError:
        pace = -1
    if not 0 <= pace <= 10:
        raise Unusable(name, "must be a number from 0 to 10.")
    return pace


def _auth_secret(env: Mapping[str, str]) -> str | None:
    secret = env.get("AUTH_JWT_SECRET") or None
    if secret is not None and env.get("AUTH_JWKS_URL"):
        raise Unusable("AUTH_JWKS_URL", "cannot be set together with AUTH_JWT_SECRET: choose one.")
    if secret is not None and len(secret.encode()) < SHORTEST_SECRET_BYTES:
        raise Unusable("AUTH_JWT_SECRET", f"must have at least {SHORTEST_SECRET_BYTES} bytes.")
    if env.get("AUTH_JWKS_URL"):
        for name in ("AUTH_ISSUER", "AUTH_AUDIENCE"):
            if not env.get(name):
                raise Unusable(name, "must be set when AUTH_JWKS_URL is.")
    return secret


def _number(low: int, high: int) -> "Check":
    def check(env: Mapping[str, str], name: str) -> str:
        text = env[name]
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise Unusable(name, f"must be a whole number from {low} to {high}.")
        return text

    return check


def _url(env: Mapping[str, str], name: str) -> str:
    try:
        parts = urlsplit(env[name])
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Unusable(name, "must be an http or https URL.")
    return env[name]


def _origins(env: Mapping[str, str], name: str) -> str:
    origins = [origin.strip() for origin in env[name].split(",") if origin.strip()]
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
            raise Unusable(name, "must list origins such as http://localhost:5173, separated by commas.")
    return ",".join(origins)


def _provider(env: Mapping[str, str], name: str) -> str:
    if env[name] not in PROVIDERS:
        raise Unusable(name, f"must be one of: {', '.join(PROVIDERS)}.")
    return env[name]


def _ladder(env: Mapping[str, str], name: str) -> str:
    rungs = [rung.strip() for rung in env[name].split(",")]
    if not all(rung.isascii() and rung.isdigit() and 144 <= int(rung) <= 4320 for rung in rungs):
        raise Unusable(name, "must list rungs by their short side, such as 1080,720,480.")
    return ",".join(rungs)


def _yes_or_no(env: Mapping[str, str], name: str) -> str:
    if env[name] not in {"true", "false"}:
        raise Unusable(name, "must be true or false.")
    return env[name]


def _exempt_hosts(env: Mapping[str, str], name: str) -> str:
    """``host:port``, separated by commas: what imports may reach although it is not public."""
    hosts = [host.strip() for host in env.get(name, "").split(",") if host.strip()]
    for host in hosts:
        try:
            parts = urlsplit(f"https://{host}")
            exact = bool(parts.hostname and parts.port) and parts.netloc == host and "@" not in host
        except ValueError:
            exact = False
        if not exact:
            raise Unusable(name, "must list host:port, separated by commas.")
    return ",".join(hosts)


def _text(env: Mapping[str, str], name: str) -> str:
    if not env[name].isprintable():
        raise Unusable(name, "must be one line of printable text.")
    return env[name]


type Check = Callable[[Mapping[str, str], str], str]

# Ranges are those of `sluice.edge.settings`, which reads them in the functions; a test holds them together.
_TEMPLATE: Mapping[str, Check] = {
    "VIDEO_PROVIDER": _provider,
    "AUTH_JWKS_URL": _url,
    "AUTH_ISSUER": _text,
    "AUTH_AUDIENCE": _text,
    "ALLOWED_ORIGINS": _origins,
    "MAX_VIDEO_SIZE_MB": _number(1, 5_000_000),
    "MAX_VIDEO_DURATION_MINUTES": _number(1, 1440),
    "PLAYBACK_TTL_SECONDS": _number(60, 86_400),
    "STATUS_REFRESH_SECONDS": _number(1, 3_600),
    "UPLOAD_TTL_SECONDS": _number(60, 86_400),
    "LADDER": _ladder,
    "ALLOW_HTTP_IMPORT": _yes_or_no,
    "IMPORT_TIMEOUT_SECONDS": _number(10, 840),
    "GENERATION_WAIT_SECONDS": _number(1, 25),
    "DELIVERY_WINDOW_SECONDS": _number(60, 604_800),
}
