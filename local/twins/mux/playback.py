"""stream.mux.com: manifests, pieces and files. Every request is checked, so that a token's end ends
playback.
"""

import re
import time

from aiohttp import web

from local.twins.core import core_of
from local.twins.mux.access import VIDEO, opened
from local.twins.playlists import rewritten, served
from local.twins.refusals import Refused

ANYBODY = {"Access-Control-Allow-Origin": "*"}
_PIECE_NAME = re.compile(r"(init|piece)-[\d-]+\.(mp4|m4s)")
_PLAYLIST_NAME = re.compile(r"media_\d+\.m3u8")
_TOKEN = re.compile(r"[\w.-]+")
routes = web.RouteTableDef()


@routes.get("/stream/{pid}.m3u8")
async def manifest(request: web.Request) -> web.Response:
    """The multivariant playlist. The playlists below it carry the token that opened this one."""
    asset, _ = opened(request, VIDEO)
    path = core_of(request).home(asset["id"]) / "stream" / "master.m3u8"
    pid, query = request.match_info["pid"], _token(request)
    text = rewritten(path.read_text(), lambda name: f"{pid}/{name}{query}")
    return web.Response(text=text, content_type="application/vnd.apple.mpegurl", headers=ANYBODY)


@routes.get("/stream/{pid}/{name}")
async def below(request: web.Request) -> web.StreamResponse:
    """A media playlist, a piece, or a static rendition."""
    asset, _ = opened(request, VIDEO)
    core, name = core_of(request), request.match_info["name"]
    home = core.home(asset["id"])
    if _PLAYLIST_NAME.fullmatch(name) and (home / "stream" / name).exists():
        query = _token(request)
        text = rewritten((home / "stream" / name).read_text(), lambda piece: f"{piece}{query}")
        return web.Response(text=text, content_type="application/vnd.apple.mpegurl", headers=ANYBODY)
    if _PIECE_NAME.fullmatch(name):
        return served(home / "stream" / name, ANYBODY)
    files = asset.get("static_renditions", {}).get("files", [])
    if any(file["name"] == name and file["status"] == "ready" for file in files):
        return served(home / "renditions" / name, ANYBODY, download=request.query.get("download"))
    raise Refused(404, "not_found", "There is no such file.")


@routes.get("/master/{secret}")
async def master(request: web.Request) -> web.StreamResponse:
    """The source, for as long as its address lives."""
    core = core_of(request)
    known = core.store.get("master", request.match_info["secret"])
    asset = None if known is None else core.store.get("asset", known["asset_id"])
    if known is None or asset is None or known["until"] < time.time() or asset["master_access"] == "none":
        raise Refused(404, "not_found", "There is no such file.")
    return served(core.source(asset["id"]), ANYBODY, download="master.mp4")


def _token(request: web.Request) -> str:
    token = request.query.get("token")
    return f"?token={token}" if token and _TOKEN.fullmatch(token) else ""
