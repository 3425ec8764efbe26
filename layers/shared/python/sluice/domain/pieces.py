"""The plan: what is made of a source, in which pieces, and in which order.

Two stages. The first makes the video playable as soon as possible: a streamable source is packaged as
it is, any other gets its lowest rung. The second adds what is missing while it already plays. Within
a stage all work can run at the same time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt

from sluice.domain.ladder import Rung, copied_rung, ladder, rungs_below, streamable
from sluice.domain.media import SourceMedia

SEGMENT_SECONDS = 6
GOP_SECONDS = 2
# A minute of video is ten pieces in the second stage; see docs/adr/0021.
_PIECES_OF_A_MINUTE = 10
# The lowest rung costs a fraction of the others, so its pieces can be longer for the same wait.
_FIRST_STAGE_FACTOR = 2
# Below this a last piece is joined with the one before it.
_SHORTEST_PIECE_SECONDS = 1.0
# The function's disk (template.yaml) must hold what it packages, and one PUT takes 5 GB.
_MAX_PACKAGED_BYTES = 3 * 2**30


class Kind(StrEnum):
    """What one task does."""

    PACKAGE = "package"
    PIECE = "piece"
    AUDIO = "audio"
    PICTURES = "pictures"


class Stage(StrEnum):
    FIRST = "first"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work: one invocation, at most one object of media.

    ``start_seconds`` and ``end_seconds`` lie on the segment grid; an open end reaches the source's end.
    """

    kind: Kind
    stage: Stage
    index: int = 0
    start_seconds: float = 0.0
    end_seconds: float | None = None
    rungs: tuple[Rung, ...] = ()

    @property
    def name(self) -> str:
        """What its object is called, without folder and ending."""
        if self.kind is Kind.PIECE:
            return f"{self.stage}-{self.index:04d}"
        return f"{self.stage}-{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All tasks of a video. The rungs of a stage become playable together."""

    first: tuple[Task, ...]
    rest: tuple[Task, ...]

    def rungs(self, stage: Stage) -> tuple[Rung, ...]:
        """Rungs that exist when ``stage`` is done, the largest first."""
        tasks = self.first if stage is Stage.FIRST else self.first + self.rest
        found = {rung.name: rung for task in tasks for rung in task.rungs}
        return tuple(sorted(found.values(), key=lambda rung: rung.width * rung.height, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """How many objects each stage makes, and the first one's share (0..1) of all the work."""

    first: int
    rest: int
    first_share: float


def workload(whole: Plan, media: SourceMedia) -> Workload:
    """Work is measured in pixels to encode; packaging and sound cost next to nothing."""
    costs = {
        stage: sum(_cost(task, media) for task in tasks)
        for stage, tasks in ((Stage.FIRST, whole.first), (Stage.REST, whole.rest))
    }
    return Workload(
        first=sum(task.kind is not Kind.PICTURES for task in whole.first),
        rest=sum(task.kind is not Kind.PICTURES for task in whole.rest),
        first_share=costs[Stage.FIRST] / (sum(costs.values()) or 1),
    )


def percent_done(load: Workload, *, first: int, rest: int) -> int:
    """Progress when so many objects of each stage exist: never quite 0, and 100 only when all is settled."""
    done = load.first_share * _share(first, load.first) + (1 - load.first_share) * _share(rest, load.rest)
    return min(99, 1 + int(98 * done))


def plan(media: SourceMedia, short_sides: Sequence[int], *, may_copy: bool = True) -> Plan:
    """What to make of ``media``. ``may_copy=False`` encodes even a source that looks streamable."""
    rungs = ladder(media, short_sides)
    if may_copy and streamable(media) and media.size_bytes <= _MAX_PACKAGED_BYTES:
        copied = copied_rung(media)
        package = Task(kind=Kind.PACKAGE, stage=Stage.FIRST, rungs=(copied,))
        return Plan(first=(package,), rest=_rest(media, rungs_below(copied, rungs)))
    first = _pieces(media, rungs[-1:], Stage.FIRST)
    if media.audio is not None:
        first = (Task(kind=Kind.AUDIO, stage=Stage.FIRST), *first)
    return Plan(first=first, rest=_rest(media, rungs[:-1]))


def _rest(media: SourceMedia, rungs: tuple[Rung, ...]) -> tuple[Task, ...]:
    return (Task(kind=Kind.PICTURES, stage=Stage.REST), *_pieces(media, rungs, Stage.REST))


def _pieces(media: SourceMedia, rungs: tuple[Rung, ...], stage: Stage) -> tuple[Task, ...]:
    if not rungs:
        return ()
    starts = piece_starts(media.duration_seconds, stage)
    ends = [*starts[1:], None]
    return tuple(
        Task(kind=Kind.PIECE, stage=stage, index=index, start_seconds=start, end_seconds=end, rungs=rungs)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def piece_starts(duration_seconds: float, stage: Stage) -> list[float]:
    """Where pieces begin, in seconds on the segment grid.

    Number and length both grow with the square root of the duration: ten pieces of 6 s for a minute,
    75 of 48 s for an hour. So neither the wait nor the number of requests runs away.
    """
    segments = max(1, ceil(duration_seconds / SEGMENT_SECONDS))
    segments_a_piece = ceil(sqrt(segments / _PIECES_OF_A_MINUTE))
    if stage is Stage.FIRST:
        segments_a_piece *= _FIRST_STAGE_FACTOR
    length = segments_a_piece * SEGMENT_SECONDS
    count = max(1, ceil(duration_seconds / length))
    if count > 1 and duration_seconds - (count - 1) * length < _SHORTEST_PIECE_SECONDS:
        count -= 1
    return [float(index * length) for index in range(count)]


def keyframe_times(start_seconds: float, end_seconds: float) -> list[float]:
    """Where keyframes are forced in a piece: on one grid for all rungs and pieces, its end included."""
    count = round((end_seconds - start_seconds) / GOP_SECONDS)
    return [start_seconds + GOP_SECONDS * index for index in range(count + 1)]


def _cost(task: Task, media: SourceMedia) -> float:
    seconds = (task.end_seconds or media.duration_seconds) - task.start_seconds
    encoded = sum(rung.width * rung.height for rung in task.rungs if not rung.copy)
    return max(0.0, seconds) * (encoded or 1000)


def _share(done: int, planned: int) -> float:
    return min(1.0, done / planned) if planned else 1.0
