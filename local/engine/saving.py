"""Saves the engine's state every few seconds, so that killing it loses no more than that."""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ministack.core import persistence

from local.engine.patches.expect import expect

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 4.0
SHARE_OF_TIME = 0.08  # saving takes at most this share of the time, unless that made it too rare

# A copy of its whole state takes as long as all others', and it changes only while somebody makes a stack,
# who then asks how far it has got.
ONLY_WHEN_ASKED = frozenset({"cloudformation"})

logger = logging.getLogger("sluice.saving")


class Saver:
    """Writes the state of each service that has changed since it was last written.

    ``services`` gives the engine's own table of what to save; ``activity`` a number that grows whenever
    anything may have changed, and ``asked`` what it was when a service was last asked for anything.
    """

    def __init__(
        self,
        folder: Path,
        services: Callable[[], Mapping[str, Callable[[], Any]]],
        activity: Callable[[], int],
        asked: Callable[[str], int],
    ) -> None:
        expect(
            persistence.save_state,
            '{"__ministack_format__": _state_format_version(service), "payload": data},',
        )
        self._folder = folder
        self._services = services
        self._activity = activity
        self._asked = asked
        self._read_at: dict[str, int] = {}
        self._digests: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def run(self, stop: threading.Event) -> None:
        """Save until ``stop`` is set."""
        seen = -1
        pause = SHORTEST_PAUSE_SECONDS
        while not stop.wait(pause):
            activity = self._activity()
            if activity == seen:
                continue
            began = time.monotonic()
            if self.save():
                seen = activity
            wanted = (time.monotonic() - began) / SHARE_OF_TIME
            pause = min(max(SHORTEST_PAUSE_SECONDS, wanted), LONGEST_PAUSE_SECONDS)

    def save(self, *, everything: bool = False) -> bool:
        """Save once; False if a service changed while it was being read and must be read again.

        ``everything``: what nobody has asked for since too.
        """
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            services = self._services().items()
            whole = [
                self._save(name, read) for name, read in services if everything or self._may_differ(name)
            ]
            return all(whole)

    def _may_differ(self, name: str) -> bool:
        """Whether the state may be another than the one that was read last."""
        return name not in ONLY_WHEN_ASKED or self._asked(name) > self._read_at.get(name, -1)

    def _save(self, name: str, read: Callable[[], Any]) -> bool:
        began = self._activity()
        try:
            state = read()
            if state is None:
                return True
            text = json.dumps(
                {"__ministack_format__": persistence._state_format_version(name), "payload": state},
                default=persistence._json_default,
            )
        except RuntimeError:  # a dictionary changed size while it was copied
            logger.debug("state of %s changed while it was read", name)
            return False
        data = text.encode()
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if self._digests.get(name) != digest:
            path = self._folder / f"{name}.json"
            draft = path.with_name(f"{path.name}.draft")
            draft.write_bytes(data)
            draft.replace(path)
            self._digests[name] = digest
        self._read_at[name] = began
        return True
