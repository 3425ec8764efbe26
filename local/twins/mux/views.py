"""What Mux shows of an upload and of an asset, in its API and in its webhooks."""

import time
from math import gcd

from local.twins.media import Facts
from local.twins.refusals import Doc

PROCESSING_SECONDS = 5.0  # from the file's arrival to `ready` for a short file, as seen with the real service
_UPLOAD = ("id", "url", "timeout", "status", "new_asset_settings", "asset_id", "error", "cors_origin", "test")
_ASSET = (
    "id",
    "status",
    "upload_id",
    "passthrough",
    "meta",
    "playback_ids",
    "duration",
    "aspect_ratio",
    "resolution_tier",
    "max_resolution_tier",
    "max_stored_resolution",
    "max_stored_frame_rate",
    "video_quality",
    "encoding_tier",
    "ingest_type",
    "tracks",
    "errors",
    "static_renditions",
    "mp4_support",
    "master_access",
    "master",
    "non_standard_input_reasons",
    "normalize_audio",
    "test",
    "thumbnail_time",
)


def upload_view(upload: Doc, *, webhook: bool = False) -> Doc:
    """An upload. The webhook's has no ``error``; one that can take no file any more has no ``url``."""
    shown = {name: upload[name] for name in _UPLOAD if upload.get(name) is not None}
    if webhook:
        shown.pop("error", None)
    if upload["status"] not in {"waiting", "asset_created"}:
        shown.pop("url", None)
    return shown


def asset_view(asset: Doc, *, pace: float, webhook: bool = False) -> Doc:
    """An asset. ``created_at`` is a number in webhooks and text in the API, as with the real service."""
    shown = {name: asset[name] for name in _ASSET if asset.get(name) is not None}
    shown["created_at"] = asset["created_at"] if webhook else str(asset["created_at"])
    shown["progress"] = _progress(asset, pace)
    return shown


def media_fields(facts: Facts, tracks: tuple[str, str]) -> Doc:
    """What is known of an asset once it has been looked at. ``tracks``: the ids of the video and the audio
    track.
    """
    short = min(facts.width, facts.height)
    fields: Doc = {
        "duration": round(facts.duration_seconds, 6),
        "max_stored_resolution": _stored(short),
        "resolution_tier": _tier(short),
        "max_stored_frame_rate": facts.frame_rate or -1,
        "tracks": [],
    }
    if facts.width:
        shared = gcd(facts.width, facts.height)
        fields["aspect_ratio"] = f"{facts.width // shared}:{facts.height // shared}"
        size = {
            "max_width": facts.width,
            "max_height": facts.height,
            "max_frame_rate": facts.frame_rate or -1,
        }
        fields["tracks"].append({"id": tracks[0], "type": "video", **size})
    if facts.channels:
        sound = {"max_channels": facts.channels, "status": "ready", "primary": True, "name": "Default"}
        fields["tracks"].append({"id": tracks[1], "type": "audio", **sound})
    return fields


def _progress(asset: Doc, pace: float) -> Doc:
    if asset["status"] == "ready":
        return {"state": "completed", "progress": 100}
    if asset["status"] == "errored":
        return {"state": "errored", "progress": -1}
    if asset.get("duration") is None:
        return {"state": "ingesting", "progress": 0}
    share = (time.time() - asset["begun_at"]) / max(PROCESSING_SECONDS * pace, 0.001)
    return {"state": "transcoding", "progress": min(99, int(100 * share))}


def _stored(short: int) -> str:
    return (
        "Audio only"
        if not short
        else "SD"
        if short < 720
        else "HD"
        if short < 1080
        else "FHD"
        if short < 1440
        else "UHD"
    )


def _tier(short: int) -> str:
    if not short:
        return "audio-only"
    return next((f"{tier}p" for tier in (720, 1080, 1440) if short <= tier), "2160p")
