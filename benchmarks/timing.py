"""Taking times side by side, so that whatever else the machine does meets all contenders alike."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

type Clock = Callable[[], float]


def interleaved(
    contenders: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    calls: int = 1,
    clock: Clock = time.perf_counter,
) -> dict[str, float]:
    """Median seconds of one call of each contender, by ``clock``; they take turns, in changing order."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            call = contenders[name]
            began = clock()
            for _ in range(calls):
                call()
            taken[name].append((clock() - began) / calls)
    return {name: median(times) for name, times in taken.items()}


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
