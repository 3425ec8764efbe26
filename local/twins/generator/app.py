"""The twin of a video generator as one application. It makes the same short film of every script.

How it behaves follows from the script's ``avatar`` where that names a mode, so that each request can choose
for itself; any other avatar is served in the mode that ``PUT /control/mode`` has set, ``quick`` at first.

| mode | what it does |
|---|---|
| quick | answers with the video's address |
| slow | answers 202 and calls back |
| failing | answers that it could not make it |
| broken | answers 500 |
| hanging | says nothing for a long time, then calls back |
| silent | answers 202 and never calls |
| doubling | answers with one address, calls back twice with another |
| forging | answers 202; what it calls back is signed with another secret |
| private | answers with an address inside the network |
"""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from local.twins.generator.signing import headers, is_signed
from local.twins.jobs import Jobs
from local.twins.refusals import Doc, Refused, read_object

MODES = ("quick", "slow", "failing", "broken", "hanging", "silent", "doubling", "forging", "private")
INSIDE = "http://169.254.169.254/latest/meta-data/video.mp4"
ADDRESS_HOLDS_SECONDS = 600
THINKS_SECONDS = 5.0
HANGS_SECONDS = 60.0
GAPS = (0.5, 2.0, 8.0)  # before a callback is tried again
KEPT = 200


