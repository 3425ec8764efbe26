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

    async def run(self, stop: asyncio.Event) -> None:
        """Follow edits until ``stop`` is set."""
        # The folder itself, for the template: editors replace a file, and a watch on it would end.
        paths = [self._root, *(self._root / name for name in (FUNCTIONS, SHARED, STATE_MACHINES))]
        tops = {self._root / TEMPLATE}
        kept = [path for path in paths[1:] if path.is_dir()]

        def wanted(_change: Change, name: str) -> bool:
            path = Path(name)
            return path in tops or (is_source(path) and any(path.is_relative_to(folder) for folder in kept))

        watch = awatch(
            *kept,
            self._root,
            watch_filter=wanted,
            step=QUIET_MS,
            stop_event=stop,
            recursive=True,
            raise_interrupt=False,
        )
        async for changes in watch:
            await self.handle({Path(name) for _, name in changes})

    async def handle(self, paths: set[Path]) -> None:
        """Make these edits live, and say so; what cannot be used leaves everything as it was."""
        names = sorted({str(path.relative_to(self._root)) for path in paths})
        began = time.monotonic()
        try:
            if any(name == TEMPLATE or name.startswith(f"{STATE_MACHINES}/") for name in names):
                await self._deploy()
            changed = await self._push()
        except BadSyntax as exc:
            say("edit", f"{exc} - the last good version stays live")
        except (TemplateError, DeployFailed) as exc:
            say("edit", f"{exc}\n          The last good version stays live.")
        else:
            live = f"; {len(changed)} function(s) renewed" if changed else ""
            say(
                "edit",
                f"{', '.join(names[:4])}{' …' if len(names) > 4 else ''} live in {time.monotonic() - began:.1f} s{live}",
            )


def is_source(path: Path) -> bool:
    """Whether an edit of this file matters: not byte code, caches, or what editors keep beside a file."""
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts[-6:])
    return not hidden and not path.name.endswith(("~", ".pyc", ".swp", ".tmp"))
