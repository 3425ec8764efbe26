"""What tests are made of: videos in any state, facts, callers. Say only what the test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce as fold
from typing import Any

from sluice.domain import facts
from sluice.domain.admission import UploadWish
from sluice.domain.deadlines import Patience
from sluice.domain.generation import Generation, Script
from sluice.domain.identity import Caller
from sluice.domain.media_facts import MediaFacts, Rendition
from sluice.domain.outgoing import Delivery
from sluice.domain.stamped import Stamped
from sluice.domain.video import Upload, Video, reduce
from sluice.domain.webhook_endpoints import Endpoint, EndpointKey

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PATIENCE = Patience()
VIDEO_ID = "vid_0195a1c2-0000-7000-8000-000000000001"

ALICE = Caller(user_id="alice", email="alice@example.com", name="Alice")
BOB = Caller(user_id="bob")


def at(seconds: float) -> datetime:
    """That many seconds after ``NOW``."""
    return NOW + timedelta(seconds=seconds)


def video_id(number: int) -> str:
    """A well-formed id; ids sort as their numbers do."""
    return f"vid_0195a1c2-0000-7000-8000-{number:012x}"


def make_media(**changes: Any) -> MediaFacts:
    known: dict[str, Any] = {
        "duration_seconds": 12.5,
        "format": "mp4",
        "width": 1280,
        "height": 720,
        "codec": "h264",
        "frame_rate": 30.0,
        "has_audio": True,
    }
    return MediaFacts(**{**known, **changes})


def make_rendition(name: str = "720p", bitrate_bps: int = 2_500_000) -> Rendition:
    return Rendition(name=name, width=1280, height=720, bitrate_bps=bitrate_bps)


def make_wish(**changes: Any) -> UploadWish:
    known: dict[str, Any] = {"filename": "holiday.mp4", "size_bytes": 1_000_000, "mime_type": "video/mp4"}
    return UploadWish(**{**known, **changes})


def facts_of(status: str) -> Sequence[facts.Fact]:
    """The facts that bring a new video to a status, a second apart."""
    stored = facts.SourceStored(at=at(1), size_bytes=1_000_000, etag="e1")
    probed = facts.SourceProbed(at=at(2), media=make_media())
    started = facts.ProcessingStarted(at=at(3), reference="arn:aws:states:::execution:media:one")
    ready = (
        facts.RenditionReady(at=at(4), rendition=make_rendition()),
        facts.PicturesReady(at=at(4), poster="videos/x/poster.jpg", storyboard="videos/x/storyboard.vtt"),
        facts.PlaybackReady(at=at(5)),
    )
    return {
        "uploading": (),
        "processing": (stored, probed, started),
        "ready": (stored, probed, started, *ready),
        "complete": (stored, probed, started, *ready, facts.LadderCompleted(at=at(6))),
        "error": (stored, facts.Failed(at=at(2), code="not_a_video", message="This is not a video.")),
        "deleted": (stored, facts.DeletionRequested(at=at(2))),
    }[status]


def make_video(status: str = "uploading", *, protocol: str = "put", **changes: Any) -> Video:
    """A video that is ``uploading``, ``processing``, ``ready``, ``complete``, ``error`` or ``deleted``."""
    size = changes.pop("size_bytes", 1_000_000)
    created = changes.pop("created_at", NOW)
    known: dict[str, Any] = {
        "video_id": VIDEO_ID,
        "owner_id": ALICE.user_id,
        "provider": "s3",
        "filename": "holiday.mp4",
        "created_at": created,
        "upload": Upload(
            protocol=protocol,
            size_bytes=size,
            mime_type=changes.pop("mime_type", "video/mp4"),
            expires_at=created + timedelta(hours=6),
            part_size_bytes=16 * 1024 * 1024 if protocol == "multipart" else None,
        ),
        "correlation_id": "request-1",
        "title": Stamped(created, changes.pop("title", "Holiday")),
        "visibility": Stamped(created, changes.pop("visibility", "private")),
        "custom": Stamped(created, changes.pop("custom", {})),
        "heard_at": created,
    }
    return fold(reduce, facts_of(status), Video(**{**known, **changes}))


def make_import(*more: facts.Fact, **changes: Any) -> Video:
    """A video whose source we are to fetch; its URL is sealed as ``tests.fakes.imports.FakeSeal`` does."""
    name = changes.pop("video_id", VIDEO_ID)
    created = changes.pop("created_at", NOW)
    sealed = f"{name}:{changes.pop('url', 'https://example.com/video.mp4').encode().hex()}"
    upload = Upload(protocol="import", size_bytes=0, mime_type="", expires_at=created, sealed_url=sealed)
    video = make_video(video_id=name, created_at=created, upload=upload, processing_at=created, **changes)
    return fold(reduce, more, video)


def make_script(**changes: str) -> Script:
    known = {"hook": "Three things", "body": "They are many.", "conclusion": "Ask us."}
    known |= {"company_name": "Harbour Homes", "social_handles": "@harbour", "license": "NMLS 1"}
    known |= {"avatar": "Ada", "email": "ada@example.com"}
    return Script(**{**known, **changes})


def make_generation(**changes: Any) -> Generation:
    known: dict[str, Any] = {
        "generation_id": "gen_0195a1c2-0000-7000-8000-000000000001",
        "owner_id": "alice",
        "video_id": VIDEO_ID,
        "title": "Three things",
        "correlation_id": "request-1",
        "created_at": NOW,
    }
    return Generation(**{**known, **changes})


def make_endpoint(**changes: Any) -> Endpoint:
    known: dict[str, Any] = {
        "endpoint_id": "whe_0195a1c2-0000-7000-8000-000000000001",
        "owner_id": "alice",
        "url": "https://hooks.example/sluice?token=hunter2",
        "events": ("video.ready", "video.error"),
        "keys": (EndpointKey("key_1", "whsec_" + "YWFh" * 8),),
        "created_at": NOW,
    }
    return Endpoint(**{**known, **changes})


def make_delivery(**changes: Any) -> Delivery:
    known: dict[str, Any] = {
        "delivery_id": "msg_0195a1c2-0000-7000-8000-000000000001",
        "endpoint_id": make_endpoint().endpoint_id,
        "owner_id": "alice",
        "event_type": "video.ready",
        "body": '{"type":"video.ready"}',
        "created_at": NOW,
        "began_at": NOW,
    }
    return Delivery(**{**known, **changes})
