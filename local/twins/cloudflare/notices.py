"""Cloudflare's webhook: the video itself, sent once its processing has ended. One address per account,
whose secret
changes with it."""

import json
import secrets
import time
from typing import Any

from aiohttp import web

from local.twins.cloudflare.envelope import answer, not_found, refuse
from local.twins.cloudflare.records import view
from local.twins.cloudflare.settings_of_video import iso
from local.twins.core import Core, core_of
from local.twins.refusals import Doc, read_object
from local.twins.signatures import Scheme

SCHEME = Scheme(header="Webhook-Signature", time="time", signature="sig1")
ACCOUNT = "account"
BASE = "/client/v4/accounts/{account}/stream/webhook"
routes = web.RouteTableDef()


@routes.put(BASE)
async def put(request: web.Request) -> web.Response:
    """Set the address; a new address has a new secret."""
    body = await read_object(request, kind="10005")
    url = body.get("notificationUrl") or body.get("notification_url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise refuse("notificationUrl must be a URL.")
    return answer(_shown(configure(core_of(request), url)))


@routes.get(BASE)
async def get(request: web.Request) -> web.Response:
    """The address and its secret."""
    return answer(_shown(_known(core_of(request))))


@routes.delete(BASE)
async def delete(request: web.Request) -> web.Response:
    """No webhook any more."""
    core = core_of(request)
    _known(core)
    core.store.remove("webhook", ACCOUNT)
    return answer("")


def configure(core: Core, url: str, secret: str | None = None) -> Doc:
    """Write the account's webhook."""
    known = core.store.get("webhook", ACCOUNT)
    if known is None or known["notificationUrl"] != url or secret is not None:
        known = {
            "notificationUrl": url,
            "modified": iso(time.time()),
            "secret": secret or secrets.token_hex(32),
        }
        core.store.put("webhook", ACCOUNT, known)
    return known


def notify(core: Core, video: Doc, *, number: int = 1) -> None:
    """Tell the account's address that processing has ended."""
    webhook = core.store.get("webhook", ACCOUNT)
    if webhook is None:
        return
    state = video["status"]["state"]
    core.deliveries.emit(
        event_id=f"{video['uid']}-{state}-{number}",
        subject=state,
        event=view(video),
        endpoint=ACCOUNT,
        url=webhook["notificationUrl"],
        after_seconds=0,
    )


def render(delivery: Doc) -> bytes:
    """The body: the same bytes at every attempt."""
    event = delivery["event"]
    if "other_error_names" in delivery["faults"]:
        status = {name.replace("errorReason", "errReason"): value for name, value in event["status"].items()}
        event = {**event, "status": status}
    return json.dumps(event, separators=(",", ":")).encode()


def _known(core: Core) -> Doc:
    webhook = core.store.get("webhook", ACCOUNT)
    if webhook is None:
        raise not_found("webhook")
    return webhook


def _shown(webhook: Doc) -> dict[str, Any]:
    return {**webhook, "notification_url": webhook["notificationUrl"]}
