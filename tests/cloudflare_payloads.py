"""Cloudflare Stream's video object in any state, and the facts of one that was opened."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sluice.adapters.cloudflare.client import CloudflareClient
from sluice.adapters.cloudflare.settings import Terms
from sluice.adapters.cloudflare.uploads import CloudflareUploads
from sluice.adapters.http import Http
from sluice.domain.facts import Fact, ProviderLinked, UploadOpened
from sluice.domain.video import Video

from tests.builders import VIDEO_ID, at, make_video
from tests.loopback import Behaviour, Peer, answer
from tests.mux_payloads import iso
from tests.mux_peer import SEAL, with_facts

UID = "00000000000000000000000000000001"
TERMS = Terms(longest=timedelta(minutes=60), allowed_hosts=("app.example.test", "localhost:3000"))


def shown(
    state: str = "pendingupload", *, modified: float = 0, percent: float = 0, **changes: Any
) -> dict[str, Any]:
    """The object as of ``modified`` seconds after the tests' beginning. It was uploaded after three."""
    arrived = state != "pendingupload"
    known: dict[str, Any] = {
        "uid": UID,
        "creator": VIDEO_ID,
        "readyToStream": state == "ready",
        "status": {
            "state": state,
            "pctComplete": f"{percent:f}",
            "errorReasonCode": "",
            "errorReasonText": "",
        },
        "meta": {"name": "Holiday", "videoId": VIDEO_ID},
        "created": iso(0),
        "modified": iso(modified),
        "uploaded": iso(3) if arrived else None,
        "uploadExpiry": iso(3600),
        "size": 1_000_000 if arrived else 0,
        "duration": 12.5 if state == "ready" else -1,
        "input": {"width": 1280, "height": 720} if state == "ready" else {"width": -1, "height": -1},
        "maxDurationSeconds": 3600,
        "requireSignedURLs": True,
        "allowedOrigins": [],
        "watermark": None,
    }
    if state == "ready":
        known["readyToStreamAt"] = iso(8)
    return {**known, **changes}


def failed(code: str = "ERR_NON_VIDEO", *, modified: float = 9, prefix: str = "error") -> dict[str, Any]:
    status = {"state": "error", "step": "encoding", "pctComplete": "0.000000"}
    said = {f"{prefix}ReasonCode": code, f"{prefix}ReasonText": "not a video"}
    return shown("error", modified=modified, status={**status, **said})


def body(video: dict[str, Any]) -> bytes:
    return json.dumps(video).encode()


def result(value: object, status: int = 200) -> Behaviour:
    """An answer in Cloudflare's envelope."""
    headers = {"Date": "Sun, 01 Mar 2026 12:00:30 GMT"}
    return answer(status, {"result": value, "success": True, "errors": [], "messages": []}, headers)


def refusal(status: int, code: int = 10005) -> Behaviour:
    errors = [{"code": code, "message": "No."}]
    return answer(status, {"result": None, "success": False, "errors": errors, "messages": []})


def client_of(peer: Peer, http: Http) -> CloudflareClient:
    return CloudflareClient(http, base_url=f"{peer.url}/client/v4/", account_id="acc", api_token="cf-token")


def uploads_of(peer: Peer, http: Http, terms: Terms = TERMS) -> CloudflareUploads:
    return CloudflareUploads(client_of(peer, http), http, SEAL, terms=terms, ttl=timedelta(hours=6))


def make_cloudflare_video(*facts: Fact, protocol: str = "form", **changes: Any) -> Video:
    """A video that Cloudflare is to have, with nothing known of it but ``facts``."""
    return with_facts(make_video(provider="cloudflare", protocol=protocol, **changes), facts)


def opened(url: str = "https://upload.example.test/1") -> Sequence[Fact]:
    sealed = SEAL.close(url, VIDEO_ID)
    return (
        ProviderLinked(at=at(0), kind="asset", provider_id=UID),
        UploadOpened(at=at(0), sealed_url=sealed, expires_at=at(3600)),
    )


def paths(peer: Peer) -> list[tuple[str, str]]:
    """What was asked, below the account's ``/stream``."""
    return [(asked.method, asked.path.removeprefix("/client/v4/accounts/acc/stream")) for asked in peer.asked]
