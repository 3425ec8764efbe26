"""The receipt of a deletion: what was removed of a video, and that it was looked for again and not found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# Providers stop repeating a webhook within 30 days; a tombstone, and its receipt, outlive every late fact.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """What one step did in one look: ``removed`` things, and whether it ``verified`` that none is left.

    ``check`` says in a sentence for people how that is verified.
    """

    name: str
    check: str
    removed: int
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReceipt:
    """All that one step has done. ``verified_at`` is ``None`` while something may be left."""

    name: str
    check: str
    removed: int = 0
    removed_at: datetime | None = None
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What has become of a deleted video.

    ``completed_at`` is when nothing of it was left for the first time, ``confirmed_at`` when that was so
    after the last straggler must have ended.
    """

    video_id: str
    requested_at: datetime
    steps: tuple[StepReceipt, ...] = ()
    completed_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Nothing was left when it was last looked for."""
        return bool(self.steps) and all(step.verified_at for step in self.steps)

    def after(self, taken: Sequence[StepTaken], *, at: datetime, last: bool) -> "Receipt":
        """The receipt after one more look; ``last``: everything that was under way has ended by now."""
        known = {step.name: step for step in self.steps}
        for step in taken:
            known[step.name] = _added(known.get(step.name), step, at)
        looked = replace(self, steps=tuple(known.values()))
        if not looked.complete:
            return looked
        return replace(
            looked,
            completed_at=self.completed_at or at,
            confirmed_at=at if last else self.confirmed_at,
        )


def _added(known: StepReceipt | None, taken: StepTaken, at: datetime) -> StepReceipt:
    before = known or StepReceipt(name=taken.name, check=taken.check)
    return replace(
        before,
        check=taken.check,
        removed=before.removed + taken.removed,
        removed_at=at if taken.removed else before.removed_at,
        verified_at=at if taken.verified else None,
    )
