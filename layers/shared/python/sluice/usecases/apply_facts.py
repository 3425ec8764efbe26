"""The only way in which a video changes: read, reduce, write on condition, again if somebody was first."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce as fold
from random import uniform

from sluice.domain.deadlines import Patience, due_at
from sluice.domain.errors import NotFound, WriteConflict
from sluice.domain.facts import Fact
from sluice.domain.video import Video, reduce
from sluice.usecases.ports import Versioned, VideoStore

# 64 writers on one row need about 20 rounds at worst; the pauses keep them from meeting again.
_ATTEMPTS = 40
_LONGEST_PAUSE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Applied:
    """The video afterwards, and whether anything about it is new."""

    video: Video
    changed: bool


def apply_facts(
    videos: VideoStore,
    video_id: str,
    *facts: Fact,
    patience: Patience,
    known: Versioned | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Applied:
    """Let ``facts`` be true of a video, in one write. ``known`` saves the first read if it is at hand.

    Raises:
        NotFound: there is no such row (yet); a queue consumer leaves that to its retries.
        WriteConflict: too many others wrote at the same time.
    """
    for attempt in range(_ATTEMPTS):
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
            pause(uniform(0, min(_LONGEST_PAUSE_SECONDS, 0.01 * 2**attempt)))  # noqa: S311 - jitter
        else:
            return Applied(after, changed=True)
    raise WriteConflict("The video is being changed by too many requests at once. Please try again.")
