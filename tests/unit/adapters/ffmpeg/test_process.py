"""Running a tool: limits bind, nothing is left behind, nothing leaks in or out."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sluice.adapters.ffmpeg.process import Limits, ToolFailed, private_folder, run
from sluice.domain.media_errors import EncodingTimedOut

GIB = 1 << 30


def limits(**changes: float) -> Limits:
    known = {"seconds": 20, "cpu_seconds": 10, "memory_bytes": 2 * GIB, "output_bytes": 1 << 20}
    return Limits(**{**known, **changes})  # type: ignore[arg-type] # whole numbers where they must be


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_its_output_is_returned(tmp_path: Path) -> None:
    assert run(python("print('hello')"), folder=tmp_path, limits=limits()) == b"hello\n"


def test_it_inherits_no_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    told = run(python("import os; print(sorted(os.environ))"), folder=tmp_path, limits=limits())
    assert b"AWS" not in told


def test_its_words_are_kept_from_people(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed) as failed:
        run(python("import sys; sys.exit('/opt/bin says no')"), folder=tmp_path, limits=limits())
    assert (failed.value.told.strip(), failed.value.status) == ("/opt/bin says no", 1)
    assert str(failed.value) == "The video could not be processed."


def test_only_the_end_of_what_it_said_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed) as failed:
        run(
            python("import sys; sys.stderr.write('x' * 100_000); sys.exit(1)"),
            folder=tmp_path,
            limits=limits(),
        )
    assert len(failed.value.told) == 4000


def test_at_its_time_limit_it_ends_with_all_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Spoken(subprocess.Popen[bytes]):
        """Its time begins when it has said something."""

        def wait(self, timeout: float | None = None) -> int:
            ends = time.monotonic() + 30
            while timeout is not None and not (tmp_path / "stdout").read_text().endswith("\n"):
                assert time.monotonic() < ends
                time.sleep(0.01)
            return super().wait(timeout)

    monkeypatch.setattr("sluice.adapters.ffmpeg.process.Popen", Spoken)
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    with pytest.raises(EncodingTimedOut):
        run(python(code), folder=tmp_path, limits=limits(seconds=0.2))
    child = int((tmp_path / "stdout").read_text())
    deadline = time.monotonic() + 30
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(child)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("while True: pass", {"cpu_seconds": 1}),
        ("b = bytearray(3 * 2**30)", {"memory_bytes": 1 * GIB}),
        ("open('big', 'wb').write(bytes(2**21))", {"output_bytes": 1 << 20}),
    ],
    ids=["processor", "memory", "output"],
)
def test_limits_bind(tmp_path: Path, code: str, changes: dict[str, float]) -> None:
    # Limits are set from outside, just after it has started; that of its files is the last.
    limited = (
        "import resource, time\n"
        "while resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY:\n"
        "    time.sleep(0.01)\n"
    )
    with pytest.raises(ToolFailed):
        run(python(limited + code), folder=tmp_path, limits=limits(**changes))


def test_a_private_folder_goes_whatever_happens() -> None:
    seen = []

    def spoil() -> None:
        with private_folder() as folder:
            seen.append(folder)
            assert folder.stat().st_mode & 0o077 == 0
            (folder / "file").write_bytes(b"x")
            raise KeyError(folder.name)

    with pytest.raises(KeyError):
        spoil()
    assert not seen[0].exists()


def _alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
