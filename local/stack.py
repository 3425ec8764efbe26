"""Runs the local stack: everything is started here, in order, and ended in the reverse order.

What takes long to import is imported once the engine's process is on its way.
"""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from local.binaries import find_ffmpeg, find_ffprobe
from local.engine.environment import engine_environment
from local.engine.supervisor import Engine, EngineFailed
from local.folder import DataFolder
from local.ports import require_free
from local.providers import providers
from local.settings import Settings
from local.terminal import announce, say

if TYPE_CHECKING:
    from aiohttp import web

    from local.deploy.project import Project
    from local.proxy.front import FrontDoor

ROOT = Path(__file__).resolve().parents[1]
HEALTH_SECONDS = 20.0
FIRST_USER = "alice"
ENGINE_CHECK_SECONDS = 0.5
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stack:
    """One run of the local stack on a data folder."""

    def __init__(self, settings: Settings, folder: DataFolder) -> None:
        self._settings = settings
        self._folder = folder
        self._secrets = folder.secrets()
        self._programs = {
            "SLUICE_FFMPEG": find_ffmpeg(os.environ),
            "SLUICE_FFPROBE": find_ffprobe(os.environ),
        }
        self._auth_secret = settings.auth_secret or self._secrets.auth if settings.local_sign_in else None

    async def run(self, stop: asyncio.Event) -> None:
        """Start, serve until ``stop`` is set, and leave nothing behind.

        Raises:
            Busy, NotFound, EngineFailed, TemplateError, DeployFailed, BadSyntax: with a sentence.
        """
        require_free(self._settings.port, "PORT")
        require_free(self._settings.aws_port, "AWS_PORT")
        began = time.monotonic()
        engine = self._start_engine()
        try:
            from local.proxy.front import open_front_door
            from local.twins.stack import credentials

            twin_keys = await asyncio.to_thread(credentials, self._folder.twins)
            project = self._project(twin_keys)
            await asyncio.gather(asyncio.to_thread(project.prepare), asyncio.to_thread(engine.wait_ready))
            say("engine", f"started in {time.monotonic() - began:.1f} s")
            async with open_front_door(
                self._settings.port,
                self._settings.aws_port,
                pages=ROOT / "web",
                log=self._folder.log("requests"),
                secret=self._auth_secret,
                claims=self._settings.token_claims,
                twins=self._twins(twin_keys),
            ) as front:
                await self._deploy_all(project, front)
                await self._first_request(front)
                self._announce()
                await self._serve(engine, project, front, stop)
        finally:
            await asyncio.shield(asyncio.to_thread(engine.stop))

    def _start_engine(self) -> Engine:
        env = engine_environment(
            os.environ,
            port=self._settings.aws_port,
            state=self._folder.engine,
            root_secret=self._secrets.engine_key,
            shared_code=self._folder.current_code,
            function_log=self._folder.log("functions"),
            programs=self._programs,
            import_allowed_hosts=self._importable(),
        )
        return Engine(env, log=self._folder.log("engine"))

    def _importable(self) -> str:
        """What imports may reach here: what the operator allows, and the films of the generator twin."""
        films = f"{self._settings.origin}/twins/generator/videos/"
        return ",".join(filter(None, (self._settings.import_allowed_hosts, films)))

    def _twins(self, keys: Mapping[str, str]) -> "Callable[[web.Application], None]":
        """Mounts the twins behind the front door."""
        from local.twins.stack import Tools, add_to

        tools = Tools(
            ffmpeg=self._programs["SLUICE_FFMPEG"],
            ffprobe=self._programs["SLUICE_FFPROBE"],
            pace=self._settings.twin_pace,
        )
        origin, folder = self._settings.origin, self._folder.twins
        return lambda app: add_to(app, origin=origin, folder=folder, kept=keys, tools=tools)

    def _project(self, twin_keys: Mapping[str, str]) -> "Project":
        from local.deploy.project import Project
        from local.twins.stack import addresses

        return Project(
            ROOT,
            self._folder,
            port=self._settings.port,
            aws_port=self._settings.aws_port,
            given=self._settings.template,
            auth_secret=self._auth_secret,
            providers=providers(
                os.environ, twin_keys=twin_keys, twin_addresses=addresses(self._settings.origin)
            ),
        )

    async def _deploy_all(self, project: "Project", front: "FrontDoor") -> None:
        began = time.monotonic()
        deployment, done = await asyncio.to_thread(project.deploy)
        front.point_at(deployment)
        say("stack", f"deployed in {time.monotonic() - began:.1f} s" if done else "as it was deployed before")
        changed = await asyncio.to_thread(project.push)
        say("code", f"pushed to {len(changed)} functions" if changed else "as it was")

    async def _first_request(self, front: "FrontDoor") -> None:
        status = await front.first_answer(HEALTH_SECONDS)
        if status != 200:
            log = self._folder.log("functions")
            raise EngineFailed(f"GET /api/health answers {status}; the reason is in {log}.")

    def _announce(self) -> None:
        from local.tokens import mint_token

        announce(f"ready {self._settings.origin}")
        if self._auth_secret is not None:
            token = mint_token(
                FIRST_USER,
                secret=self._auth_secret,
                now=datetime.now(UTC),
                claims=self._settings.token_claims,
            )
            say("sign in", f"{self._settings.origin}/#token={token}")
        say("logs", f"python -m local logs, or the files in {self._folder.root}")

    async def _serve(
        self, engine: Engine, project: "Project", front: "FrontDoor", stop: asyncio.Event
    ) -> None:
        """Follow edits until ``stop`` is set or the engine is gone."""
        from local.watcher import Watcher

        async def redeploy() -> None:
            try:
                deployment, _ = await asyncio.to_thread(project.deploy)
            finally:
                await asyncio.to_thread(project.push)  # what was made anew, or rolled back, has lost its code
            front.point_at(deployment)

        async def push() -> list[str]:
            return await asyncio.to_thread(project.push)

        ended = asyncio.Event()
        watching = asyncio.create_task(Watcher(ROOT, push=push, deploy=redeploy).run(ended))
        tasks = {watching, asyncio.create_task(stop.wait()), asyncio.create_task(self._until_gone(engine))}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            ended.set()
            for task in tasks - {watching}:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _until_gone(self, engine: Engine) -> None:
        while engine.running():
            await asyncio.sleep(ENGINE_CHECK_SECONDS)
        raise EngineFailed(f"The engine went down; the reason is in {self._folder.log('engine')}.")


async def run_stack(settings: Settings) -> None:
    """Run until a signal asks to stop. Later signals change nothing."""
    folder = DataFolder(settings.data)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOPPING:
        loop.add_signal_handler(number, stop.set)
    with folder.held():
        running = asyncio.create_task(Stack(settings, folder).run(stop))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            announce("stopping")
            running.cancel()
        stopping.cancel()
        with suppress(asyncio.CancelledError):
            await running
        if stop.is_set():
            for number in STOPPING:  # the loop would give them back to what ends a process
                loop.remove_signal_handler(number)
                signal.signal(number, signal.SIG_IGN)
            announce("stopped")
