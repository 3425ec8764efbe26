"""What travels through the media state machine (statemachines/media.asl.json), as JSON."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec

from sluice.domain.media import MediaJob
from sluice.domain.pieces import Plan, Stage, Task, Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaWork:
    """The execution's input, and the plan step's. ``may_copy`` turns false when packaging has failed."""

    job: MediaJob
    may_copy: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    """What the plan step answers. ``concurrency`` is how many tasks may run at the same time."""

    first: tuple[Task, ...]
    rest: tuple[Task, ...]
    load: Workload
    concurrency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWork:
    """One item of a stage's map."""

    job: MediaJob
    task: Task
    load: Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWork:
    """A stage that is done."""

    job: MediaJob
    plan: Plan
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedWork:
    """A failure that the state machine caught. ``error`` is its name."""

    job: MediaJob
    error: str


def payload(work: MediaWork | PlannedWork) -> dict[str, Any]:
    """``work`` as JSON values."""
    found: dict[str, Any] = msgspec.to_builtins(work, enc_hook=_fraction_out)
    return found


def read[T](given: dict[str, Any], kind: type[T]) -> T:
    """``given`` as ``kind``; raises ``msgspec.ValidationError``, which only a wrong state machine causes."""
    return msgspec.convert(given, kind, dec_hook=_fraction_in)


def _fraction_out(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise NotImplementedError


def _fraction_in(kind: type, value: object) -> object:
    if kind is Fraction:
        return Fraction(str(value))
    raise NotImplementedError
