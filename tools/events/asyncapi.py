"""The AsyncAPI 3 document: everything that Sluice says without being asked, and to whom."""

import json
from collections.abc import Iterable
from inspect import getdoc
from pathlib import Path
from typing import Any

import msgspec
from sluice import __version__
from sluice.adapters.eventbridge import SOURCE
from sluice.edge.contract import realtime
from sluice.events.outgoing import TEST, TYPES, EndpointTested
from sluice.events.videos import EVENTS

DOCUMENT = Path(__file__).parents[2] / "docs/asyncapi.json"

type Json = dict[str, Any]

_OF_REALTIME = "Realtime."

_ABOUT = """\
What a deployment tells of its videos: on its EventBridge bus, to the HTTP endpoints that users register, and
over its WebSocket. See docs/events.md."""
_SIGNED = {
    "webhook-id": "The delivery's id, the same at each attempt: know repeats by it.",
    "webhook-timestamp": "When this attempt was signed, in seconds since 1970.",
    "webhook-signature": "`v1,` or `v1a,` and base64, several with spaces between while a key is replaced.",
}


def document() -> Json:
    """The document."""
    messages = {**_on_the_bus(), **_delivered(), **_pushed()}
    channels = {
        "bus": ("The bus whose name `EventBusName` in the stack's outputs is.", "{EventBusName}", "bus."),
        "endpoint": ("A URL that a user registered with `POST /api/webhook-endpoints`.", None, "endpoint."),
        "realtime": ("A WebSocket that a signed-in user has opened.", "/", "realtime."),
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Sluice",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            name: {
                "address": address,
                "description": about,
                "messages": {one: _ref("messages", one) for one in messages if one.startswith(prefix)},
                **({"parameters": {"EventBusName": {}}} if address == "{EventBusName}" else {}),
            }
            for name, (about, address, prefix) in channels.items()
        },
        "operations": {
            f"tell{name.title()}": {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}
            for name in channels
        },
        "components": {"messages": messages, "schemas": _schemas()},
    }


def rendered() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _on_the_bus() -> Json:
    return {
        f"bus.{event.__name__}": _message(
            event,
            {
                "source": {"const": SOURCE},
                "detail-type": {"const": event.__name__},
                "detail": _ref("schemas", event.__name__),
            },
        )
        for event in EVENTS
    }


def _delivered() -> Json:
    headers: Json = {
        "type": "object",
        "properties": {name: {"type": "string", "description": about} for name, about in _SIGNED.items()},
        "required": list(_SIGNED),
    }
    named: dict[type, str] = {**TYPES, EndpointTested: TEST}
    return {
        f"endpoint.{name}": {
            **_message(
                event,
                {
                    "type": {"const": name},
                    "timestamp": {"type": "string", "format": "date-time"},
                    "data": _ref("schemas", event.__name__),
                },
            ),
            "headers": headers,
        }
        for event, name in named.items()
    }


def _pushed() -> Json:
    return {
        f"realtime.{tag}": {
            "name": tag,
            "summary": _summary(kind),
            "payload": _ref("schemas", f"{_OF_REALTIME}{kind.__name__}"),
        }
        for tag, kind in _messages_of_realtime().items()
    }


def _messages_of_realtime() -> dict[str, Any]:
    """What the server says over the WebSocket, by its ``type``."""
    known = [kind for kind in vars(realtime).values() if hasattr(kind, "__struct_config__")]
    return {kind.__struct_config__.tag: kind for kind in known if kind.__struct_config__.tag}


def _message(kind: type, properties: Json) -> Json:
    payload = {"type": "object", "properties": properties, "required": list(properties)}
    return {"name": kind.__name__, "summary": _summary(kind), "payload": payload}


def _summary(kind: type) -> str:
    return " ".join((getdoc(kind) or "").split()).replace("``", "`")


def _schemas() -> Json:
    """Schemas of all that is referred to. Some messages of the WebSocket are named as events are."""
    told = _components([*EVENTS, EndpointTested], "")
    pushed = _components(_messages_of_realtime().values(), _OF_REALTIME)
    return dict(sorted({**told, **pushed}.items()))


def _components(kinds: Iterable[Any], prefix: str) -> Json:
    template = f"#/components/schemas/{prefix}{{name}}"
    _, found = msgspec.json.schema_components(list(kinds), ref_template=template)
    return {f"{prefix}{name}": one for name, one in found.items()}


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
