"""Mux's objects and events, as providers.md has them, in any state."""

import json
from collections.abc import Mapping
from typing import Any

from tests.builders import VIDEO_ID, at

UPLOAD_ID, ASSET_ID, SIGNED_ID, PUBLIC_ID = "UPLD0001", "AST0001", "PBK0001", "PBK0002"


def iso(seconds: float) -> str:
    """That many seconds after the tests' beginning, as Mux writes it."""
    return at(seconds).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def upload(status: str = "waiting", **changes: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": UPLOAD_ID,
        "timeout": 3600,
        "status": status,
        "url": "https://uploads.example.test/u/UPLD0001?upload_id=opaque",
        "cors_origin": "https://app.example.test",
        "new_asset_settings": {"playback_policies": ["signed"], "passthrough": VIDEO_ID},
        "test": False,
    }
    if status == "asset_created":
        known["asset_id"] = ASSET_ID
    return {**known, **changes}


def asset(status: str = "preparing", **changes: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": ASSET_ID,
        "upload_id": UPLOAD_ID,
        "status": status,
        "created_at": int(at(1).timestamp()),
        "passthrough": VIDEO_ID,
        "playback_ids": [{"id": SIGNED_ID, "policy": "signed"}],
        "ingest_type": "on_demand_direct_upload",
    }
    if status == "ready":
        known |= {
            "duration": 12.34,
            "aspect_ratio": "16:9",
            "max_stored_frame_rate": 30,
            "progress": {"state": "completed", "progress": 100},
            "tracks": [
                {"id": "TRK1", "type": "video", "max_width": 1280, "max_height": 720, "max_frame_rate": -1},
                {"id": "TRK2", "type": "audio", "max_channels": 2, "primary": True},
            ],
        }
    if status == "errored":
        known["errors"] = {"type": "invalid_input", "messages": ["The input is not a video."]}
    return {**known, **changes}


def rendition(status: str = "ready", **changes: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": "RND0001",
        "name": "highest.mp4",
        "ext": "mp4",
        "status": status,
        "resolution": "highest",
        "asset_id": ASSET_ID,
        "passthrough": VIDEO_ID,
        "filesize": "123456",
        "width": 1280,
        "height": 720,
        "bitrate": 2_500_000,
    }
    return {**known, **changes}


def event(kind: str, data: Mapping[str, Any], *, seconds: float = 1, **changes: Any) -> bytes:
    """A delivery's body. Every ``kind`` at every second has an id of its own."""
    family = "upload" if kind.startswith("video.upload.") else "asset"
    known: dict[str, Any] = {
        "type": kind,
        "id": f"evt-{kind}-{seconds}",
        "created_at": iso(seconds),
        "object": {"type": family, "id": data.get("id")},
        "environment": {"id": "env01", "name": "Local"},
        "data": data,
        "attempts": [],
        "request_id": None,
        "accessor": None,
        "accessor_source": None,
    }
    return json.dumps({**known, **changes}).encode()


def life(end: str = "ready") -> list[bytes]:
    """Everything that Mux says about one upload, in its order: to ``ready``, ``errored`` or ``cancelled``."""
    begun = [event("video.upload.created", upload(), seconds=0)]
    if end == "cancelled":
        return [*begun, event("video.upload.cancelled", upload("cancelled"), seconds=9)]
    begun += [
        event("video.upload.asset_created", upload("asset_created"), seconds=10),
        event("video.asset.created", asset(), seconds=11),
        event("video.asset.non_standard_input_detected", asset(), seconds=12),
        event("video.asset.track.created", {"id": "TRK1", "type": "video", "asset_id": ASSET_ID}, seconds=12),
    ]
    if end == "errored":
        return [
            *begun,
            event("video.upload.errored", upload("asset_created"), seconds=14.5),
            event("video.asset.errored", asset("errored"), seconds=15),
        ]
    return [
        *begun,
        event("video.asset.ready", asset("ready"), seconds=15),
        event("video.asset.static_rendition.ready", rendition(), seconds=18),
        event("video.asset.updated", asset("ready", meta={"title": "Holiday"}), seconds=20),
    ]
