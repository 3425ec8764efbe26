"""image.mux.com: thumbnails, animations and storyboards. Signed ones take their parameters from the token."""

import hashlib
from math import ceil
from pathlib import Path

from aiohttp import web

from local.twins.core import Core, core_of
from local.twins.mux.access import GIF, STORYBOARD, THUMBNAIL, opened, parameters
from local.twins.mux.fields import refuse
from local.twins.pictures import Shape, filters_of, number_of
from local.twins.playlists import served
from local.twins.refusals import Doc

SHORT_VIDEO_SECONDS, FEW_TILES, MANY_TILES = 900, 50, 100
COLUMNS, TILE_WIDTH = 5, 256
ANYBODY = {"Access-Control-Allow-Origin": "*"}
routes = web.RouteTableDef()


@routes.get("/image/{pid}/thumbnail.{form:jpg|png|webp}")
async def thumbnail(request: web.Request) -> web.StreamResponse:
    """One frame: of the middle unless ``time`` says otherwise."""
    asset, claims = opened(request, THUMBNAIL)
    given, flags = parameters(request, claims)
    _need_video(asset)
    duration = asset["duration"]
    at = number_of(given, "time", duration / 2, least=0, most=duration, refuse=refuse)
    shape = Shape.of(given, refuse=refuse, largest=4096)
    target = _cached(request, asset, f"{at}|{shape}", request.match_info["form"])
    if not target.exists():
        source = core_of(request).source(asset["id"])
        await core_of(request).media.picture(
            source, target, at_seconds=min(at, max(0, duration - 0.1)), filters=filters_of(shape)
        )
    return served(target, ANYBODY | flags)


@routes.get("/image/{pid}/animated.{form:gif|webp}")
async def animated(request: web.Request) -> web.StreamResponse:
    """A few seconds: five from the start unless ``start`` and ``end`` say otherwise."""
    asset, claims = opened(request, GIF)
    given, flags = parameters(request, claims)
    _need_video(asset)
    start = number_of(given, "start", 0, least=0, most=asset["duration"], refuse=refuse)
    end = number_of(
        given, "end", min(start + 5, asset["duration"]), least=start, most=start + 10, refuse=refuse
    )
    rate = number_of(given, "fps", 15, least=1, most=30, refuse=refuse)
    shape = Shape.of(given, refuse=refuse, largest=640, default_width=320)
    target = _cached(request, asset, f"{start}|{end}|{rate}|{shape}", request.match_info["form"])
    if not target.exists():
        filters = f"fps={rate:g},{filters_of(shape)}"
        length = max(0.25, end - start)
        await core_of(request).media.animation(
            core_of(request).source(asset["id"]), target, start=start, length=length, filters=filters
        )
    return served(target, ANYBODY | flags)


@routes.get("/image/{pid}/storyboard.{form:jpg|png|webp|vtt|json}")
async def storyboard(request: web.Request) -> web.StreamResponse:
    """All of the video in small pictures, and where each of them is."""
    asset, claims = opened(request, STORYBOARD)
    _, flags = parameters(request, claims)
    _need_video(asset)
    core, form = core_of(request), request.match_info["form"]
    tiles = _tiles(asset)
    if form in {"jpg", "png", "webp"}:
        target = _cached(request, asset, "storyboard", form)
        if not target.exists():
            rows = ceil(len(tiles) / COLUMNS)
            await core.media.sprite(
                core.source(asset["id"]),
                target,
                every_seconds=_every(asset),
                width=TILE_WIDTH,
                columns=COLUMNS,
                rows=rows,
            )
        return served(target, ANYBODY | flags)
    picture = _picture_url(core, request)
    if form == "json":
        shown = {
            "url": picture,
            "tile_width": TILE_WIDTH,
            "tile_height": _tile_height(asset),
            "duration": asset["duration"],
        }
        return web.json_response(shown | {"tiles": tiles}, headers=ANYBODY | flags)
    return web.Response(text=_vtt(asset, tiles, picture), content_type="text/vtt", headers=ANYBODY | flags)


def _need_video(asset: Doc) -> None:
    if not asset["facts"]["width"]:
        raise refuse("The asset has no picture.")


def _every(asset: Doc) -> float:
    count = FEW_TILES if asset["duration"] < SHORT_VIDEO_SECONDS else MANY_TILES
    return float(max(asset["duration"] / count, 1 / 10))


def _tile_height(asset: Doc) -> int:
    return int(round(TILE_WIDTH * asset["facts"]["height"] / asset["facts"]["width"] / 2) * 2)


def _tiles(asset: Doc) -> list[Doc]:
    every, height = _every(asset), _tile_height(asset)
    count = max(1, int(asset["duration"] / every + 1e-6))
    return [
        {
            "start": round(number * every, 3),
            "x": number % COLUMNS * TILE_WIDTH,
            "y": number // COLUMNS * height,
        }
        for number in range(count)
    ]


def _vtt(asset: Doc, tiles: list[Doc], picture: str) -> str:
    ends = [tile["start"] for tile in tiles[1:]] + [asset["duration"]]
    size = f"{TILE_WIDTH},{_tile_height(asset)}"
    cues = [
        f"{_clock(tile['start'])} --> {_clock(end)}\n{picture}#xywh={tile['x']},{tile['y']},{size}"
        for tile, end in zip(tiles, ends, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _clock(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}.{rest:03}"


def _picture_url(core: Core, request: web.Request) -> str:
    form = request.query.get("format", "jpg")
    token = request.query.get("token")
    suffix = form if form in {"png", "webp"} else "jpg"
    address = f"{core.public_url}/image/{request.match_info['pid']}/storyboard.{suffix}"
    return f"{address}?token={token}" if token else address


def _cached(request: web.Request, asset: Doc, what: str, form: str) -> Path:
    name = hashlib.sha256(f"{request.path.rsplit('/', 1)[1]}|{what}".encode()).hexdigest()[:20]
    return core_of(request).home(asset["id"]) / "images" / f"{name}.{form}"
