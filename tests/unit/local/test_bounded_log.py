"""A log that stays within its bound."""

import threading
from pathlib import Path

from local.bounded_log import LONGEST_LINE, BoundedLog


def test_lines_have_their_time(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "a.log")
    log.write("hello")
    log.close()
    stamp, text = (tmp_path / "a.log").read_text().split(" ", 1)
    assert stamp.endswith("Z")
    assert text == "hello\n"
    assert (tmp_path / "a.log").stat().st_mode & 0o077 == 0


def test_it_never_grows_beyond_its_bound(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "a.log", largest_bytes=10_000)
    for number in range(1000):
        log.write(f"line {number} {'x' * 80}")
    log.close()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.log", "a.log.1"]
    assert sum(sizes) <= 10_000 + 200
    both = (tmp_path / "a.log.1").read_text() + (tmp_path / "a.log").read_text()
    assert "line 999 " in both


def test_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    for text in ("first", "second"):
        log = BoundedLog(tmp_path / "a.log")
        log.write(text)
        log.close()
    assert [line.split()[1] for line in (tmp_path / "a.log").read_text().splitlines()] == ["first", "second"]


def test_a_line_without_end_is_cut(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "a.log")
    log.write("x" * 1_000_000)
    log.close()
    assert (tmp_path / "a.log").stat().st_size < LONGEST_LINE + 200


def test_threads_do_not_mix_their_lines(tmp_path: Path) -> None:
    log = BoundedLog(tmp_path / "a.log", largest_bytes=1_000_000)

    def write(letter: str) -> None:
        for _ in range(200):
            log.write(letter * 50)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    lines = [line.split(" ", 1)[1] for line in (tmp_path / "a.log").read_text().splitlines()]
    assert len(lines) == 800
    assert set(lines) == {letter * 50 for letter in "abcd"}
