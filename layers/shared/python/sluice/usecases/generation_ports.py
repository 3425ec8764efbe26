"""What generations need from outside. The store's fake in ``tests/fakes`` is held to the same contract."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sluice.domain.generation import Answer, Generation, Script, Trouble
from sluice.domain.stamped import Stamped


class GenerationStore(Protocol):
    """The table. Of each kind of thing that is heard about a generation the first stands."""

    def add(self, generation: Generation) -> Generation:
        """Write a new row; the generation as it stands, which may have been added before."""

    def find(self, generation_id: str) -> Generation | None: ...

    def made_at(self, owner_id: str, url: str) -> str | None:
        """The id of the video that a generator made for this owner and put at this URL."""

    def answer(self, generation_id: str, answer: Stamped[Answer]) -> Generation | None:
        """The generation with its first answer; ``None`` if there is no such generation."""

    def set_back(self, generation_id: str, setback: Stamped[Trouble]) -> None: ...

    def refuse(self, generation_id: str, refusal: Stamped[Trouble]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratorNews:
    """What a generator said about a generation; ``answer`` is ``None`` where it is nothing that we know."""

    generation_id: str
    answer: Answer | None


class Generator(Protocol):
    """Who makes videos of scripts."""

    def ask(self, generation: Generation, script: Script, *, now: datetime) -> Answer | None:
        """Ask for a video; ``None`` if the answer will come later.

        Raises:
            ProviderRefused, Unavailable: it will not, or cannot at the moment.
        """


type ImportVideo = Callable[[Generation, str], None]
"""Starts the import of a generation's video from a URL, once, however often it is called.

Raises ``Invalid`` if nothing may be fetched from there.
"""