@dataclass(slots=True, kw_only=True)
class Generator:
    """One twin. ``pace`` is a factor on the time that it takes; ``calls`` are the newest callbacks."""

    public_url: str
    folder: Path
    ffmpeg: str
    secret: str
    pace: float = 1.0
    mode: str = "quick"
    calls: list[Doc] = field(default_factory=list)
    jobs: Jobs = field(default_factory=Jobs)
    making: asyncio.Lock = field(default_factory=asyncio.Lock)

    def address(self, generation: str) -> str:
        """Where a video can be fetched for ten minutes."""
        ends = int(time.time()) + ADDRESS_HOLDS_SECONDS
        return f"{self.public_url}/videos/{generation}.mp4?expires={ends}"

    async def film(self) -> Path:
        """The film, made when it is first wanted. It says in its metadata that no camera saw it."""
        path = self.folder / "film.mp4"
        async with self.making:
            if not path.exists():
                await self._make(path)
        return path

    async def _make(self, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name("draft.mp4")
        source = ("-f", "lavfi", "-i", "mandelbrot=s=640x360:r=30", "-f", "lavfi", "-i", "sine=f=220")
        coded = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac")
        label = ("-metadata", "comment=DigitalSourceType: trainedAlgorithmicMedia")
        run = await asyncio.create_subprocess_exec(
            self.ffmpeg,
            *("-v", "error", "-y", *source, "-t", "4", *coded, *label, "-movflags", "+faststart", str(draft)),
            stdin=asyncio.subprocess.DEVNULL,
        )
        if await run.wait() != 0:
            raise web.HTTPInternalServerError(reason="ffmpeg failed")
        draft.replace(path)


GENERATOR: web.AppKey[Generator] = web.AppKey("generator", Generator)
routes = web.RouteTableDef()


def app(generator: Generator) -> web.Application:
    """The application; mount it at the path of ``generator.public_url``."""
    application = web.Application(middlewares=[_errors])
    application[GENERATOR] = generator
    application.add_routes(routes)

    async def stop(_: web.Application) -> None:
        await generator.jobs.stop()

    application.on_cleanup.append(stop)
    return application


@routes.post("/generate")
async def generate(request: web.Request) -> web.Response:
    """A signed request for a video: ``{generationId, callbackUrl, avatar, …}``."""
    twin, raw = request.config_dict[GENERATOR], await request.read()
    if not is_signed(twin.secret, request.headers, raw):
        raise Refused(401, "unauthorized", "The signature is missing or wrong.")
    asked = _object(raw)
    generation, avatar = str(asked.get("generationId")), asked.get("avatar")
    match str(avatar) if avatar in MODES else twin.mode:
        case "slow":
            return _later(twin, asked, twin.address(generation))
        case "failing":
            return web.json_response({"error": "The script has too few words."})
        case "broken":
            raise Refused(500, "internal", "Something went wrong.")
        case "hanging":
            _call_back(twin, asked, [_told(asked, twin.address(generation))])
            await asyncio.sleep(HANGS_SECONDS)
        case "silent":
            return web.json_response({"status": "processing"}, status=202)
        case "doubling":
            other = _told(asked, twin.address(f"{generation}-again"))
            _call_back(twin, asked, [other, other])
        case "forging":
            return _later(twin, asked, twin.address(generation), secret=_another_secret())
        case "private":
            return web.json_response({"videoUrl": INSIDE})
    return web.json_response({"videoUrl": twin.address(generation)})


@routes.get("/videos/{name}.mp4")
async def video(request: web.Request) -> web.StreamResponse:
    """The film, in ranges if they are asked for, until the address has expired."""
    expires = request.query.get("expires", "")
    if not expires.isdigit() or int(expires) < time.time():
        raise Refused(403, "expired", "This address has expired.")
    path = await request.config_dict[GENERATOR].film()
    return web.FileResponse(path, headers={"Content-Type": "video/mp4"})


@routes.get("/control/mode")
async def mode(request: web.Request) -> web.Response:
    """The mode, and which there are."""
    return web.json_response({"mode": request.config_dict[GENERATOR].mode, "modes": MODES})


@routes.put("/control/mode")
async def set_mode(request: web.Request) -> web.Response:
    """``{"mode": …}``: how scripts are served whose avatar names none."""
    wanted = (await read_object(request, kind="invalid")).get("mode")
    if wanted not in MODES:
        raise Refused(400, "invalid", f"mode is one of: {', '.join(MODES)}.")
    request.config_dict[GENERATOR].mode = wanted
    return web.Response(status=204)


@routes.get("/control/calls")
async def calls(request: web.Request) -> web.Response:
    """The newest callbacks and what they were answered."""
    return web.json_response({"calls": request.config_dict[GENERATOR].calls})


def _later(twin: Generator, asked: Doc, address: str, *, secret: str | None = None) -> web.Response:
    _call_back(twin, asked, [_told(asked, address)], secret=secret)
    return web.json_response({"status": "processing"}, status=202)


def _object(raw: bytes) -> Doc:
    try:
        asked = json.loads(raw)
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise Refused(400, "invalid", "Send a JSON object.")
    return asked


def _told(asked: Doc, address: str) -> bytes:
    return json.dumps({"generationId": asked.get("generationId"), "videoUrl": address}).encode()


def _call_back(twin: Generator, asked: Doc, bodies: list[bytes], *, secret: str | None = None) -> None:
    job = f"{asked.get('generationId')}.{secrets.token_hex(4)}"
    twin.jobs.start(job, _calls(twin, str(asked.get("callbackUrl")), bodies, secret or twin.secret))


async def _calls(twin: Generator, url: str, bodies: list[bytes], secret: str) -> None:
    await asyncio.sleep(THINKS_SECONDS * twin.pace)
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        for body in bodies:
            message_id = f"msg_{secrets.token_hex(12)}"
            for gap in (*GAPS, None):
                status = await _call(session, url, body, headers(secret, message_id, body))
                twin.calls = [*twin.calls, {"body": json.loads(body), "status": status}][-KEPT:]
                if gap is None or (status is not None and status < 500):
                    break
                await asyncio.sleep(gap * twin.pace)


async def _call(session: aiohttp.ClientSession, url: str, body: bytes, signed: dict[str, str]) -> int | None:
    sent = {"Content-Type": "application/json", **signed}
    try:
        async with session.post(url, data=body, headers=sent, allow_redirects=False) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return None


def _another_secret() -> str:
    return "whsec_" + "bm90IHRoZSBzZWNyZXQgdGhhdCB3ZSBzaGFyZQ=="


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": refused.message}, status=refused.status)
