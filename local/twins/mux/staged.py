"""Part of Mux's /control: any event at all, rightly signed. For what this twin does not do itself: text
tracks,
live streams, types that do not exist yet, bodies with hardly anything in them.
"""

from aiohttp import web

from local.twins.core import core_of
from local.twins.mux.events import emit
from local.twins.refusals import Refused, read_object

routes = web.RouteTableDef()


@routes.post("/control/events")
async def stage(request: web.Request) -> web.Response:
    """``{"type": "video.asset.track.ready", "data": {"id": …}}``: told to every endpoint."""
    if request.content_type != "application/json":
        raise Refused(415, "invalid_parameters", "Send application/json.")
    body = await read_object(request, kind="invalid_parameters")
    type_, data = body.get("type"), body.get("data")
    if not isinstance(type_, str) or type_.count(".") < 1 or not isinstance(data, dict) or "id" not in data:
        raise Refused(400, "invalid_parameters", "An event has a type with dots in it, and data with an id.")
    emit(core_of(request), type_, data)
    return web.Response(status=202)
