"""/control of each twin: set faults, look at webhooks, send one again, let an upload expire. For people and
tests.

Changes need a JSON content type or a method that browsers ask permission for, so no other page can make them.
"""

import asyncio
import time
from pathlib import Path

from aiohttp import web

from local.twins.core import core_of
from local.twins.faults import KINDS, Rule, UnknownFault
from local.twins.refusals import Doc, Refused, read_object

SHOWN = 200
_RULE = {"surface", "kind", "match", "chance", "skip", "times", "values"}
_PAGES = Path(__file__).parent / "page"
routes = web.RouteTableDef()


@routes.get("/control/faults")
async def rules(request: web.Request) -> web.Response:
    """The catalogue and the rules in force, with how often each one hit."""
    catalogue = {surface: sorted(kinds) for surface, kinds in KINDS.items()}
    return web.json_response({"kinds": catalogue, "rules": core_of(request).faults.rules()})


@routes.post("/control/faults")
async def add(request: web.Request) -> web.Response:
    """A new rule: `Rule`'s fields, of which ``surface`` and ``kind`` must be given."""
    body = await _changes(request)
    if not {"surface", "kind"} <= set(body) <= _RULE:
        raise Refused(400, "invalid_parameters", f"A rule has {', '.join(sorted(_RULE))}.")
    try:
        key = core_of(request).faults.add(Rule(**body))
    except (UnknownFault, TypeError) as exc:
        raise Refused(400, "invalid_parameters", str(exc)) from None
    return web.json_response({"id": key}, status=201)


@routes.delete("/control/faults")
async def clear(request: web.Request) -> web.Response:
    """No faults any more."""
    core_of(request).faults.clear()
    return web.Response(status=204)


@routes.delete("/control/faults/{id}")
async def remove(request: web.Request) -> web.Response:
    """One rule less."""
    if not core_of(request).faults.remove(request.match_info["id"]):
        raise Refused(404, "not_found", "There is no such rule.")
    return web.Response(status=204)


@routes.get("/control/deliveries")
async def deliveries(request: web.Request) -> web.Response:
    """The newest webhooks: what they were about and how their attempts went."""
    found = core_of(request).store.each("delivery")
    newest = [_delivery(one) for one, _ in zip(found, range(SHOWN), strict=False)]
    return web.json_response({"deliveries": newest})


@routes.post("/control/deliveries/{key}/again")
async def again(request: web.Request) -> web.Response:
    """Send one once more."""
    await _changes(request)
    if not core_of(request).deliveries.again(request.match_info["key"]):
        raise Refused(404, "not_found", "There is no such delivery.")
    return web.Response(status=204)


@routes.post("/control/expire")
async def expire(request: web.Request) -> web.Response:
    """``{"id": …}``: this upload's (Mux) or video's (Cloudflare) time to upload is over now."""
    core, body = core_of(request), await _changes(request)
    ended = float(int(time.time()))  # answers carry their own time in whole seconds: it is over for them too
    for kind in ("upload", "video"):
        waiting = core.store.get(kind, str(body.get("id")))
        if waiting is not None:
            told = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(ended))
            shown = {"uploadExpiry": told} if "uploadExpiry" in waiting else {}
            core.store.put(kind, str(body["id"]), {**waiting, "expires_at": ended, **shown})
            return web.Response(status=204)
    raise Refused(404, "not_found", "There is no such upload.")


def add_page(root: web.Application, path: str, twins: dict[str, str]) -> None:
    """Serve the control page at ``path`` of ``root``; ``twins``: name → path at which each is mounted."""

    async def page(_: web.Request) -> web.Response:
        text = await asyncio.to_thread((_PAGES / "control.html").read_text)
        chosen = "".join(f'<option value="{mount}">{name}</option>' for name, mount in twins.items())
        return web.Response(
            text=text.replace("<!-- twins -->", chosen), content_type="text/html", headers=_PLAIN_PAGE
        )

    async def script(_: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGES / "control.js", headers={"Cache-Control": "no-cache"})

    root.router.add_get(path, page)
    root.router.add_get(f"{path}/control.js", script)


_PLAIN_PAGE = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
}


async def _changes(request: web.Request) -> Doc:
    if request.content_type != "application/json":
        raise Refused(415, "invalid_parameters", "Send application/json.")
    return await read_object(request, kind="invalid_parameters")


def _delivery(delivery: Doc) -> Doc:
    shown = {name: delivery[name] for name in ("key", "event_id", "subject", "state", "url", "faults")}
    return shown | {"attempts": [{"at": one["at"], "status": one["status"]} for one in delivery["attempts"]]}
