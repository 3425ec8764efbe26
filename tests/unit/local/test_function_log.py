"""Reading what functions have logged."""

import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from local import function_log
from local.bounded_log import BoundedLog
from local.function_log import read_log


def test_the_older_half_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "functions.log"
    (tmp_path / "functions.log.1").write_text("t Docs: old\n")
    path.write_text("t Docs: new\n")
    assert list(read_log(path, None)) == ["t Docs: old", "t Docs: new"]


def test_one_function_only(tmp_path: Path) -> None:
    path = tmp_path / "functions.log"
    path.write_text("t Docs: a\nt Gallery: b\nt GalleryTwo: c\n\n")
    assert list(read_log(path, "gallery")) == ["t Gallery: b"]


def test_nothing_was_logged_yet(tmp_path: Path) -> None:
    assert list(read_log(tmp_path / "functions.log", None)) == []


def test_following_survives_a_new_half(tmp_path: Path) -> None:
    path = tmp_path / "functions.log"
    log = BoundedLog(path, largest_bytes=600)
    seen: list[str] = []

    def follow() -> None:
        for line in read_log(path, None, follow=True):
            seen.append(line.rsplit(" ", 1)[1])
            if seen[-1] == "last":
                return

    reader = threading.Thread(target=follow, daemon=True)
    reader.start()
    for number in range(20):
        log.write(f"Docs: {number}")
        time.sleep(0.05)
    log.write("Docs: last")
    reader.join(10)
    log.close()
    assert not reader.is_alive()
    assert seen[-1] == "last"


def test_following_survives_a_new_half_that_comes_while_the_old_one_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "functions.log"
    path.write_text("t Docs: old\n")
    opened = Path.open

    def replaced_meanwhile(self: Path, *args: Any, **more: Any) -> Any:
        file = opened(self, *args, **more)
        if self == path and not path.with_suffix(".log.1").exists():
            path.rename(path.with_suffix(".log.1"))
            with opened(path, "w") as new:
                new.write("t Docs: new\n")
        return file

    monkeypatch.setattr(Path, "open", replaced_meanwhile)
    monkeypatch.setattr(function_log, "PAUSE_SECONDS", 0.01)
    lines = read_log(path, None, follow=True)
    seen: list[str] = []
    reader = threading.Thread(target=lambda: seen.extend(islice(lines, 2)), daemon=True)
    reader.start()
    reader.join(10)
    assert seen == ["t Docs: old", "t Docs: new"]


def test_the_last_words_of_an_old_half_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "functions.log"
    path.write_text("t Docs: first\n")
    lines = read_log(path, None, follow=True)
    assert next(lines) == "t Docs: first"
    asked = function_log._inode

    def then_replaced(path: Path) -> int | None:
        found = asked(path)
        monkeypatch.setattr(function_log, "_inode", asked)
        with path.open("a") as old:
            old.write("t Docs: last\n")
        path.rename(path.with_suffix(".log.1"))
        path.write_text("t Docs: new\n")
        return found

    monkeypatch.setattr(function_log, "_inode", then_replaced)
    monkeypatch.setattr(function_log, "PAUSE_SECONDS", 0.01)
    assert [next(lines), next(lines)] == ["t Docs: last", "t Docs: new"]
