"""Generations' rows and the generator, in memory."""

from dataclasses import replace
from datetime import datetime
from threading import Lock

from sluice.domain.errors import SluiceError
from sluice.domain.generation import Answer, Generation, Script, Trouble
from sluice.domain.stamped import Stamped


class FakeGenerations:
    """``GenerationStore``."""

    def __init__(self) -> None:
        self.rows: dict[str, Generation] = {}
        self._lock = Lock()

    def add(self, generation: Generation) -> Generation:
        with self._lock:
            return self.rows.setdefault(generation.generation_id, generation)

    def find(self, generation_id: str) -> Generation | None:
        return self.rows.get(generation_id)

    def made_at(self, owner_id: str, url: str) -> str | None:
        made = (one for one in self.rows.values() if one.owner_id == owner_id)
        return next((one.video_id for one in made if one.answer and one.answer.value.video_url == url), None)

    def answer(self, generation_id: str, answer: Stamped[Answer]) -> Generation | None:
        with self._lock:
            known = self.rows.get(generation_id)
            if known and not known.answer:
                self.rows[generation_id] = replace(known, answer=answer)
            return self.rows.get(generation_id)

    def set_back(self, generation_id: str, setback: Stamped[Trouble]) -> None:
        known = self.rows.get(generation_id)
        if known and not known.setback:
            self.rows[generation_id] = replace(known, setback=setback)

    def refuse(self, generation_id: str, refusal: Stamped[Trouble]) -> None:
        known = self.rows.get(generation_id)
        if known and not known.refusal:
            self.rows[generation_id] = replace(known, refusal=refusal)


class FakeGenerator:
    """``Generator`` that says ``answer``, or fails, and remembers what it was asked."""

    def __init__(self, answer: Answer | None = None, *, fails_with: SluiceError | None = None) -> None:
        self.asked: list[tuple[str, Script]] = []
        self._answer, self._fails_with = answer, fails_with

    def ask(self, generation: Generation, script: Script, *, now: datetime) -> Answer | None:
        self.asked.append((generation.generation_id, script))
        if self._fails_with:
            raise self._fails_with
        return self._answer


class FakeImports:
    """``ImportVideo`` that imports each video once, or refuses."""

    def __init__(self, fails_with: SluiceError | None = None) -> None:
        self.begun: dict[str, str] = {}
        self.fails_with = fails_with

    def __call__(self, generation: Generation, url: str) -> None:
        if self.fails_with:
            raise self.fails_with
        self.begun.setdefault(generation.video_id, url)
