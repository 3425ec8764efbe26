"""A function's process leads a process group, is ended with it, and sees nothing of the engine's settings.

It comes after the engine when both want a processor: all functions wait for the engine, and each of them
gives up waiting after a while.

The engine ends only the process it started: an ffmpeg would go on after its handler timed out. And it
hands its own environment on, where a function would take ``LOG_LEVEL`` and others for its own.
"""

import os
import signal
import subprocess
import types
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ministack.core import lambda_runtime

from local.engine.environment import ENGINE_ONLY
from local.engine.patches.expect import expect

NICER_BY = 5


def apply() -> None:
    """Start workers as group leaders and signal their groups."""
    expect(lambda_runtime.Worker._spawn, "self._proc = subprocess.Popen( [binary, worker_path],")
    expect(lambda_runtime._signal, "proc.terminate()")
    expect(lambda_runtime._collect, "proc.wait(timeout=max(0.0, deadline - time.monotonic()))")
    collect = lambda_runtime._collect
    lambda_runtime.subprocess = types.SimpleNamespace(**{**vars(subprocess), "Popen": start_worker})

    def signal_group(proc: Any) -> None:
        if proc is not None and proc.poll() is None:
            _kill(proc.pid, signal.SIGTERM)

    def collect_group(proc: Any, deadline: float) -> None:
        collect(proc, deadline)
        if proc is not None:
            _kill(proc.pid, signal.SIGKILL)

    lambda_runtime._signal = signal_group
    lambda_runtime._collect = collect_group


def start_worker(command: list[str], *, env: Mapping[str, str], **options: Any) -> subprocess.Popen[str]:
    """Start a function's process in a group of its own, without the engine's own variables."""
    clean = {name: value for name, value in env.items() if name not in ENGINE_ONLY}
    process = subprocess.Popen(command, env=clean, process_group=0, **options)
    with suppress(ProcessLookupError):  # it has ended already
        os.setpriority(os.PRIO_PROCESS, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICER_BY)
    return process


def _kill(group: int, number: int) -> None:
    with suppress(ProcessLookupError):  # nobody is left in it
        os.killpg(group, number)
