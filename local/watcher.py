"""Makes an edit live: code is pushed, a change of the template or of a state machine is deployed."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from watchfiles import Change, awatch

from local.deploy.packages import SHARED, BadSyntax
from local.deploy.stack import DeployFailed
from local.template.source import TemplateError
from local.terminal import say

QUIET_MS = 50  # an editor writes a file in several steps
TEMPLATE = "template.yaml"
STATE_MACHINES = "statemachines"
FUNCTIONS = "functions"
NAMES_SHOWN = 4


class Watcher:
    """Watches the project at ``root``.

    ``push`` makes functions run the code on disk and answers the folders that changed; ``deploy`` makes
    the stack what the template says.
    """

    def __init__(
        self, root: Path, *, push: Callable[[], Awaitable[list[str]]], deploy: Callable[[], Awaitable[None]]
    ) -> None:
        self._root = root
        self._push = push
        self._deploy = deploy
        self._one_at_a_time = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Follow edits until ``stop`` is set."""
        folders = [self._root / name for name in (FUNCTIONS, SHARED, STATE_MACHINES)]
        async with asyncio.TaskGroup() as both:
            both.create_task(self._follow(stop, [folder for folder in folders if folder.is_dir()], deep=True))
            # Its folder, not the file: editors put a new file in the place of the old one.
            both.create_task(self._follow(stop, [self._root], deep=False))

    async def _follow(self, stop: asyncio.Event, folders: list[Path], *, deep: bool) -> None:
        def wanted(_change: Change, name: str) -> bool:
            path = Path(name).relative_to(self._root)
            return is_source(path) if deep else str(path) == TEMPLATE

        changes = awatch(*folders, watch_filter=wanted, step=QUIET_MS, stop_event=stop, recursive=deep)
        async for batch in changes:
            await self.handle({str(Path(name).relative_to(self._root)) for _, name in batch})

    async def handle(self, names: set[str]) -> None:
        """Make these edits live, and say so; what cannot be used leaves everything as it was.

        ``names`` are relative to the root.
        """
        began = time.monotonic()
        try:
            async with self._one_at_a_time:
                if any(name == TEMPLATE or name.startswith(f"{STATE_MACHINES}/") for name in names):
                    await self._deploy()
                changed = await self._push()
        except BadSyntax as exc:
            say("edit", f"{exc} - the last good version stays live")
        except (TemplateError, DeployFailed) as exc:
            say("edit", f"{exc}\n          The last good version stays live.")
        else:
            shown = ", ".join(sorted(names)[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
            renewed = f"; {len(changed)} function(s) renewed" if changed else ""
            say("edit", f"{shown} live in {time.monotonic() - began:.1f} s{renewed}")


def is_source(path: Path) -> bool:
    """Whether an edit of this file matters: not byte code, caches, or what editors keep beside a file."""
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    return not hidden and not path.name.endswith(("~", ".pyc", ".swp", ".tmp"))
