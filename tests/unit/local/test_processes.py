"""Ending a session with everything in it."""

import subprocess
import sys
import time

from local.processes import end_session, session_members

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
print("ready", flush=True)
time.sleep(60)
"""


def test_everything_in_the_session_is_ended() -> None:
    leader = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True
    )
    assert leader.stdout is not None
    leader.stdout.readline()
    assert len(session_members(leader.pid)) == 2
    began = time.monotonic()
    end_session(leader.pid, patience_seconds=0.3)
    leader.wait(30)
    leader.stdout.close()
    while members := session_members(leader.pid):  # one that was told to end needs a processor for it
        assert time.monotonic() - began < 30, members
        time.sleep(0.02)


def test_a_session_that_is_gone_is_no_error() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    gone.wait()
    end_session(gone.pid)
    assert session_members(gone.pid) == []
