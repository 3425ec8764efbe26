"""What providers say about a video of a test, queued as the webhooks function queues it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sluice.adapters.ids import new_video_id
from sluice.domain.facts import ProviderLinked
from sluice.domain.video import Video

from tests import cloudflare_payloads, mux_payloads
from tests.builders import make_video
from tests.deployment import Deployment
from tests.engine import unique
from tests.mux_peer import with_facts


def opened(
    deployed: Deployment, user: str, provider: str, *, linked: bool = True, stored: bool = True
) -> Video:
    """A video whose upload was opened at a provider, whose id for it the row has if it is ``linked``."""
    now = datetime.now(UTC)
    protocol = {"mux": "chunked-put", "cloudflare": "form"}[provider]
    video = make_video(
        video_id=new_video_id(now), owner_id=user, provider=provider, protocol=protocol, created_at=now
    )
    if linked:
        kind = {"mux": "upload", "cloudflare": "asset"}[provider]
        video = with_facts(video, (ProviderLinked(at=now, kind=kind, provider_id=unique("theirs")),))
    return deployed.has(video) if stored else video


def asset_id(video: Video) -> str:
    """Mux's id of the asset that came of the upload."""
    return f"asset-of-{video.video_id}"


def mux(
    kind: str, video: Video, data: dict[str, Any] | None = None, *, age: float = 0, **changes: Any
) -> dict[str, object]:
    """A delivery of Mux; ``data`` is in place of the video's asset, ``changes`` of the envelope's parts."""
    ours = {"id": asset_id(video), "upload_id": video.link("upload"), "passthrough": video.video_id}
    told = data if data is not None else mux_payloads.asset("ready", **ours)
    body = mux_payloads.event(kind, told, **{"id": f"{kind}-{video.video_id}", **changes})
    return _queued("mux", body, age)


def cloudflare(video: Video, state: str = "ready", *, age: float = 0, **changes: Any) -> dict[str, object]:
    ours = {"creator": video.video_id, "meta": {"name": "Holiday", "videoId": video.video_id}}
    told = {"uid": video.link("asset"), "modified": 9.0, **ours, **changes}
    modified = told.pop("modified")
    return _queued(
        "cloudflare",
        cloudflare_payloads.body(cloudflare_payloads.shown(state, modified=modified, **told)),
        age,
    )


def told(provider: str, video: Video, *, age: float = 0) -> dict[str, object]:
    """That the video is ready."""
    return mux("video.asset.ready", video, age=age) if provider == "mux" else cloudflare(video, age=age)


def _queued(provider: str, body: bytes, age: float) -> dict[str, object]:
    received_at = datetime.now(UTC) - timedelta(seconds=age)
    return {"provider": provider, "receivedAt": received_at.isoformat(), "body": body.decode()}
