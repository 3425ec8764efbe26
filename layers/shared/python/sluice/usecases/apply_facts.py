"""The only way in which a video changes: read, reduce, write on condition, again if somebody was first."""

from dataclasses import dataclass
from functools import reduce as fold

from sluice.domain.deadlines import Patience, due_at
from sluice.domain.errors import NotFound, WriteConflict
from sluice.domain.facts import Fact
from sluice.domain.video import Video, reduce
from sluice.usecases.contention import rounds
from sluice.usecases.ports import Versioned, VideoStore


@dataclass(frozen=True, slots=True)
class Applied:
    """The video afterwards, and whether anything about it is new."""

    video: Video
    changed: bool


def apply_facts(
    videos: VideoStore, video_id: str, *facts: Fact, patience: Patience, known: Versioned | None = None
) -> Applied:
    """Let ``facts`` be true of a video, in one write. ``known`` saves the first read if it is at hand.

    Raises:
        NotFound: there is no such row (yet); a queue consumer leaves that to its retries.
        WriteConflict: too many others wrote at the same time.
    """
    for _ in rounds():
        before = known or videos.find(video_id)
        if before is None:
            raise NotFound("There is no such video.", code="video_not_found")
        after = fold(reduce, facts, before.video)
        if after == before.video:
            return Applied(after, changed=False)
        try:
            videos.replace(before, after, due_at=due_at(after, patience))
        except WriteConflict:
            known = None
        else:
            return Applied(after, changed=True)
    raise WriteConflict("The video is being changed by too many requests at once. Please try again.")


def add_video(videos: VideoStore, video: Video, *, patience: Patience) -> None:
    """Write a new video's row; a second time changes nothing.

    Raises:
        WriteConflict: the owner's counts are being changed by too many at the same time.
    """
    for _ in rounds():
        try:
            videos.add(video, due_at=due_at(video, patience))
        except WriteConflict:
            continue
        return
    raise WriteConflict("Too many videos are being created at once. Please try again.")
