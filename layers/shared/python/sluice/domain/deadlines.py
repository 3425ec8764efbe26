"""No video waits for ever: when somebody must look at it again if nothing is heard."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.video import Status, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long silence is normal, and for how long it is worth trying to help (``give_up``).

    ``upload_grace`` is what an upload that is under way at its expiry may still take.
    """

    upload_grace: timedelta = timedelta(minutes=15)
    processing: timedelta = timedelta(minutes=5)
    give_up: timedelta = timedelta(hours=6)


def due_at(video: Video, patience: Patience) -> datetime | None:
    """When to ask the provider about this video; ``None`` if nothing more is expected of it."""
    if video.settled:
        return None
    if video.status is Status.UPLOADING:
        return video.upload.expires_at + patience.upload_grace
    return video.heard_at + patience.processing
