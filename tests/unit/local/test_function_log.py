"""Reading what functions have logged."""

import threading
import time
from pathlib import Path

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
