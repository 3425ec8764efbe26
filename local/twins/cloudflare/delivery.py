"""customer-….cloudflarestream.com: manifests and pieces, pictures, downloads, a player page."""

import hashlib
import re
from collections.abc import Mapping

from aiohttp import web

from local.twins.cloudflare.access import opened
from local.twins.cloudflare.envelope import not_found, refuse
from local.twins.core import core_of
from local.twins.pictures import number_of
from local.twins.playlists import served

ANYBODY = {"Access-Control-Allow-Origin": "*"}
HERE = "/customer/{opener}"
_BELOW = re.compile(r"media_\d+\.m3u8|(init|piece)-[\d-]+\.(mp4|m4s)")
_FITS = {"crop", "clip", "scale", "fill"}
_PLAYER = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Player</title>
<style>html,body,video{margin:0;width:100%;height:100%;background:#000}</style>
<video controls playsinline poster="thumbnails/thumbnail.jpg" src="manifest/video.m3u8"></video></html>
"""
routes = web.RouteTableDef()


@routes.get(HERE + "/manifest/video.{form:m3u8|mpd}")
async def manifest(request: web.Request) -> web.StreamResponse:
    """HLS or DASH; what they name is relative, so the token in the path opens that too."""
    video = opened(request)
    name = "master.m3u8" if request.match_info["form"] == "m3u8" else "manifest.mpd"
    return served(core_of(request).home(video["uid"]) / "stream" / name, ANYBODY)


@routes.get(HERE + "/manifest/{name}")
async def below(request: web.Request) -> web.StreamResponse:
    """A media playlist or a piece."""
    video, name = opened(request), request.match_info["name"]
    if not _BELOW.fullmatch(name):
        raise not_found("file")
    return served(core_of(request).home(video["uid"]) / "stream" / name, ANYBODY)


@routes.get(HERE + "/thumbnails/thumbnail.{form:jpg|gif}")
async def thumbnail(request: web.Request) -> web.StreamResponse:
    """A frame, or a few seconds, shaped by the query."""
    video, query, form = opened(request), request.query, request.match_info["form"]
    duration = video["duration"]
    default = duration * float(video["thumbnailTimestampPct"] or 0)
    at = min(number_of(query, "time", default, least=0, most=36_000, refuse=refuse), max(0, duration - 0.1))
    length = number_of(query, "duration", 5, least=0.1, most=60, refuse=refuse)
    rate = number_of(query, "fps", 8, least=1, most=15, refuse=refuse)
    filters = _size(query)
    name = hashlib.sha256(f"{at}|{length}|{rate}|{filters}".encode()).hexdigest()[:20]
    core = core_of(request)
    source, target = core.source(video["uid"]), core.home(video["uid"]) / "images" / f"{name}.{form}"
    if not target.exists() and form == "jpg":
        await core.media.picture(source, target, at_seconds=at, filters=filters)
    elif not target.exists():
        await core.media.animation(source, target, start=at, length=length, filters=f"fps={rate:g},{filters}")
    return served(target, ANYBODY)


@routes.get(HERE + "/downloads/default.mp4")
async def download(request: web.Request) -> web.StreamResponse:
    """The MP4, with a token that says ``downloadable``."""
    video = opened(request, download=True)
    name = request.query.get("filename", "default").removesuffix(".mp4")
    return served(
        core_of(request).home(video["uid"]) / "downloads" / "default.mp4", ANYBODY, download=f"{name}.mp4"
    )


@routes.get(HERE + "/{page:iframe|watch}")
async def player(request: web.Request) -> web.Response:
    """A page that plays it, in browsers that play HLS."""
    opened(request)
    return web.Response(text=_PLAYER, content_type="text/html", headers=ANYBODY)


def _size(query: Mapping[str, str]) -> str:
    if query.get("fit", "crop") not in _FITS:
        raise refuse("fit must be crop, clip, scale or fill.")
    sides = {
        name: int(number_of(query, name, 0, least=1, most=4096, refuse=refuse))
        for name in ("width", "height")
        if query.get(name)
    }
    if len(sides) < 2:
        return f"scale={sides.get('width', -2 if sides else 640)}:{sides.get('height', -2)}"
    size = f"{sides['width']}:{sides['height']}"
    match query.get("fit", "crop"):
        case "crop":
            return f"scale={size}:force_original_aspect_ratio=increase,crop={size}"
        case "fill":
            return f"scale={size}:force_original_aspect_ratio=decrease,pad={size}:(ow-iw)/2:(oh-ih)/2"
        case "clip":
            return f"scale={size}:force_original_aspect_ratio=decrease"
    return f"scale={size}"
