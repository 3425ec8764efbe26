"""What a twin does meanwhile: at most one task for each key, ended with the twin."""

import asyncio
from collections.abc import Coroutine


class Jobs:
    """Running tasks by key. A task that fails is kept out of nobody's sight: its error is raised at the
    loop.
    """

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self, key: str, work: Coroutine[None, None, None]) -> None:
        """Start a job; one that runs under this key already goes on and ``work`` is not begun."""
        running = self._running.get(key)
        if running is not None and not running.done():
            work.close()
            return
        task = asyncio.create_task(work)
        self._running[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def cancel(self, key: str) -> None:
        """End a job if it runs."""
        task = self._running.get(key)
        if task is not None:
            task.cancel()

    async def stop(self) -> None:
        """End all jobs and wait for them."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        if self._running.get(key) is task:
            del self._running[key]
        error = None if task.cancelled() else task.exception()
        if error is not None:
            context = {"message": f"A twin's job failed: {type(error).__name__}", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)
