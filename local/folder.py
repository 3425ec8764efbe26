"""The data folder (SLUICE_DATA): where everything that the local stack keeps has its place.

engine/        the engine's state, one file a service, and the objects of S3
code/          snapshots of the shared layer that functions run from
twins/         the provider twins: their keys, and what they hold
secrets.json   made once per folder: the key that signs local tokens, the engine's root key
deployed.json  what was deployed last, so that the next start can skip it
lock           held by the stack that runs on the folder
engine.log  requests.log  functions.log    size-bounded
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES = 48
MARKER = "lock"  # only a folder with this file in it is ever emptied


class Occupied(RuntimeError):
    """Another stack runs on this folder; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is made once per folder."""

    auth: str
    engine_key: str


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths and the few operations on a data folder."""

    root: Path

    @property
    def engine(self) -> Path:
        """The engine's own state."""
        return self.root / "engine"

    @property
    def twins(self) -> Path:
        """What the provider twins hold."""
        return self.root / "twins"

    @property
    def code(self) -> Path:
        """Snapshots of code."""
        return self.root / "code"

    @property
    def current_code(self) -> Path:
        """The snapshot of the shared layer that functions import now."""
        return self.code / "current"

    @property
    def deployed(self) -> Path:
        """The record of the last deployment."""
        return self.root / "deployed.json"

    def log(self, name: str) -> Path:
        """A log file: ``engine``, ``requests`` or ``functions``."""
        return self.root / f"{name}.log"

    def secrets(self) -> Secrets:
        """This folder's secrets, made at the first call, readable by its owner only."""
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / "secrets.json"
        if not path.exists():
            fresh = {"auth": secrets.token_urlsafe(SECRET_BYTES), "engine_key": secrets.token_urlsafe(30)}
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            draft.write_text(json.dumps(fresh))
            draft.chmod(0o600)
            try:
                os.link(draft, path)  # fails if another process was first: its secrets are the folder's
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return Secrets(**json.loads(path.read_text()))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one running stack.

        Raises:
            Occupied: another process holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / MARKER).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Occupied(f"A local stack is already running on {self.root}: stop it first.") from None
            yield

    def empty(self) -> None:
        """Forget everything that was kept.

        Raises:
            Occupied: a stack runs on it.
        """
        if not (self.root / MARKER).exists():
            return  # never held by a stack: nothing of ours to remove
        with self.held():
            for path in self.root.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
