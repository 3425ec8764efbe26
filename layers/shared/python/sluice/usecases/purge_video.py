"""Remove what a deleted video leaves behind, and look again when the last straggler must have ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sluice.domain.deletion import Receipt, StepTaken
from sluice.domain.errors import Unavailable
from sluice.domain.video import Status, Video
from sluice.usecases.contention import rounds, until_written
from sluice.usecases.deletion_ports import Receipts, Step
from sluice.usecases.ports import VideoStore

# An encoding step that was already running may write for as long as a function may run.
LOOK_AGAIN_AFTER = timedelta(minutes=15)
# Others may show for a moment what they have just removed.
_LOOKS = 5


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done; ``removed`` counts all steps' things."""

    was_deleted: bool
    removed: int


def purge_video(
    video_id: str,
    *,
    plan: Callable[[Video], Sequence[Step]],
    videos: VideoStore,
    receipts: Receipts,
    now: datetime,
    last: bool = False,
) -> Purged:
    """Take every step of the plan, look whether anything is left, and write it down.

    Repeating it is harmless. A step that fails holds back no other. A video that is not deleted is left
    alone, whoever asks.

    Raises:
        Unavailable: something may be left, so it must be done again; or whatever the step raised.
    """
    found = videos.find(video_id)
    if found is None or found.video.status is not Status.DELETED:
        return Purged(was_deleted=False, removed=0)
    video, failures = found.video, list[Exception]()
    taken = [_take(step, video, failures) for step in plan(video)]
    until_written(lambda: _write_down(video, taken, receipts, now=now, last=last))
    if failures:
        raise failures[0]
    if not all(step.verified for step in taken):
        raise Unavailable("Something of the deleted video is still there.")
    return Purged(was_deleted=True, removed=sum(step.removed for step in taken))


def _take(step: Step, video: Video, failures: list[Exception]) -> StepTaken:
    removed, verified = 0, False
    try:
        removed = step.remove(video)
        verified = any(step.is_gone(video) for _ in islice(rounds(), _LOOKS))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other steps go on, and then it is raised
        failures.append(error)
    return StepTaken(name=step.name, check=step.check, removed=removed, verified=verified)


def _write_down(
    video: Video, taken: Sequence[StepTaken], receipts: Receipts, *, now: datetime, last: bool
) -> None:
    fresh = Receipt(video_id=video.video_id, requested_at=video.deleted_at or now)
    before, version = receipts.find(video.video_id) or (fresh, 0)
    receipts.write(before.after(taken, at=now, last=last), version)
