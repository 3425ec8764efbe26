"""Mux's webhooks: every event of the environment goes to every endpoint, in one envelope, signed anew each
time.
"""

import json
import secrets
import time
import uuid
from datetime import UTC, datetime

from local.twins.core import Core
from local.twins.refusals import Doc
from local.twins.signatures import Scheme

SCHEME = Scheme(header="Mux-Signature", time="t", signature="v1")
ENVIRONMENT = {"id": "localtwin", "name": "Local twin"}
FOREIGN_ENVIRONMENT = {"id": "elsewhere", "name": "Somebody else's"}
MAX_ATTEMPTS = 30
# Mux says "for 24 hours, with growing gaps"; 30 attempts were seen. 10 s growing by 1.312 fill a day with
# 29 gaps.
GAPS = tuple(10 * 1.312**number for number in range(MAX_ATTEMPTS - 1))


def emit(core: Core, type_: str, data: Doc, *, once: str | None = None, after_seconds: float = 0.0) -> None:
    """Tell every enabled endpoint. ``once`` names an event that happens once, so that a restart does not
    repeat it.
    """
    event_id = str(
        uuid.uuid5(uuid.NAMESPACE_OID, f"{data['id']}:{type_}:{once}") if once is not None else uuid.uuid4()
    )
    kind = type_.split(".")[1]
    event = {
        "type": type_,
        "id": event_id,
        "created_at": iso(time.time() + after_seconds),
        "object": {"type": kind, "id": data["id"]},
        "environment": ENVIRONMENT,
        "data": data,
        "request_id": None,
        "accessor": None,
        "accessor_source": None,
    }
    for endpoint in core.store.each("webhook", oldest_first=True):
        if endpoint["enabled"]:
            core.deliveries.emit(
                event_id=event_id,
                subject=type_,
                event=event,
                endpoint=endpoint["id"],
                url=endpoint["address"],
                after_seconds=after_seconds,
            )


def render(delivery: Doc) -> bytes:
    """The body of the coming attempt: the event with all attempts before."""
    event, faults = dict(delivery["event"]), delivery["faults"]
    if "unknown_type" in faults:
        event["type"] = "video.asset.remembered"
    if "foreign_environment" in faults:
        event["environment"] = FOREIGN_ENVIRONMENT
    event["attempts"] = [
        _attempt(delivery, number, one) for number, one in enumerate(delivery["attempts"], 1)
    ]
    return json.dumps(event, separators=(",", ":")).encode()


def add_endpoint(core: Core, address: str, secret: str | None = None) -> Doc:
    """A new endpoint with a secret of its own."""
    endpoint: Doc = {
        "id": str(uuid.uuid4()),
        "address": address,
        "enabled": True,
        "created_at": iso(time.time()),
        "signing_secret": secret or secrets.token_hex(20),
    }
    core.store.put("webhook", endpoint["id"], endpoint)
    return endpoint


def iso(at: float) -> str:
    """As Mux writes times: microseconds and Z."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _attempt(delivery: Doc, number: int, attempt: Doc) -> Doc:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{delivery['key']}:{number}")),
        "webhook_id": uuid.uuid5(uuid.NAMESPACE_OID, delivery["endpoint"]).int % 100_000,
        "address": delivery["url"],
        "created_at": iso(attempt["at"]),
        "response_status_code": attempt["status"],
        "response_headers": attempt["headers"],
        "response_body": attempt["body"],
        "max_attempts": MAX_ATTEMPTS,
    }
