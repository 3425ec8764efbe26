"""Remove what a deleted video leaves behind, and look again when the last straggler must have ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sluice.domain.keys import made_prefix, source_key
from sluice.domain.video import Status, Video
from sluice.usecases.ports import ProviderHoldings, VideoStore

# An encoding step that was already running may write for as long as a function may run.
LOOK_AGAIN_AFTER = timedelta(minutes=15)


class Remains(Protocol):
    """Objects below a prefix."""

    def remove(self, prefix: str) -> int:
        """Remove them all; how many there were."""


class Work(Protocol):
    """Processing under way."""

    def stop(self, reference: str) -> None: ...


class OpenUploads(Protocol):
    """Uploads under way."""

    def cancel(self, video: Video) -> None: ...


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done; ``removed`` counts objects."""

    was_deleted: bool
    removed: int


def purge_video(
    video_id: str,
    *,
    videos: VideoStore,
    remains: Remains,
    work: Work,
    uploads: OpenUploads,
    holdings: Callable[[str], ProviderHoldings],
) -> Purged:
    """Stop what still works on the video, then remove all that is stored of it. Repeating it is harmless.

    A video that is not deleted is left alone, whoever asks.
    """
    found = videos.find(video_id)
    if found is None or found.video.status is not Status.DELETED:
        return Purged(was_deleted=False, removed=0)
    video = found.video
    if video.provider != "s3":
        return Purged(was_deleted=True, removed=holdings(video.provider).erase(video))
    if video.reference:
        work.stop(video.reference.value)
    uploads.cancel(video)
    removed = remains.remove(source_key(video.owner_id, video_id)) + remains.remove(made_prefix(video_id))
    return Purged(was_deleted=True, removed=removed)
