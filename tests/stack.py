"""A whole local stack for integration tests: `python -m local run` as a user starts it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import httpx

from local.folder import DataFolder
from local.function_log import read_log
from local.ports import free_port
from local.tokens import mint_token
from tests.engine import Aws

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 30.0
_GOES_WELL = re.compile(r'^(?!.*"status":5).*("level":"INFO"|"_aws":)| INFO ')
_LONGEST_LINE = 1_000
_KEPT = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "SLUICE_FFMPEG", "SLUICE_FFPROBE")


class LocalStack:
    """A stack that was started on a data folder. Everything that it prints is kept."""

    def __init__(
        self,
        data: Path,
        *,
        root: Path = ROOT,
        ports: tuple[int, int] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.port, self.aws_port = ports or (free_port(), free_port())
        self.base_url = f"http://localhost:{self.port}"
        self.lines: list[str] = []
        self._changed = threading.Condition()
        env = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"PORT": str(self.port), "AWS_PORT": str(self.aws_port), "SLUICE_DATA": str(data)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "local", "run"],
            cwd=root,
            env={**env, **own, **(settings or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def ports(self) -> tuple[int, int]:
        """Its ports, for another start with the same."""
        return self.port, self.aws_port

    @property
    def folder(self) -> DataFolder:
        """Its data folder."""
        return DataFolder(self.data)

    @property
    def aws(self) -> Aws:
        """The engine under it, as the account's root: for asserting state."""
        return Aws(endpoint=f"http://127.0.0.1:{self.aws_port}", secret=self.folder.secrets().engine_key)

    def token(self, name: str) -> str:
        """A bearer token of a local user."""
        return mint_token(name, secret=self.folder.secrets().auth, now=datetime.now(UTC))

    @contextmanager
    def client(self, name: str | None = None) -> Iterator[httpx.Client]:
        """An HTTP client of the API, signed in as ``name`` if there is one."""
        headers = {"Authorization": f"Bearer {self.token(name)}"} if name else {}
        with httpx.Client(
            base_url=self.base_url, headers=headers, timeout=60, transport=_Patient()
        ) as client:
            yield client

    def troubles(self, since: datetime, most: int = 60) -> list[str]:
        """The last lines that its functions and its engine logged from then on, but for what went well."""
        stamp = since.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        logged = chain.from_iterable(
            read_log(self.folder.log(name), None) for name in ("functions", "engine")
        )
        late = (line for line in logged if line >= stamp and not _GOES_WELL.search(line))
        return [line[:_LONGEST_LINE] for line in deque(late, most)]

    def engine_session(self) -> int:
        """The session that its engine leads."""
        listing = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,args="],  # noqa: S607 - wherever the system has it
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for line in listing.splitlines():
            pid, parent, arguments = line.split(None, 2)
            if int(parent) == self.process.pid and "local.engine.server" in arguments:
                return int(pid)
        raise AssertionError("its engine is not running")

    def wait_for(self, text: str, *, after: int = 0, seconds: float = START_SECONDS) -> str:
        """The first printed line from number ``after`` on that has ``text`` in it."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for line in self.lines[after:]:
                    if text in line:
                        return line
                ended = not self._reader.is_alive()
                if ended or not self._changed.wait(min(0.5, deadline - time.monotonic())):
                    assert not ended, f"it ended without {text!r}: {self.lines}"
                    assert time.monotonic() < deadline, f"no {text!r} within {seconds} s: {self.lines}"

    def wait_ready(self) -> "LocalStack":
        """Return once it says that it is ready."""
        self.wait_for(f"ready {self.base_url}")
        return self

    def stop(self) -> int:
        """Stop it as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Wait until it has ended by itself; its exit code."""
        try:
            code = self.process.wait(STOP_SECONDS)
        finally:
            if self.process.poll() is None:
                self.process.kill()
        self._reader.join(5)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()


def is_too_busy(answer: httpx.Response) -> bool:
    """Whether a function or API Gateway has given up, as they do where there are too few processors."""
    return answer.status_code == 503 and answer.json().get("code") in {None, "unavailable"}


class _Patient(httpx.HTTPTransport):
    """Asks again what may be asked again."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        left = 20
        while True:
            answer, left = super().handle_request(request), left - 1
            if request.method != "GET" or answer.status_code != 503 or not left:
                return answer
            answer.read()
            if not is_too_busy(answer):
                return answer
            time.sleep(1)


RUNNING: list[LocalStack] = []


@contextmanager
def running_stack(
    data: Path,
    *,
    root: Path = ROOT,
    ports: tuple[int, int] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[LocalStack]:
    """A ready stack, stopped afterwards. While it runs it is one of ``RUNNING``."""
    stack = LocalStack(data, root=root, ports=ports, settings=settings)
    RUNNING.append(stack)
    try:
        yield stack.wait_ready()
    finally:
        stack.stop()
        RUNNING.remove(stack)


def copy_project(target: Path) -> Path:
    """A copy of what a stack runs from, for tests that edit it."""
    for name in ("functions", "layers/shared", "statemachines", "web", "local"):
        shutil.copytree(
            ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    shutil.copy2(ROOT / "template.yaml", target / "template.yaml")
    return target
