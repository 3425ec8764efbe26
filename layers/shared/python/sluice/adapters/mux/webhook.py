"""Mux's webhooks: verified as raw bytes, then told as news.

An endpoint gets every event of its environment. What ``data`` is, and so what ``data.id`` means, follows
from ``object.type`` and the event's family alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sluice.adapters.mux.assets import asset_facts, deleted, rendition_facts, upload_facts
from sluice.adapters.mux.signature import SCHEME
from sluice.adapters.signatures import verify as verify_signature
from sluice.adapters.wire import mapping, moment, read_object, text
from sluice.domain.facts import Fact
from sluice.domain.ids import is_video_id
from sluice.usecases.provider_ports import ProviderNews

_OF_UPLOAD = "video.upload."
_OF_A_PART = ("video.asset.track.", "video.asset.static_rendition.")
# Events of which it is known that ``data`` is the asset; of any other we know nothing.
_OF_ASSET = re.compile(
    r"video\.asset\.(created|ready|errored|updated|deleted|warning|non_standard_input_detected"
    r"|live_stream_completed|static_renditions\.\w+|master\.\w+)"
)


def verify(raw: bytes, headers: Mapping[str, str], *, secrets: Iterable[str], now: datetime) -> datetime:
    """When the delivery was signed; raises as ``signatures.verify``."""
    return verify_signature(SCHEME, raw, headers, secrets=secrets, now=now)


def news(raw: bytes, *, received_at: datetime, environment_id: str | None = None) -> ProviderNews:
    """What a verified delivery says. ``environment_id``: events of any other environment say nothing to us.

    Raises:
        Malformed: it is not a JSON object.
    """
    event = read_object(raw)
    kind = text(event.get("type")) or "none"
    # The body is another at each attempt (``attempts`` grows), so its digest is for want of an id alone.
    key = text(event.get("id")) or sha256(raw).hexdigest()
    if environment_id is not None and _environment(event) != environment_id:
        told = _NOTHING
    else:
        told = _told(kind, event, moment(event.get("created_at")) or received_at)
    return ProviderNews(
        provider="mux", key=f"mux:{key}", kind=kind, video_id=told.video_id, ids=told.ids, facts=told.facts
    )


@dataclass(frozen=True, slots=True)
class _Told:
    video_id: str | None
    ids: Mapping[str, str]
    facts: Sequence[Fact]


_NOTHING = _Told(None, {}, ())


def _environment(event: Mapping[str, Any]) -> str | None:
    return text(mapping(event.get("environment")).get("id"))


def _told(kind: str, event: Mapping[str, Any], at: datetime) -> _Told:
    data = mapping(event.get("data"))
    if kind.startswith(_OF_UPLOAD):
        return _of_upload(kind, data, at)
    if kind.startswith(_OF_A_PART):
        return _of_part(kind, data, at)
    named = mapping(event.get("object"))
    if _OF_ASSET.fullmatch(kind) and named.get("id", data.get("id")) == data.get("id"):
        return _of_asset(kind, data, at)
    return _NOTHING


def _of_upload(kind: str, upload: Mapping[str, Any], at: datetime) -> _Told:
    """``data.id`` is the upload's id."""
    settings = mapping(upload.get("new_asset_settings"))
    stands = {"video.upload.errored": "errored", "video.upload.cancelled": "cancelled"}.get(kind)
    facts = upload_facts({**upload, "status": stands} if stands else upload, at)
    ids = _known(upload=upload.get("id"), asset=upload.get("asset_id"))
    return _Told(_ours(settings.get("passthrough")), ids, facts)


def _of_part(kind: str, part: Mapping[str, Any], at: datetime) -> _Told:
    """``data.id`` is a track's or a rendition's id; the asset is named beside it."""
    ready = kind == "video.asset.static_rendition.ready"
    facts = rendition_facts({**part, "status": "ready"}, at) if ready else ()
    return _Told(_ours(part.get("passthrough")), _known(asset=part.get("asset_id")), facts)


def _of_asset(kind: str, asset: Mapping[str, Any], at: datetime) -> _Told:
    """``data.id`` is the asset's id."""
    if kind == "video.asset.deleted":
        facts: Sequence[Fact] = (deleted(at),)
    else:
        facts = asset_facts({"status": "errored", **asset} if kind == "video.asset.errored" else asset, at)
    ids = _known(upload=asset.get("upload_id"), asset=asset.get("id"))
    return _Told(_ours(asset.get("passthrough")), ids, facts)


def _ours(passthrough: object) -> str | None:
    carried = text(passthrough)
    return carried if carried and is_video_id(carried) else None


def _known(**ids: object) -> Mapping[str, str]:
    return {kind: value for kind, given in ids.items() if (value := text(given))}
