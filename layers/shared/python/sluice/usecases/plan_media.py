"""Decide what is made of a source."""

from collections.abc import Sequence
from dataclasses import dataclass

from sluice.domain.media import MediaJob
from sluice.domain.pieces import Plan, Workload, plan, workload
from sluice.usecases.encode_media import require_alive
from sluice.usecases.ports import VideoStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, and how much work it is."""

    plan: Plan
    load: Workload


def plan_media(job: MediaJob, *, ladder: Sequence[int], may_copy: bool, videos: VideoStore) -> Planned:
    """What to make; ``may_copy=False`` after packaging has failed. Raises ``VideoGone``."""
    require_alive(videos, job.video_id)
    made = plan(job.media, ladder, may_copy=may_copy)
    return Planned(plan=made, load=workload(made, job.media))
