"""Cloudflare's video object, told as facts: its webhook's body is the very object that a GET answers with.

So the times are the object's own, and both ways of hearing of a state give equal facts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sluice.adapters.wire import mapping, moment, number, pixels, positive, text
from sluice.domain.facts import (
    Fact,
    Failed,
    LadderCompleted,
    PlaybackReady,
    ProcessingStarted,
    ProgressMade,
    ProviderLinked,
    SourceProbed,
)
from sluice.domain.ids import is_video_id
from sluice.domain.media_facts import MediaFacts

_LONGEST_MESSAGE = 300
_CODES = {
    "ERR_NON_VIDEO": "not_a_video",
    "ERR_DURATION_EXCEED_CONSTRAINT": "too_long",
    "ERR_DURATION_TOO_SHORT": "too_short",
    "ERR_MALFORMED_VIDEO": "broken_source",
    "ERR_FETCH_ORIGIN_ERROR": "import_failed",
}


def our_id(video: Mapping[str, Any]) -> str | None:
    """Our id, as creator and in the metadata; ``None`` if it is in neither or they differ."""
    metadata = {str(name).lower(): value for name, value in mapping(video.get("meta")).items()}
    carried = {text(video.get("creator")), text(metadata.get("videoid"))} - {None}
    only = carried.pop() if len(carried) == 1 else None
    return only if only and is_video_id(only) else None


def state_of(video: Mapping[str, Any]) -> str:
    """Cloudflare's word for the state; one that cannot be read is none that we act on."""
    return text(mapping(video.get("status")).get("state")) or "unknown"


def changed_at(video: Mapping[str, Any], otherwise: datetime) -> datetime:
    """The object's own time."""
    return moment(video.get("modified")) or moment(video.get("uploaded")) or otherwise


def video_facts(video: Mapping[str, Any], otherwise: datetime) -> Sequence[Fact]:
    """What a video in any of its states says. ``otherwise`` stands in for times that it does not tell."""
    uid, at = text(video.get("uid")), changed_at(video, otherwise)
    if uid is None:
        return ()
    created, uploaded = moment(video.get("created")) or at, moment(video.get("uploaded"))
    signed = video.get("requireSignedURLs")
    facts: list[Fact] = [ProviderLinked(at=created, kind="asset", provider_id=uid)]
    if isinstance(signed, bool):
        facts.append(ProviderLinked(at=at, kind="playback_public", provider_id="" if signed else uid))
    state = state_of(video)
    if uploaded or state in {"downloading", "queued", "inprogress", "ready"}:
        facts.append(ProcessingStarted(at=uploaded or at))
    if state == "error":
        facts.append(_failed(mapping(video.get("status")), at))
    elif video.get("readyToStream") is True:
        facts += _ready(video, at)
    elif state == "inprogress":
        facts += _progress(video, at)
    return facts


def _ready(video: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Playable since it says so, and still at ``at``. The rest of the ladder may follow: 100 % tells."""
    since = moment(video.get("readyToStreamAt")) or at
    facts: list[Fact] = [PlaybackReady(at=each) for each in sorted({min(since, at), at})]
    facts += _progress(video, at)
    if state_of(video) == "ready" and (_percent(video) or 0) >= 100:
        facts.append(LadderCompleted(at=at))
    duration = positive(video.get("duration"))
    if duration:
        size, shape = positive(video.get("size")), mapping(video.get("input"))
        media = MediaFacts(
            duration_seconds=duration,
            width=pixels(shape.get("width")),
            height=pixels(shape.get("height")),
            size_bytes=round(size) if size else None,
        )
        facts.append(SourceProbed(at=at, media=media))
    return facts


def _progress(video: Mapping[str, Any], at: datetime) -> list[Fact]:
    percent = _percent(video)
    return [] if percent is None else [ProgressMade(at=at, percent=min(max(int(percent), 0), 100))]


def _percent(video: Mapping[str, Any]) -> float | None:
    """Text, as a rule, such as "39.000000"."""
    return number(mapping(video.get("status")).get("pctComplete"))


def _failed(status: Mapping[str, Any], at: datetime) -> Fact:
    """Documents and samples disagree on the names of the two fields."""
    code = text(status.get("errorReasonCode")) or text(status.get("errReasonCode")) or ""
    given = text(status.get("errorReasonText")) or text(status.get("errReasonText"))
    message = (given or "The video provider could not process the video.")[:_LONGEST_MESSAGE]
    return Failed(at=at, code=_CODES.get(code, "processing_failed"), message=message)
