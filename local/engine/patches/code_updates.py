"""New code does not end what is under way with the old, as on AWS.

The engine ends a function's busy processes with the idle ones when its code changes: an edit would break
a running encode. Here a busy one finishes, is no longer given anything, and is ended afterwards.
"""

from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local.engine.patches.expect import expect


def apply() -> None:
    """Patch killing and releasing of workers."""
    expect(lambda_runtime.invalidate_worker, "kill_workers(doomed)")
    expect(lambda_runtime.release_worker, "worker.in_use = False")
    expect(lambda_svc._execute_function_warm, "release_worker(worker)")
    release, kill = lambda_runtime.release_worker, lambda_runtime.kill_workers

    def kill_idle(workers: Any) -> None:
        kill([worker for worker in workers if worker is not None and not worker.in_use])

    def release_and_end(worker: Any) -> None:
        release(worker)
        if worker is None:
            return
        with lambda_runtime._lock:
            current = any(worker in pool for pool in lambda_runtime._workers.values())
        if not current:
            kill([worker])

    lambda_runtime.kill_workers = kill_idle
    lambda_runtime.release_worker = lambda_svc.release_worker = release_and_end


def end_all() -> None:
    """End every worker, busy or not: the engine stops."""
    with lambda_runtime._lock:
        for pool in lambda_runtime._workers.values():
            for worker in pool:
                worker.in_use = False
    lambda_runtime.reset()
