"""Cloudflare Stream's webhook: verified as raw bytes, then told as news. The body is the video itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sluice.adapters.cloudflare.signature import SCHEME
from sluice.adapters.cloudflare.videos import changed_at, our_id, state_of, video_facts
from sluice.adapters.signatures import verify as verify_signature
from sluice.adapters.wire import read_object, text
from sluice.usecases.provider_ports import ProviderNews


def verify(raw: bytes, headers: Mapping[str, str], *, secrets: Iterable[str], now: datetime) -> datetime:
    """When the delivery was signed; raises as ``signatures.verify``."""
    return verify_signature(SCHEME, raw, headers, secrets=secrets, now=now)


def news(raw: bytes, *, received_at: datetime) -> ProviderNews:
    """What a verified delivery says. There is no event id: video, state and time of change are its identity.

    Raises:
        Malformed: it is not a JSON object.
    """
    video = read_object(raw)
    uid, state = text(video.get("uid")), state_of(video)
    at = changed_at(video, received_at)
    return ProviderNews(
        provider="cloudflare",
        key=f"cloudflare:{uid}:{state}:{at.isoformat()}",
        kind=state,
        video_id=our_id(video),
        ids={"asset": uid} if uid else {},
        facts=video_facts(video, received_at),
    )
