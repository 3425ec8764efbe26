"""Who may play what at Cloudflare: one path segment is the uid or a token, and opens manifest, pictures and
player.
"""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from local.twins import tokens
from local.twins.cloudflare.envelope import AUTHENTICATION, BAD_REQUEST, not_found
from local.twins.core import Core, core_of
from local.twins.keys import from_public_pem
from local.twins.refusals import Doc, Refused

LONGEST_TOKEN_SECONDS = 24 * 3600
MOST_RULES = 5
COUNTRY_HEADER = "CF-IPCountry"
_UID = re.compile(r"[0-9a-f]{32}")


def opened(request: web.Request, *, download: bool = False) -> Doc:
    """The video that this request may see.

    Raises:
        Refused: 404 unknown, 401 not opened by this, 403 from another site, 424 its processing failed.
    """
    core, given = core_of(request), request.match_info["opener"]
    claims: Doc | None = None
    if not _UID.fullmatch(given):
        claims = _claims(core, request, given)
    video = core.store.get("video", given if claims is None else str(claims.get("sub")))
    if video is None:
        raise not_found("video")
    if claims is None and video["requireSignedURLs"]:
        raise _unauthorized("signed URLs are required")
    if download and claims is not None and claims.get("downloadable") is not True:
        raise _unauthorized("not downloadable")
    _check_origin(request, video)
    if video["status"]["state"] == "error":
        raise Refused(424, BAD_REQUEST, "The processing of this video failed.")
    if not video["readyToStream"]:
        raise not_found("manifest: the video is not ready")
    return video


def check_rules(rules: Any, address: str, country: str) -> bool:
    """Whether the rules let an address of a country in: the first that matches decides, none lets everybody
    in.

    Raises:
        BadToken: there are too many, or one is malformed.
    """
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise tokens.BadToken("at most five rules")
    for rule in rules:
        if not isinstance(rule, dict) or rule.get("action") not in {"allow", "block"}:
            raise tokens.BadToken("a rule is malformed")
        if _matches(rule, address, country):
            return bool(rule["action"] == "allow")
    return True


def _matches(rule: Doc, address: str, country: str) -> bool:
    match rule.get("type"):
        case "any":
            return True
        case "ip.geoip.country":
            return country in rule.get("country", [])
        case "ip.src":
            try:
                return bool(address) and any(
                    ipaddress.ip_address(address) in ipaddress.ip_network(net, strict=False)
                    for net in rule.get("ip", [])
                )
            except ValueError:
                raise tokens.BadToken("an address is malformed") from None
    raise tokens.BadToken("a rule has an unknown type")


def _claims(core: Core, request: web.Request, token: str) -> Doc:
    try:
        claims = tokens.read(token, lambda key_id: _key_of(core, key_id))
        tokens.check_times(claims, longest_seconds=LONGEST_TOKEN_SECONDS + 60)
        country = request.headers.get(COUNTRY_HEADER, "")
        allowed = check_rules(claims.get("accessRules", []), request.remote or "", country)
    except tokens.BadToken as exc:
        raise _unauthorized(str(exc)) from None
    if not allowed:
        raise _unauthorized("access rules")
    return claims


def _key_of(core: Core, key_id: str) -> RSAPublicKey | None:
    own = core.store.get("own_key", "own")
    key = own if own is not None and own["id"] == key_id else core.store.get("key", key_id)
    return None if key is None else from_public_pem(key["public"])


def _check_origin(request: web.Request, video: Doc) -> None:
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if not video["allowedOrigins"] or origin is None:
        return
    parts = urlsplit(origin)
    if not any(_covers(allowed, parts.hostname or "", parts.netloc) for allowed in video["allowedOrigins"]):
        raise Refused(403, AUTHENTICATION, "This site may not play the video.")


def _covers(allowed: str, host: str, with_port: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:])
    return allowed in {with_port, host if host == with_port else with_port}


def _unauthorized(reason: str) -> Refused:
    return Refused(401, AUTHENTICATION, "This does not open the video.", {"X-Twin-Reason": reason})
