"""Ends every process of a session: a child that leads one, and all that it and its children started."""

import os
import signal
import subprocess
import time
from contextlib import suppress

POLL_SECONDS = 0.02


def session_members(session: int) -> list[int]:
    """Process ids of a session (of ours: one that we may not look at is not)."""
    listing = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=True)  # noqa: S607 - wherever the system has it
    members = []
    for word in listing.stdout.split():
        try:
            if os.getsid(int(word)) == session:
                members.append(int(word))
        except (ProcessLookupError, PermissionError):
            continue  # gone meanwhile, or somebody else's
    return members


def end_session(session: int, *, patience_seconds: float = 2.0) -> None:
    """Ask every process of the session to end, then make those that did not.

    Processes that were stopped or are zombies of somebody else are left to the system.
    """
    for number, patience in ((signal.SIGTERM, patience_seconds), (signal.SIGKILL, patience_seconds)):
        members = session_members(session)
        for pid in members:
            _signal(pid, number)
        deadline = time.monotonic() + patience
        while members and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
            members = [pid for pid in members if _alive(pid, session)]
        if not members:
            return


def _alive(pid: int, session: int) -> bool:
    try:
        return os.getsid(pid) == session
    except (ProcessLookupError, PermissionError):
        return False


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it was faster
        os.kill(pid, number)
