"""Asserts that the engine's code still is what a patch was written for."""

import inspect
from collections.abc import Callable


class EngineChanged(RuntimeError):
    """The engine's code is not what the patch expects; the message names the place."""


def expect(where: Callable[..., object] | type, *fragments: str) -> None:
    """Every fragment stands in the source of ``where``, white space aside.

    Raises:
        EngineChanged: one does not.
    """
    source = " ".join(inspect.getsource(where).split())
    for fragment in fragments:
        if " ".join(fragment.split()) not in source:
            raise EngineChanged(f"{where.__module__}.{where.__qualname__} no longer has: {fragment}")


def replace_once(text: str, old: str, new: str) -> str:
    """``text`` with its one ``old`` replaced.

    Raises:
        EngineChanged: ``old`` is not there exactly once.
    """
    if text.count(old) != 1:
        raise EngineChanged(f"the engine has {text.count(old)} times, not once: {old}")
    return text.replace(old, new)
