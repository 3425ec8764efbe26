"""Saving the engine's state."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from local.engine import saving
from local.engine.saving import Saver


def test_each_service_has_a_file_that_the_engine_can_load(tmp_path: Path) -> None:
    saver = Saver(tmp_path / "state", lambda: {"sqs": lambda: {"queues": [b"\0"]}}, lambda: 0, lambda _: 0)
    assert saver.save()
    saved = json.loads((tmp_path / "state/sqs.json").read_text())
    assert saved["payload"] == {"queues": [{"__bytes__": "AA=="}]}
    assert isinstance(saved["__ministack_format__"], int)


def test_only_what_has_changed_is_written(tmp_path: Path) -> None:
    state = {"a": 1}
    saver = Saver(tmp_path, lambda: {"one": lambda: dict(state), "two": dict}, lambda: 0, lambda _: 0)
    saver.save()
    before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    state["a"] = 2
    saver.save()
    after = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    assert [name for name in after if after[name] != before[name]] == ["one.json"]


def test_a_service_that_reports_nothing_keeps_its_file(tmp_path: Path) -> None:
    (tmp_path / "s3.json").write_text("kept")
    Saver(tmp_path, lambda: {"s3": lambda: None}, lambda: 0, lambda _: 0).save()
    assert (tmp_path / "s3.json").read_text() == "kept"


def test_a_service_that_changes_meanwhile_does_not_stop_the_others(tmp_path: Path) -> None:
    def changing() -> None:
        raise RuntimeError("dictionary changed size during iteration")

    saver = Saver(tmp_path, lambda: {"changing": changing, "quiet": dict}, lambda: 0, lambda _: 0)
    assert not saver.save()
    assert [path.name for path in tmp_path.iterdir()] == ["quiet.json"]


def test_stacks_are_read_again_only_if_somebody_asked_for_them(tmp_path: Path) -> None:
    reads: list[str] = []
    activity, asked = [1], [1]

    def reading(name: str) -> Callable[[], dict[str, int]]:
        def read() -> dict[str, int]:
            reads.append(name)
            return {}

        return read

    services = {name: reading(name) for name in ("cloudformation", "sqs")}
    saver = Saver(tmp_path, lambda: services, lambda: activity[0], lambda _: asked[0])
    saver.save()
    activity[0] = 3
    saver.save()
    assert reads == ["cloudformation", "sqs", "sqs"]
    asked[0] = activity[0] = 4
    saver.save()
    saver.save()
    assert reads.count("cloudformation") == 2
    saver.save(everything=True)
    assert reads.count("cloudformation") == 3


def test_it_saves_by_itself_and_only_after_activity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "SHORTEST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(saving, "LONGEST_PAUSE_SECONDS", 0.05)
    looked, read = threading.Semaphore(0), threading.Semaphore(0)
    activity = [1]

    def look() -> int:
        looked.release()
        return activity[0]

    def reading() -> dict[str, int]:
        read.release()
        return {}

    stop = threading.Event()
    saver = Saver(tmp_path, lambda: {"one": reading}, look, lambda _: 0)
    thread = threading.Thread(target=saver.run, args=(stop,))
    thread.start()
    assert read.acquire(timeout=30)
    while looked.acquire(blocking=False):
        pass
    for _ in range(4):
        assert looked.acquire(timeout=30)
    assert not read.acquire(blocking=False)
    activity[0] = 2
    assert read.acquire(timeout=30)
    stop.set()
    thread.join()
    assert not read.acquire(blocking=False)
