"""What can be asked of a video at Cloudflare, as JSON or as tus metadata. Keys that are misspelt are ignored,
as the real service ignores them."""

import base64
import time
from datetime import UTC, datetime
from typing import Any

from local.twins.cloudflare.envelope import refuse
from local.twins.refusals import Doc

DEFAULT_EXPIRY_SECONDS = 1800
LONGEST_VIDEO_SECONDS = 36_000
CREATOR_LENGTH = 64
_TUS_NAMES = {
    name.lower(): name
    for name in (
        "maxDurationSeconds",
        "expiry",
        "requireSignedURLs",
        "allowedOrigins",
        "thumbnailTimestampPct",
        "scheduledDeletion",
        "watermark",
    )
}


def checked(given: Doc) -> Doc:
    """The known settings among ``given``.

    Raises:
        Refused: one of them cannot be used.
    """
    settings: Doc = {}
    if "requireSignedURLs" in given:
        settings["requireSignedURLs"] = given["requireSignedURLs"] is True
    if "allowedOrigins" in given:
        settings["allowedOrigins"] = _origins(given["allowedOrigins"])
    if given.get("maxDurationSeconds") is not None:
        settings["maxDurationSeconds"] = max_duration(given["maxDurationSeconds"])
    if given.get("creator") is not None:
        settings["creator"] = creator(given["creator"])
    if given.get("meta") is not None:
        if not isinstance(given["meta"], dict):
            raise refuse("meta must be an object.")
        settings["meta"] = given["meta"]
    if given.get("thumbnailTimestampPct") is not None:
        settings["thumbnailTimestampPct"] = _share(given["thumbnailTimestampPct"])
    if given.get("scheduledDeletion") is not None:
        settings["scheduledDeletion"] = iso(moment(given["scheduledDeletion"], "scheduledDeletion"))
    return settings


def max_duration(given: Any) -> int:
    """1 to 36,000 seconds."""
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= LONGEST_VIDEO_SECONDS:
        raise refuse(f"maxDurationSeconds must be 1 to {LONGEST_VIDEO_SECONDS}.")
    return given


def creator(given: Any) -> str:
    """Free text of at most 64 characters."""
    if not isinstance(given, str) or len(given) > CREATOR_LENGTH:
        raise refuse(f"creator must be text of at most {CREATOR_LENGTH} characters.")
    return given


def expiry(given: Any) -> float:
    """When an upload's address ends; half an hour from now unless asked otherwise."""
    if given is None:
        return time.time() + DEFAULT_EXPIRY_SECONDS
    at = moment(given, "expiry")
    if at <= time.time():
        raise refuse("expiry must be in the future.")
    return at


def moment(given: Any, name: str) -> float:
    """An RFC 3339 time as epoch seconds."""
    try:
        at = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise refuse(f"{name} must be an RFC 3339 time.") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def iso(at: float) -> str:
    """As Cloudflare writes times."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_metadata(header: str) -> Doc:
    """``Upload-Metadata`` as the same settings as in JSON; unknown keys land in ``meta``.

    Raises:
        Refused: a value is not base64 text.
    """
    given: Doc = {"meta": {}}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, coded = pair.partition(" ")
        value = _decoded(coded)
        name = _TUS_NAMES.get(key.lower())
        if name is None:
            given["meta"][key] = value
        else:
            given[name] = _typed(name, value)
    return given


def _typed(name: str, value: str) -> Any:
    match name:
        case "maxDurationSeconds":
            return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value
        case "requireSignedURLs":
            return value.lower() != "false"  # a flag: it counts by being there
        case "allowedOrigins":
            return [origin.strip() for origin in value.split(",") if origin.strip()]
        case "thumbnailTimestampPct":
            return value
    return value


def _decoded(coded: str) -> str:
    try:
        return base64.b64decode(coded, validate=True).decode()
    except ValueError:
        raise refuse("Upload-Metadata must hold base64 values.") from None


def _origins(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) and "/" not in one for one in given):
        raise refuse("allowedOrigins must list hosts.")
    return list(given)


def _share(given: Any) -> float:
    try:
        share = float(given)
    except (TypeError, ValueError):
        share = -1.0
    if not 0 <= share <= 1:
        raise refuse("thumbnailTimestampPct must be 0 to 1.")
    return share
