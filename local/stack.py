"""Runs the local stack: everything is started here, in order, and ended in the reverse order."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from local.binaries import find_ffmpeg, find_ffprobe
from local.bounded_log import BoundedLog
from local.deploy.clients import Clients
from local.deploy.code import push_code
from local.deploy.deployment import Deployment, deploy
from local.deploy.packages import CURRENT
from local.deploy.stack import DeployFailed
from local.engine.environment import engine_environment
from local.engine.supervisor import Engine, EngineFailed
from local.folder import DataFolder
from local.ports import require_free
from local.proxy.api import Api
from local.proxy.app import Doors, listen, make_app
from local.proxy.pages import Pages
from local.proxy.sign_in import SignIn
from local.proxy.websocket import Sockets
from local.settings import Settings
from local.terminal import announce, say
from local.tokens import mint_token
from local.watcher import Watcher

ROOT = Path(__file__).resolve().parents[1]
AUTH_SECRET = "sluice-local/auth"  # noqa: S105 - the secret's name
HEALTH_SECONDS = 20.0
FIRST_USER = "alice"


class Stack:
    """One run of the local stack on a data folder."""

    def __init__(self, settings: Settings, folder: DataFolder) -> None:
        self._settings = settings
        self._folder = folder
        self._secrets = folder.secrets()
        self._endpoint = f"http://127.0.0.1:{settings.aws_port}"
        self._clients = Clients(self._endpoint, self._secrets.engine_key)
        self._deployment: Deployment | None = None
        with_names = "AUTH_JWKS_URL" not in settings.template
        self._auth_secret = (settings.auth_secret or self._secrets.auth) if with_names else None

    async def run(self, stop: asyncio.Event) -> None:
        """Start, serve until ``stop`` is set, and leave nothing behind.

        Raises:
            Busy, NotFound, EngineFailed, TemplateError, DeployFailed, BadSyntax: with a sentence.
        """
        require_free(self._settings.port, "PORT")
        require_free(self._settings.aws_port, "AWS_PORT")
        engine = await self._start_engine()
        try:
            async with self._front_door() as doors:
                await self._deploy_all(doors)
                await self._first_request()
                self._announce()
                await self._serve(engine, doors, stop)
        finally:
            await asyncio.shield(asyncio.to_thread(engine.stop))

    async def _start_engine(self) -> Engine:
        began = time.monotonic()
        env = engine_environment(
            os.environ,
            port=self._settings.aws_port,
            state=self._folder.engine,
            root_secret=self._secrets.engine_key,
            shared_code=self._folder.code / CURRENT,
            function_log=self._folder.log("functions"),
            programs={"SLUICE_FFMPEG": find_ffmpeg(os.environ), "SLUICE_FFPROBE": find_ffprobe(os.environ)},
        )
        engine = Engine(env, log=self._folder.log("engine"))
        try:
            await asyncio.to_thread(engine.wait_ready)
        except BaseException:
            await asyncio.shield(asyncio.to_thread(engine.stop))
            raise
        say("engine", f"started in {time.monotonic() - began:.1f} s")
        return engine

    @asynccontextmanager
    async def _front_door(self) -> AsyncIterator[Doors]:
        log = BoundedLog(self._folder.log("requests"))
        async with aiohttp.ClientSession(
            auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            doors = Doors(
                api=Api(session, self._endpoint),
                sockets=Sockets(session, self._endpoint),
                sign_in=SignIn(self._auth_secret, claims=self._settings.token_claims),
                pages=Pages(ROOT / "web"),
            )
            runner = await listen(make_app(doors, port=self._settings.port, log=log), self._settings.port)
            try:
                yield doors
            finally:
                await runner.cleanup()
                log.close()

    async def _deploy_all(self, doors: Doors) -> None:
        began = time.monotonic()
        done = await self._deploy(doors)
        say("stack", f"deployed in {time.monotonic() - began:.1f} s" if done else "as it was deployed before")
        changed = await self._push()
        say("code", f"pushed to {len(changed)} functions" if changed else "as it was")

    async def _deploy(self, doors: Doors) -> bool:
        wanted = await asyncio.to_thread(self._parameters)
        deployment, done = await asyncio.to_thread(deploy, ROOT, self._clients, wanted, self._folder.deployed)
        self._deployment = deployment
        doors.api.point_at(deployment.http_api)
        doors.sockets.point_at(deployment.websocket)
        return done

    async def _push(self) -> list[str]:
        if self._deployment is None:
            return []
        return await asyncio.to_thread(push_code, ROOT, self._folder.code, self._clients, self._deployment)

    def _parameters(self) -> dict[str, str]:
        """Values for the template's parameters; makes the secret that one of them is the address of."""
        origin = self._settings.origin
        made = {
            "ALLOWED_ORIGINS": f"{origin},http://127.0.0.1:{self._settings.port}",
            "PUBLIC_URL": origin,
            # a piece's encoder uses several processors: more at once only take each other's
            "MediaConcurrency": str(max(1, min(40, (os.cpu_count() or 2) // 2))),
        }
        if self._auth_secret is not None:
            made["AuthSecretArn"] = self._auth_secret_arn(self._auth_secret)
        given = dict(self._settings.template)
        if "ALLOWED_ORIGINS" in given:
            given["ALLOWED_ORIGINS"] = f"{made['ALLOWED_ORIGINS']},{given['ALLOWED_ORIGINS']}"
        return {**made, **given}

    def _auth_secret_arn(self, secret: str) -> str:
        manager = self._clients("secretsmanager")
        value = json.dumps({"AUTH_JWT_SECRET": secret})
        try:
            return str(manager.create_secret(Name=AUTH_SECRET, SecretString=value)["ARN"])
        except manager.exceptions.ResourceExistsException:
            return str(manager.put_secret_value(SecretId=AUTH_SECRET, SecretString=value)["ARN"])

    async def _first_request(self) -> None:
        """Return once the API answers through the front door."""
        deadline = time.monotonic() + HEALTH_SECONDS
        status = 0
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < deadline:
                async with session.get(f"http://127.0.0.1:{self._settings.port}/api/health") as answer:
                    status = answer.status
                    if status == 200:
                        return
                await asyncio.sleep(0.2)
        log = self._folder.log("functions")
        raise EngineFailed(f"GET /api/health answers {status}; the reason is in {log}.")

    def _announce(self) -> None:
        announce(f"ready {self._settings.origin}")
        if self._auth_secret is not None:
            token = mint_token(
                FIRST_USER,
                secret=self._auth_secret,
                now=datetime.now(UTC),
                claims=self._settings.token_claims,
            )
            say("sign in", f"{self._settings.origin}/#token={token}")
        say("logs", f"python -m local logs   ({self._folder.root})")

    async def _serve(self, engine: Engine, doors: Doors, stop: asyncio.Event) -> None:
        async def redeploy() -> None:
            try:
                await self._deploy(doors)
            except DeployFailed:
                await self._push()  # what was rolled back may have lost its code
                raise

        ended = asyncio.Event()
        watcher = Watcher(ROOT, push=self._push, deploy=redeploy)
        watching = asyncio.create_task(watcher.run(ended))
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
            await asyncio.sleep(0.5)
        raise EngineFailed(f"The engine went down; the reason is in {self._folder.log('engine')}.")


async def run_stack(settings: Settings) -> None:
    """Run until a signal asks to stop. Later signals change nothing."""
    folder = DataFolder(settings.data)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
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
            announce("stopped")
