"""Which addresses a user may send us to: imports and outgoing webhooks follow no URL that leads inside.

Pure rules: what a URL says, and what an IP address is. That the connection goes to an address that was judged
here is the business of ``adapters/guarded_http.py``. Whatever is not known to be public is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

from sluice.domain.errors import FieldProblem, RefusedAddress

_LONGEST_URL = 2048
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
# A last label that somebody takes for a number: 127.1, 0x7f.1, 2130706433.
_NUMERIC = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]|[\u0080-\u00a0\u2028\u2029]")
_INSIDE = "leads to an address that is not public"
# Beyond what ``is_global`` knows: relays to IPv6, special uses that it makes exceptions of, documentation.
_SPECIAL = tuple(map(ip_network, ("192.88.99.0/24", "192.0.0.0/24", "3fff::/20")))
# All that is assigned for the public IPv6 internet. What lies outside (mapped, translated, local) is not.
_PUBLIC_V6 = ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class Exemption:
    """A place that may be gone to although it is not public. For the local stack and tests alone.

    Without a ``prefix`` it is one host and port, over https as everywhere; with one, such as
    ``http://localhost:3000/twins/``, only what begins with that, as it is.
    """

    host: str
    port: int
    prefix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPolicy:
    """What a deployment allows."""

    allow_http: bool = False
    exempt: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL that may be followed as far as it tells itself. ``host`` is a name or an address, unbracketed.

    ``path`` has the query in it. ``exempt``: the addresses that the host has need not be public.
    """

    scheme: str
    host: str
    port: int
    path: str
    exempt: bool

    @property
    def url(self) -> str:
        """The URL as it will be asked for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def read_url(url: str, policy: AddressPolicy, *, field: str = "url") -> Target:
    """Where a URL leads, if that is allowed as far as can be told without asking for its name's addresses.

    Raises:
        RefusedAddress: naming ``field``. The message never repeats the URL, which may hold a secret.
    """
    try:
        return _target(url, policy)
    except _Wrong as wrong:
        raise refused(str(wrong), field=field) from None


def require_public(target: Target, addresses: Iterable[str], *, field: str = "url") -> None:
    """Judge every address that a target's host has.

    Raises:
        RefusedAddress: one of them is not public, and the host is not exempt.
    """
    if not target.exempt and not all(is_public(address) for address in addresses):
        raise refused(_INSIDE, field=field)


def refused(problem: str, *, field: str = "url") -> RefusedAddress:
    """The error that says what is wrong with the URL in ``field``."""
    return RefusedAddress("This URL cannot be used.", FieldProblem(field, problem))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet. One that cannot be read does not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.version == 6 and ip not in _PUBLIC_V6:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in special for special in _SPECIAL)


class _Wrong(ValueError):
    """What is wrong with a URL."""


def _target(url: str, policy: AddressPolicy) -> Target:
    if len(url) > _LONGEST_URL:
        raise _Wrong(f"must have at most {_LONGEST_URL:,} characters")
    if _FORBIDDEN.search(url):
        raise _Wrong("must not contain spaces, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _Wrong("must be a URL such as https://example.com/video.mp4") from None
    if parts.scheme not in _DEFAULT_PORTS or not parts.netloc:
        raise _Wrong("must begin with https://")
    if "@" in parts.netloc:
        raise _Wrong("must not contain a user name or password")
    host = _host(parts)
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    path = _path(parts)
    named = [each for each in policy.exempt if (each.host, each.port) == (host, port)]
    by_prefix = any(_begins_with(parts.scheme, path, each.prefix) for each in named if each.prefix)
    if parts.scheme == "http" and not (policy.allow_http or by_prefix):
        raise _Wrong("must begin with https://")
    if port not in {80, 443} and not 1024 <= port <= 65535:
        raise _Wrong("must use port 80, 443 or one from 1024 to 65535")
    exempt = by_prefix or any(each.prefix is None for each in named)
    if not exempt and _is_inside(host):
        raise _Wrong(_INSIDE)
    return Target(scheme=parts.scheme, host=host, port=port, path=path, exempt=exempt)


def _host(parts: SplitResult) -> str:
    """The host in its one spelling: a name in ASCII and lower case, or an address as it is written."""
    text = parts.hostname or ""
    if parts.netloc.startswith("["):
        if not re.fullmatch(r"\[[^\[\]]*\](:[0-9]*)?", parts.netloc):
            raise _Wrong("must name a host")
        return _address_v6(text)
    try:
        # Also folds full-width digits and dots, so that what is judged is what would be looked up.
        name = text.encode("idna").decode().lower().removesuffix(".") if text else ""
    except UnicodeError:
        raise _Wrong("must name a host") from None
    if not _NAME.fullmatch(name):
        raise _Wrong("must name a host")
    if _NUMERIC.match(name.rpartition(".")[2]):
        return _address_v4(name)
    return name


def _address_v4(text: str) -> str:
    """Four decimal numbers: on octal, hexadecimal and short forms readers disagree."""
    try:
        return str(IPv4Address(text))
    except ValueError:
        raise _Wrong("must write an IP address as four decimal numbers") from None


def _address_v6(text: str) -> str:
    if "%" in text:
        raise _Wrong(_INSIDE)  # which has a zone by being local
    try:
        return str(IPv6Address(text))
    except ValueError:
        raise _Wrong("must name a host") from None


def _is_inside(host: str) -> bool:
    """Whether the host alone tells that it is not public."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    if ":" in host or _NUMERIC.match(host.rpartition(".")[2]):
        return not is_public(host)
    return False


def _path(parts: SplitResult) -> str:
    """Path and query as they go over the wire: what is not ASCII is escaped, the rest left as it is."""
    safe = "/:@!$&'()*+,;=-._~%?[]"
    query = f"?{quote(parts.query, safe=safe)}" if parts.query else ""
    return (quote(parts.path, safe=safe) or "/") + query


def _begins_with(scheme: str, path: str, prefix: str) -> bool:
    wanted = urlsplit(prefix)
    dots = "/../" in f"{path}/" or "/./" in f"{path}/" or "%2e" in path.lower()
    return scheme == wanted.scheme and path.startswith(wanted.path) and not dots


def read_exemptions(text: str) -> tuple[Exemption, ...]:
    """``host:port`` or URL prefixes, separated by commas.

    Raises:
        ValueError: one of them is neither.
    """
    return tuple(_exemption(part.strip()) for part in text.split(",") if part.strip())


def _exemption(text: str) -> Exemption:
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if not parts.hostname or parts.port is None or ("://" in text and not parts.path.endswith("/")):
        raise ValueError("must list host:port, or URL prefixes that end in a slash")
    return Exemption(parts.hostname, parts.port, text if "://" in text else None)
