"""A burst of requests waits for a few processes of a function instead of starting one for each.

AWS has a machine for every environment; here they share a few cores, and sixteen that start at once take
as long as sixteen one after the other. As many as there are cores start freely; beyond that a function's
pool grows slowly, so that handlers that only wait for something do not block each other for long.

Nor do more processes of different functions start at once than there are cores: the engine, which all of
them call, would be the one that gets no turn.
"""

import os
import threading
import time
from functools import wraps
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local.engine.patches.expect import expect

FREELY = max(2, os.cpu_count() or 2)
GROWTH_SECONDS = 2.0
CHECK_SECONDS = 0.02
# One that hangs while it starts keeps others back for no longer.
TURN_SECONDS = 5.0


def apply() -> None:
    """Wrap the leasing of workers, and their start."""
    _pace_leases()
    _pace_starts()


def _pace_leases() -> None:
    expect(lambda_svc._execute_function_warm, "worker, reason = acquire_worker(func_name, config, code_zip,")
    expect(lambda_runtime.acquire_worker, "if not worker.in_use:", "entries.append(worker)")
    acquire = lambda_runtime.acquire_worker
    leasing = threading.Lock()
    grown: dict[str, float] = {}

    def acquire_patiently(name: str, config: Any, code: bytes, qualifier: str = "$LATEST") -> Any:
        key = lambda_runtime._worker_key(name, config, qualifier)
        while True:
            with leasing:
                now = time.monotonic()
                if _may_lease(key) or now - grown.get(key, 0.0) > GROWTH_SECONDS:
                    worker, reason = acquire(name, config, code, qualifier=qualifier)
                    if reason == "spawn":
                        grown[key] = now
                    return worker, reason
            time.sleep(CHECK_SECONDS)

    lambda_runtime.acquire_worker = lambda_svc.acquire_worker = acquire_patiently


def _pace_starts() -> None:
    expect(
        lambda_runtime.Worker._spawn,
        "self._proc = subprocess.Popen(",
        "response_line = self._proc.stdout.readline()",
    )
    start = lambda_runtime.Worker._spawn
    turns = threading.BoundedSemaphore(FREELY)

    @wraps(start)
    def start_in_turn(worker: Any) -> None:
        ours = turns.acquire(timeout=TURN_SECONDS)
        try:
            start(worker)
        finally:
            if ours:
                turns.release()

    lambda_runtime.Worker._spawn = start_in_turn


def _may_lease(key: str) -> bool:
    """Whether a worker is idle, or one may be started."""
    with lambda_runtime._lock:
        pool = lambda_runtime._workers.get(key, [])
        return len(pool) < FREELY or any(not worker.in_use for worker in pool)
