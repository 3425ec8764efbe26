"""Who may play what at Mux: playback id, token, restriction, readiness, in this order.

400 for an id that cannot be one, 404 for one that is none, 403 for a token that does not open it, 412
before ready.
"""

from urllib.parse import urlsplit

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from local.twins import tokens
from local.twins.core import Core, core_of
from local.twins.keys import from_public_pem
from local.twins.mux.fields import INVALID
from local.twins.refusals import Doc, Refused

VIDEO, THUMBNAIL, GIF, STORYBOARD = "v", "t", "g", "s"
IGNORED_HEADER = "X-Twin-Ignored"


def opened(request: web.Request, purpose: str) -> tuple[Doc, Doc]:
    """The asset that this request may see for a purpose (a token's ``aud``), and the claims that opened it
    (none for a public playback id).

    Raises:
        Refused: it may not, or not yet.
    """
    core, playback_id = core_of(request), request.match_info["pid"]
    if not (playback_id.isascii() and playback_id.isalnum() and len(playback_id) <= 64):
        raise Refused(400, INVALID, "The playback id is malformed.")
    playback = core.store.get("playback", playback_id)
    asset = None if playback is None else core.store.get("asset", playback["asset_id"])
    if playback is None or asset is None:
        raise Refused(404, "not_found", "There is no such playback id.")
    claims: Doc = {}
    if playback["policy"] != "public":
        claims = _claims(core, request, playback_id, purpose)
    if asset["status"] != "ready":
        raise Refused(412, "not_ready", "The asset cannot be played yet.")
    return asset, claims


def parameters(request: web.Request, claims: Doc) -> tuple[dict[str, str], dict[str, str]]:
    """What shapes a picture: the claims of a signed one, the query of a public one; and headers that name
    what
    stood in the query of a signed one for nothing."""
    if not claims:
        return dict(request.query), {}
    stray = sorted(name for name in request.query if name not in {"token", "format"})
    given = {name: str(value) for name, value in claims.items()}
    return given, {IGNORED_HEADER: ",".join(stray)} if stray else {}


def key_of(core: Core, key_id: str) -> RSAPublicKey | None:
    """The public half of a signing key that was not deleted."""
    key = core.store.get("key", key_id)
    return None if key is None else from_public_pem(key["public"])


def _claims(core: Core, request: web.Request, playback_id: str, purpose: str) -> Doc:
    try:
        claims = tokens.read(request.query.get("token", ""), lambda key_id: key_of(core, key_id))
        tokens.check_times(claims)
        _check_subject(claims, playback_id, purpose)
        if claims.get("playback_restriction_id"):
            _check_restriction(core, request, str(claims["playback_restriction_id"]))
    except tokens.BadToken as exc:
        raise Refused(
            403, "forbidden", "The token does not open this.", {"X-Twin-Reason": str(exc)}
        ) from None
    return claims


def _check_subject(claims: Doc, playback_id: str, purpose: str) -> None:
    if claims.get("sub") != playback_id:
        raise tokens.BadToken("of another playback id")
    if claims.get("aud") != purpose:
        raise tokens.BadToken("for another purpose")


def _check_restriction(core: Core, request: web.Request, restriction_id: str) -> None:
    restriction = core.store.get("restriction", restriction_id)
    if restriction is None:
        raise tokens.BadToken("unknown restriction")
    referrer, agent = (
        request.headers.get("Referer") or request.headers.get("Origin"),
        request.headers.get("User-Agent"),
    )
    if not agent and not restriction["user_agent"]["allow_no_user_agent"]:
        raise tokens.BadToken("no user agent")
    if not referrer:
        if not restriction["referrer"]["allow_no_referrer"]:
            raise tokens.BadToken("no referrer")
        return
    host = urlsplit(referrer).hostname or ""
    if not any(_covers(domain, host) for domain in restriction["referrer"]["allowed_domains"]):
        raise tokens.BadToken("referrer")


def _covers(domain: str, host: str) -> bool:
    if domain == "*":
        return True
    if domain.startswith("*."):  # one level
        return host.partition(".")[2] == domain[2:]
    return host == domain
