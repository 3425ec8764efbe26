"""No video waits for ever: when somebody must look at it again if nothing is heard."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.video import Status, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long silence is normal, and for how long it is worth trying to help (``give_up``).

    ``finishing`` is for what already plays at a provider that tells of its end by one webhook alone.
    ``upload_grace`` is what an upload that is under way at its expiry may still take; ``strays`` is how
    long what a provider was asked for without an answer is left alone, as it may still be in the making.
    """

    upload_grace: timedelta = timedelta(minutes=15)
    processing: timedelta = timedelta(minutes=5)
    finishing: timedelta = timedelta(minutes=1)
    give_up: timedelta = timedelta(hours=6)
    strays: timedelta = timedelta(minutes=10)


def due_at(video: Video, patience: Patience) -> datetime | None:
    """When to look after this video; ``None`` if nothing is expected of it, astray or exposed."""
    times = (_word_due_at(video, patience), _strays_due_at(video, patience), video.exposed_at)
    return min((time for time in times if time), default=None)


def _strays_due_at(video: Video, patience: Patience) -> datetime | None:
    if video.unanswered_at is None or not video.strays_possible:
        return None
    return video.unanswered_at + patience.strays


def _word_due_at(video: Video, patience: Patience) -> datetime | None:
    if video.settled:
        return None
    if video.status is Status.UPLOADING:
        return video.open_until + patience.upload_grace
    told_once = video.status is Status.READY and video.provider != "s3"
    return video.heard_at + (patience.finishing if told_once else patience.processing)
