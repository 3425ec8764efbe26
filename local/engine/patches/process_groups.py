"""A function's process leads a process group, and is ended with it: no ffmpeg outlives its handler.

The engine ends only the process it started; what that one started would go on after a time-out.
"""

import os
import signal
import subprocess
import types
from functools import partial
from typing import Any

from ministack.core import lambda_runtime

from local.engine.patches.expect import expect


def apply() -> None:
    """Start workers as group leaders and signal their groups."""
    expect(lambda_runtime.Worker._spawn, "self._proc = subprocess.Popen( [binary, worker_path],")
    expect(lambda_runtime._signal, "proc.terminate()")
    expect(lambda_runtime._collect, "proc.wait(timeout=max(0.0, deadline - time.monotonic()))")
    collect = lambda_runtime._collect
    lambda_runtime.subprocess = types.SimpleNamespace(
        **{**vars(subprocess), "Popen": partial(subprocess.Popen, process_group=0)}
    )

    def signal_group(proc: Any) -> None:
        if proc is not None and proc.poll() is None:
            _kill(proc.pid, signal.SIGTERM)

    def collect_group(proc: Any, deadline: float) -> None:
        collect(proc, deadline)
        if proc is not None:
            _kill(proc.pid, signal.SIGKILL)

    lambda_runtime._signal = signal_group
    lambda_runtime._collect = collect_group


def _kill(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        pass  # nobody is left in it
