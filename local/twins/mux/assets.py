"""Mux's assets: /video/v1/assets, their playback ids, static renditions and master."""

from itertools import islice

from aiohttp import web

from local.twins.core import Core, core_of
from local.twins.keys import new_id
from local.twins.mux import lifecycle, renditions
from local.twins.mux.events import emit
from local.twins.mux.fields import INVALID, asset_settings, meta, passthrough, policy, refuse, rendition
from local.twins.mux.views import asset_view
from local.twins.refusals import Doc, Refused, page_of, read_object

routes = web.RouteTableDef()


@routes.post("/video/v1/assets")
async def create(request: web.Request) -> web.Response:
    """Import from a URL: 201 at once, the file is fetched afterwards."""
    core = core_of(request)
    settings = asset_settings(await read_object(request, kind=INVALID))
    if not any(
        isinstance(one, dict) and isinstance(one.get("url"), str) for one in settings.get("inputs", [])
    ):
        raise refuse("inputs must name a url.")
    asset = lifecycle.new_asset(settings)
    lifecycle.begin(core, asset)
    return _answer(core, asset, status=201)


@routes.get("/video/v1/assets")
async def list_(request: web.Request) -> web.Response:
    """Newest first, by page or cursor, or the one of an upload."""
    core, query = core_of(request), request.query
    limit, offset = page_of(request, kind=INVALID, default=25, largest=100)
    if query.get("cursor"):
        if not query["cursor"].isdigit():
            raise refuse("The cursor cannot be read.")
        offset = int(query["cursor"])
    equal = {"upload_id": query["upload_id"]} if query.get("upload_id") else {}
    found = list(islice(core.store.each("asset", equal=equal), offset, offset + limit + 1))
    more = str(offset + limit) if len(found) > limit else None
    shown = [asset_view(one, pace=core.pace) for one in found[:limit]]
    return web.json_response({"data": shown, "next_cursor": more})


@routes.get("/video/v1/assets/{id}")
async def get(request: web.Request) -> web.Response:
    """One asset."""
    return _answer(core_of(request), _asset(request))


@routes.patch("/video/v1/assets/{id}")
async def update(request: web.Request) -> web.Response:
    """Only what describes it can be changed; an empty passthrough removes it."""
    core, body = core_of(request), await read_object(request, kind=INVALID)
    asset = _asset(request)
    if "passthrough" in body:
        asset["passthrough"] = passthrough(body["passthrough"] or "") or None
    if "meta" in body:
        asset["meta"] = asset.get("meta", {}) | meta(body["meta"] or {})
    if "thumbnail_time" in body:
        asset["thumbnail_time"] = body["thumbnail_time"]
    core.store.put("asset", asset["id"], asset)
    emit(core, "video.asset.updated", asset_view(asset, pace=core.pace, webhook=True))
    return _answer(core, asset)


@routes.delete("/video/v1/assets/{id}")
async def delete(request: web.Request) -> web.Response:
    """204; the asset, its files and everything that plays it are gone."""
    core, asset = core_of(request), _asset(request)
    for playback in asset["playback_ids"]:
        core.store.remove("playback", playback["id"])
    core.store.remove("asset", asset["id"])
    core.forget(asset["id"])
    emit(core, "video.asset.deleted", asset_view(asset, pace=core.pace, webhook=True), once="")
    return web.Response(status=204)


@routes.post("/video/v1/assets/{id}/playback-ids")
async def add_playback_id(request: web.Request) -> web.Response:
    """One more way to play it."""
    core, body = core_of(request), await read_object(request, kind=INVALID)
    asset, made = _asset(request), {"id": new_id(44), "policy": policy(body.get("policy"))}
    asset["playback_ids"].append(made)
    core.store.put("playback", made["id"], {"asset_id": asset["id"], "policy": made["policy"]})
    core.store.put("asset", asset["id"], asset)
    return web.json_response({"data": made}, status=201)


