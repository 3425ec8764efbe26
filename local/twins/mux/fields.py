"""Settings of a Mux asset as callers send them, checked and in the form in which Mux gives them back."""

from collections.abc import Iterable
from typing import Any

from local.twins.refusals import Doc, Refused

INVALID = "invalid_parameters"
POLICIES = frozenset({"public", "signed", "drm"})
META_LENGTHS = {"title": 512, "creator_id": 128, "external_id": 128}  # code points
PASSTHROUGH_LENGTH = 255
QUALITIES = {"basic", "plus", "premium"}
OLD_QUALITIES = {"smart": "plus", "baseline": "basic", "premium": "premium"}
RESOLUTIONS = frozenset(
    {
        "highest",
        "audio-only",
        "2160p",
        "1440p",
        "1080p",
        "720p",
        "540p",
        "480p",
        "360p",
        "270p",
    }
)
_PLAIN = (
    "normalize_audio",
    "master_access",
    "mp4_support",
    "generate_shots",
    "directives",
    "per_title_encode",
)


def refuse(message: str) -> Refused:
    """400 with a sentence."""
    return Refused(400, INVALID, message)


def asset_settings(given: Any) -> Doc:
    """Settings with their defaults, old names replaced by new ones.

    Raises:
        Refused: something in them cannot be used.
    """
    if not isinstance(given, dict):
        raise refuse("Asset settings must be an object.")
    settings: Doc = {"playback_policies": _policies(given), "video_quality": _quality(given)}
    settings["max_resolution_tier"] = given.get("max_resolution_tier") or "1080p"
    if settings["max_resolution_tier"] not in {"1080p", "1440p", "2160p"}:
        raise refuse("max_resolution_tier must be 1080p, 1440p or 2160p.")
    if given.get("passthrough"):
        settings["passthrough"] = passthrough(given["passthrough"])
    if given.get("meta") is not None:
        settings["meta"] = meta(given["meta"])
    if given.get("static_renditions"):
        if given.get("mp4_support", "none") != "none":
            raise refuse("static_renditions and mp4_support exclude each other.")
        settings["static_renditions"] = [rendition(one) for one in _listed(given["static_renditions"])]
    settings |= {name: given[name] for name in _PLAIN if given.get(name) is not None}
    if given.get("test") is not None:
        settings["test"] = bool(given["test"])
    inputs = given.get("inputs", given.get("input"))
    if inputs:
        settings["inputs"] = [{"url": inputs}] if isinstance(inputs, str) else _listed(inputs)
    return settings


def passthrough(given: Any) -> str:
    """Free text of at most 255 characters."""
    if not isinstance(given, str) or len(given) > PASSTHROUGH_LENGTH:
        raise refuse(f"passthrough must be text of at most {PASSTHROUGH_LENGTH} characters.")
    return given


def meta(given: Any) -> Doc:
    """Title, creator and external id, each of a limited length; nothing else is kept."""
    if not isinstance(given, dict):
        raise refuse("meta must be an object.")
    for name, most in META_LENGTHS.items():
        value = given.get(name)
        if value is not None and (not isinstance(value, str) or len(value) > most):
            raise refuse(f"meta.{name} must be text of at most {most} characters.")
    return {name: given[name] for name in META_LENGTHS if given.get(name) is not None}


def policy(given: Any) -> str:
    """One playback policy."""
    if given not in POLICIES:
        raise refuse("A playback policy is public, signed or drm.")
    return str(given)


def rendition(given: Any) -> Doc:
    """One static rendition that is asked for."""
    if not isinstance(given, dict) or given.get("resolution") not in RESOLUTIONS:
        raise refuse("A static rendition needs a resolution.")
    asked: Doc = {"resolution": given["resolution"]}
    if given.get("passthrough"):
        asked["passthrough"] = passthrough(given["passthrough"])
    return asked


def _policies(given: Doc) -> list[str]:
    plain = given.get("playback_policies", given.get("playback_policy"))
    listed = [plain] if isinstance(plain, str) else _listed(plain or [])
    advanced = _listed(given.get("advanced_playback_policies") or [])
    return [policy(one) for one in listed] + [
        policy(one.get("policy")) for one in advanced if isinstance(one, dict)
    ]


def _quality(given: Doc) -> str:
    old = OLD_QUALITIES.get(given.get("encoding_tier") or "", "basic")
    quality = given.get("video_quality") or old
    if quality not in QUALITIES:
        raise refuse("video_quality must be basic, plus or premium.")
    return str(quality)


def _listed(given: Any) -> list[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable) or isinstance(given, dict):
        raise refuse("A list was expected.")
    return list(given)
