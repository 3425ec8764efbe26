"""Running one media tool with limits, in a private folder, and never leaving anything behind."""

import os
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from tempfile import TemporaryDirectory

from sluice.domain.media_errors import EncodingFailed, EncodingTimedOut

_TOLD_BYTES = 4000
_FAILED = "The video could not be processed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one run may use. ``output_bytes`` is per file; ``cpu_seconds`` is summed over all threads."""

    seconds: float
    cpu_seconds: int
    memory_bytes: int
    output_bytes: int


class ToolFailed(EncodingFailed):
    """A tool ended badly. ``told`` is the end of what it said: for logs, never for people."""

    def __init__(self, told: str, status: int) -> None:
        super().__init__(_FAILED)
        self.told = told
        self.status = status


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only we can enter, gone afterwards whatever happens."""
    with TemporaryDirectory(prefix="sluice-") as name:
        yield Path(name)


def run(argv: Sequence[str], *, folder: Path, limits: Limits) -> bytes:
    """Run a tool to its end and return what it wrote to its standard output.

    It gets no input, no environment but a home in ``folder``, a process group of its own, and the
    limits; both outputs go to files there, so that neither a chatty tool nor a full pipe can hurt us.

    Raises:
        ToolFailed: it ended with an error, or was killed for reaching a limit.
        EncodingTimedOut: it was still running when its time was over.
    """
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = Popen(
            argv,
            stdin=DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=folder,
            env=_environment(folder),
            process_group=0,
        )
        try:
            _limit(process.pid, limits)
            status = process.wait(limits.seconds)
        except TimeoutExpired as error:
            raise EncodingTimedOut("Processing the video took too long.") from error
        finally:
            _end(process)
    if status:
        raise ToolFailed(_tail(err), status)
    return out.read_bytes()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours, least of all credentials.

    Static builds crash when they load the host's character converters, which MPEG-TS makes them do
    for a channel's name: pointed to where there are none, they go on without.
    """
    return {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C", "GCONV_PATH": str(folder / "none")}


def _limit(pid: int, limits: Limits) -> None:
    """Set limits on the running child, from outside.

    ``preexec_fn`` is not safe in a process with threads, and there is no ``prlimit`` program in
    Lambda. A limit that comes a millisecond late still binds: all of these are totals.
    """
    prlimit = getattr(resource, "prlimit", None)
    if prlimit is None:  # macOS, where only developers run this: the time limit remains
        return
    try:
        prlimit(pid, resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
        prlimit(pid, resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        prlimit(pid, resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
        prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:
        return  # it has ended already


def _end(process: Popen[bytes]) -> None:
    """Kill the whole group; a no-op for a group that has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _tail(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _TOLD_BYTES))
        return stream.read().decode(errors="replace")
