"""Taking times side by side, so that whatever else the machine does meets all contenders alike."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median

type Clock = Callable[[], float]


def interleaved(
    contenders: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    calls: int = 1,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Median seconds of one call of each contender, by ``clock``."""

    def taken(call: Callable[[], object]) -> float:
        began = clock()
        for _ in range(calls):
            call()
        return (clock() - began) / calls

    return medians({name: partial(taken, call) for name, call in contenders.items()}, rounds=rounds)


def medians(measured: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, float]:
    """Median of what each gives."""
    return {name: median(values) for name, values in samples(measured, rounds=rounds).items()}


def samples(measured: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, list[float]]:
    """All that each gives; they take turns, and each round another one begins."""
    names = list(measured)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        begin = number % len(names)
        for name in names[begin:] + names[:begin]:
            taken[name].append(measured[name]())
    return taken


def processor_seconds(command: Sequence[str], env: Mapping[str, str]) -> float:
    """User and system time of a process from start to end: what bounds a cold start.

    Raises:
        RuntimeError: it failed; its standard error goes to ours.
    """
    with subprocess.Popen(
        command, env=dict(env), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[-1]} failed")
    return usage.ru_utime + usage.ru_stime
