"""Ends every process of a session: a child that leads one, and all that it and its children started."""

import os
import signal
import subprocess
import time
from contextlib import suppress

POLL_SECONDS = 0.05


def session_members(session: int) -> list[int]:
    """Process ids of a session, without those that have ended and only wait for their parent to notice."""
    command = ["ps", "-A", "-o", "pid=,stat="]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    members = []
    for line in listing.splitlines():
        pid, state = line.split(None, 1)
        with suppress(ProcessLookupError, PermissionError):  # gone meanwhile, or somebody else's
            if not state.startswith("Z") and os.getsid(int(pid)) == session:
                members.append(int(pid))
    return members


def end_session(session: int, *, patience_seconds: float = 2.0) -> None:
    """Ask every process of the session to end, then make those that did not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        members = session_members(session)
        for pid in members:
            with suppress(ProcessLookupError, PermissionError):  # it was faster
                os.kill(pid, number)
        deadline = time.monotonic() + patience_seconds
        while members and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
            members = session_members(session)
        if not members:
            return