@routes.get("/video/v1/assets/{id}/playback-ids/{pid}")
async def get_playback_id(request: web.Request) -> web.Response:
    """One playback id of an asset."""
    return web.json_response({"data": _playback(request, _asset(request))})


@routes.delete("/video/v1/assets/{id}/playback-ids/{pid}")
async def remove_playback_id(request: web.Request) -> web.Response:
    """204; what it opened is closed."""
    core, asset = core_of(request), _asset(request)
    asset["playback_ids"].remove(_playback(request, asset))
    core.store.remove("playback", request.match_info["pid"])
    core.store.put("asset", asset["id"], asset)
    return web.Response(status=204)


@routes.get("/video/v1/playback-ids/{pid}")
async def owner_of_playback_id(request: web.Request) -> web.Response:
    """Which asset a playback id belongs to."""
    found = core_of(request).store.get("playback", request.match_info["pid"])
    if found is None:
        raise Refused(404, "not_found", "There is no such playback id.")
    owner = {"type": "asset", "id": found["asset_id"]}
    return web.json_response(
        {"data": {"id": request.match_info["pid"], "policy": found["policy"], "object": owner}}
    )


@routes.post("/video/v1/assets/{id}/static-renditions")
async def add_rendition(request: web.Request) -> web.Response:
    """A file to download, made afterwards."""
    core, wanted = core_of(request), rendition(await read_object(request, kind=INVALID))
    asset = _asset(request)
    if asset["status"] != "ready":
        asset["wanted_renditions"].append(wanted)
        core.store.put("asset", asset["id"], asset)
        return web.json_response({"data": {"id": new_id(44), "status": "preparing", **wanted}}, status=201)
    made = renditions.ask(asset, wanted)
    core.store.put("asset", asset["id"], asset)
    emit(core, "video.asset.static_rendition.created", made | {"asset_id": asset["id"]}, once=made["id"])
    core.jobs.start(asset["id"], renditions.make_missing(core, asset["id"]))
    return web.json_response({"data": made}, status=201)


@routes.delete("/video/v1/assets/{id}/static-renditions/{rid}")
async def remove_rendition(request: web.Request) -> web.Response:
    """204; the file is gone."""
    core, asset = core_of(request), _asset(request)
    files = asset.get("static_renditions", {}).get("files", [])
    one = next((file for file in files if file["id"] == request.match_info["rid"]), None)
    if one is None:
        raise Refused(404, "not_found", "There is no such static rendition.")
    files.remove(one)
    (core.home(asset["id"]) / "renditions" / one["name"]).unlink(missing_ok=True)
    core.store.put("asset", asset["id"], asset)
    emit(core, "video.asset.static_rendition.deleted", one | {"asset_id": asset["id"]}, once=one["id"])
    return web.Response(status=204)


@routes.put("/video/v1/assets/{id}/master-access")
async def master_access(request: web.Request) -> web.Response:
    """Open or close the master."""
    core, body = core_of(request), await read_object(request, kind=INVALID)
    asset = _asset(request)
    if body.get("master_access") not in {"none", "temporary"}:
        raise refuse("master_access must be none or temporary.")
    if body["master_access"] == "none":
        asset |= {"master_access": "none", "master": None}
    else:
        renditions.open_master(core, asset)
    core.store.put("asset", asset["id"], asset)
    return _answer(core, asset)


def _asset(request: web.Request) -> Doc:
    asset = core_of(request).store.get("asset", request.match_info["id"])
    if asset is None:
        raise Refused(404, "not_found", "There is no such asset, or it is not yours.")
    return asset


def _playback(request: web.Request, asset: Doc) -> Doc:
    found = next((one for one in asset["playback_ids"] if one["id"] == request.match_info["pid"]), None)
    if found is None:
        raise Refused(404, "not_found", "There is no such playback id.")
    return dict(found)


def _answer(core: Core, asset: Doc, *, status: int = 200) -> web.Response:
    return web.json_response({"data": asset_view(asset, pace=core.pace)}, status=status)
