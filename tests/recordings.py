"""Fact logs of whole lives, recorded on the local stack: every fact that any function let be true, in order.

``tests/recorded/{provider}-{protocol}[-error].jsonl``, a line a fact: who told it, which it is, what it said.
Ids and sealed text are replaced.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sluice.domain import facts
from sluice.domain.video import Video

from tests.builders import make_video

_FOLDER = Path(__file__).parent / "recorded"
_CREATED = datetime(2026, 11, 21, 13, 27, 10, tzinfo=UTC)
NAMES = sorted(path.stem for path in _FOLDER.glob("*.jsonl"))
# What a provider says may be lost, both by webhook and by an answer; what our own functions write is not.
_HEARD = {"ProviderEvents", "Playback", "Reconcile"}


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, and the function that let it be true."""

    by: str
    fact: facts.Fact

    @property
    def from_provider(self) -> bool:
        return self.by in _HEARD or (self.by == "Gallery" and not isinstance(self.fact, facts.DetailsEdited))


def recorded(name: str) -> list[Told]:
    """A whole life, in the order in which it was lived."""
    lines = (_FOLDER / f"{name}.jsonl").read_text().splitlines()
    return [_told(json.loads(line)) for line in lines]


def unborn(name: str) -> Video:
    """The video before anything was known of it."""
    provider, protocol = name.removesuffix("-error").split("-", 1)
    return make_video(provider=provider, protocol=protocol, created_at=_CREATED)


def last_look(log: list[Told]) -> list[Told]:
    """What the provider said when it was last asked, all of it; nothing if it never was."""
    asked = [index for index, told in enumerate(log) if told.by in {"Reconcile", "Playback"}]
    if not asked:
        return []
    end = start = asked[-1]
    while not _begins_a_look(log[start].fact):
        start -= 1
    return log[start : end + 1]


def _begins_a_look(fact: facts.Fact) -> bool:
    """A look at either provider links its asset first."""
    return isinstance(fact, facts.ProviderLinked) and fact.kind == "asset"


def _told(line: dict[str, object]) -> Told:
    kind: type[facts.Fact] = getattr(facts, str(line["fact"]))
    return Told(str(line["by"]), msgspec.convert(line["said"], kind))
