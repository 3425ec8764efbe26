"""Starts the engine as a child in a session of its own, and ends it with everything that it started."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from local.bounded_log import BoundedLog
from local.processes import end_session
from local.redaction import redact

START_SECONDS = 20.0
STOP_SECONDS = 15.0
ROOT = Path(__file__).resolve().parents[2]


class EngineFailed(RuntimeError):
    """The engine did not come up, or went down; the message is for the operator."""


class Engine:
    """A running engine.

    The child holds the reading end of a pipe whose writing end only we have: if this process is killed,
    the engine sees the pipe close and stops by itself, in order.
    """

    def __init__(self, env: Mapping[str, str], *, log: Path) -> None:
        self._port = int(env["GATEWAY_PORT"])
        self._log = BoundedLog(log)
        self._last_words: list[str] = []
        _make_empty(Path(env["TMPDIR"]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.engine.server"],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._pump = threading.Thread(target=self._copy_log, name="engine-log", daemon=True)
        self._pump.start()

    @property
    def pid(self) -> int:
        """The engine's process, which leads its session."""
        return self._process.pid

    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def wait_ready(self) -> None:
        """Return once the engine answers.

        Raises:
            EngineFailed: it ended, or does not answer in time.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self.running():
                self._pump.join(2)
                raise EngineFailed("The engine did not start:\n" + "\n".join(self._last_words[-15:]))
            if self._answers():
                return
            time.sleep(0.02)
        raise EngineFailed(f"The engine did not answer on port {self._port} within {START_SECONDS:.0f} s.")

    def stop(self) -> None:
        """Let it save and stop, then end whatever is left of its session. Calling it again does nothing."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):  # it hangs: its session is ended below
            self._process.wait(STOP_SECONDS)
        end_session(self.pid)
        self._process.wait(STOP_SECONDS)
        self._pump.join(2)
        self._log.close()

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=2)
        try:
            connection.request("GET", "/_ministack/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False  # not listening yet
        finally:
            connection.close()

    def _copy_log(self) -> None:
        stream = self._process.stdout
        if stream is None:
            return
        for raw in stream:
            line = redact(raw.decode("utf-8", "replace").rstrip())
            self._last_words = [*self._last_words[-30:], line]
            self._log.write(line)
        stream.close()


def _make_empty(folder: Path) -> None:
    """What a killed engine's workers left there is nobody's any more."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
