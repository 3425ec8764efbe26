"""Reads what functions have logged: `functions.log` of the data folder, its older half first."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

PAUSE_SECONDS = 0.2


def read_log(path: Path, function: str | None, *, follow: bool = False) -> Iterator[str]:
    """Lines, of one function if it is named (any case), and with ``follow`` those that come, without end."""
    older = path.with_name(f"{path.name}.1")
    for part in (older, path):
        if part.exists() and not (follow and part == path):
            yield from _of(function, part.read_text(errors="backslashreplace").splitlines())
    while follow:
        yield from _of(function, _following(path))


def _of(function: str | None, lines: Iterator[str] | list[str]) -> Iterator[str]:
    """Lines are ``TIME NAME: TEXT``."""
    wanted = f"{function.lower()}:" if function else None
    for line in lines:
        fields = line.split(" ", 2)
        if wanted is None or (len(fields) > 1 and fields[1].lower() == wanted):
            yield line


def _following(path: Path) -> Iterator[str]:
    """Lines of the file from its start, until another one has taken its place."""
    try:
        file = path.open(errors="backslashreplace")
    except FileNotFoundError:
        time.sleep(PAUSE_SECONDS)
        return
    with file:
        held = os.fstat(file.fileno()).st_ino
        while True:
            replaced = _inode(path) != held  # asked first: what was written until then is read below
            for line in file:
                yield line.rstrip("\n")
            if replaced:
                return
            time.sleep(PAUSE_SECONDS)


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None
