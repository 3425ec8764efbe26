"""The flows of the reference documents, request by request, as the clients that they describe speak."""

import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx
import jwt
import pytest

from tests.engine import unique
from tests.integration.providers.driving import Json, Providers, providers_of, ready, send, until
from tests.stack import LocalStack, running_stack

SECRET = "what-both-sides-of-this-webhook-know"


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A stack as the documents configure theirs."""
    settings = {"VIDEO_PROVIDER": "cloudflare", "WEBHOOK_SECRET": SECRET, "MAX_VIDEO_SIZE_MB": "500"}
    with running_stack(tmp_path_factory.mktemp("reference"), settings=settings) as stack:
        yield stack


@pytest.fixture
def providers(documented: LocalStack) -> Iterator[Providers]:
    with providers_of(documented) as found:
        yield found


@pytest.fixture
def api(documented: LocalStack) -> Iterator[httpx.Client]:
    with documented.client(unique("user")) as client:
        yield client


@pytest.fixture
def stranger(documented: LocalStack) -> Iterator[httpx.Client]:
    with documented.client("stranger") as client:
        yield client


def wish(clip: bytes, **more: object) -> Json:
    return {"filename": "capture.mp4", "fileSize": len(clip), "mimeType": "video/mp4", **more}


def claims(token: str) -> Json:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def event(kind: str, asset: Json) -> bytes:
    """A delivery of Mux's about an asset."""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    told = {"type": kind, "id": unique("event"), "created_at": now, "data": asset, "attempts": []}
    return json.dumps({**told, "object": {"type": "asset", "id": asset["id"]}}).encode()


def own_signature(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The header of upload-flow.md."""
    digest = hmac.digest(secret.encode(), body, sha256).hex()
    return {"x-webhook-signature": f"sha256={digest}", "content-type": "application/json"}


# ---------------------------------------------------------------- mux-integration.md
def test_a_capture_is_uploaded_to_mux_and_played_by_its_owner_alone(
    documented: LocalStack, providers: Providers, api: httpx.Client, stranger: httpx.Client, clip: bytes
) -> None:
    answer = api.post("/api/mux/upload", json=wish(clip))
    assert answer.status_code == 200
    ticket = answer.json()
    assert (ticket["provider"], ticket["status"]) == ("mux", "preparing")
    assert ticket["url"] == ticket["uploadUrl"]
    state = providers.state_of(ticket["videoId"])
    assert ticket["uploadId"] == state.link("upload")
    too_early = api.post("/api/mux/token", json={"videoId": ticket["videoId"]})
    assert (too_early.status_code, too_early.json()["code"]) == (409, "video_not_ready")
    httpx.put(ticket["url"], content=clip).raise_for_status()
    video = ready(api, ticket["videoId"])
    playback_id = providers.state_of(ticket["videoId"]).link("playback")
    assert playback_id in video["playbackUrl"]

    for named in ({"playbackId": playback_id}, {"videoId": ticket["videoId"]}):
        answer = api.post("/api/mux/token", json=named)
        assert answer.status_code == 200, answer.text
        grant = answer.json()
        told = claims(grant["token"])
        assert (told["sub"], told["aud"]) == (playback_id, "v")
        assert abs(told["exp"] - time.time() - 3600) < 30
        assert api.headers["authorization"].split()[1] != grant["token"]
        assert claims(api.headers["authorization"].split()[1])["sub"] in json.dumps(told)
        assert httpx.get(grant["playbackUrl"]).text.startswith("#EXTM3U")
        refused = stranger.post("/api/mux/token", json=named)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    with documented.client() as nobody:
        assert nobody.post("/api/mux/token", json={"playbackId": playback_id}).status_code == 401
    assert stranger.post("/api/mux/token", json={"playbackId": "unknown"}).status_code == 404
    assert api.post("/api/mux/token", json={}).status_code == 422
    assert api.delete(f"/api/videos/{ticket['videoId']}").status_code == 202
    assert api.post("/api/mux/token", json={"playbackId": playback_id}).status_code == 404


def test_an_upload_to_mux_is_asked_for_once_by_its_key(api: httpx.Client, clip: bytes) -> None:
    key = {"idempotency-key": unique("key")}
    first, again = (api.post("/api/mux/upload", json=wish(clip), headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.json() == first.json()
    elsewhere = api.post("/api/mux/upload", json=wish(clip, provider="s3"))
    assert (elsewhere.status_code, elsewhere.json()["details"][0]["field"]) == (422, "provider")


def test_muxs_webhook_is_taken_at_the_path_of_the_document(
    documented: LocalStack, providers: Providers, api: httpx.Client, clip: bytes
) -> None:
    twin = providers["mux"]
    twin.fault("webhook", "drop")
    ticket = api.post("/api/mux/upload", json=wish(clip)).json()
    send(ticket, clip)
    until(lambda: twin.has_ready(ticket["videoId"]) or None, "Mux has it")
    (asset,) = twin.held_for(ticket["videoId"])
    body = event("video.asset.ready", asset)
    with documented.client() as mux:
        refused = mux.post("/api/mux/webhook", content=body, headers={"mux-signature": "t=1,v1=00"})
        assert refused.status_code == 401
        signed = _signed_by_mux(documented, body)
        taken = mux.post("/api/mux/webhook", content=body, headers=signed)
    assert (taken.status_code, taken.json()) == (200, {"received": True})
    assert ready(api, ticket["videoId"])["playbackUrl"]


def _signed_by_mux(stack: LocalStack, body: bytes) -> dict[str, str]:
    kept = json.loads((stack.folder.twins / "credentials.json").read_text())
    now = int(time.time())
    digest = hmac.digest(kept["MUX_WEBHOOK_SECRET"].encode(), f"{now}.".encode() + body, sha256).hex()
    return {"mux-signature": f"t={now},v1={digest}", "content-type": "application/json"}


# ---------------------------------------------------------------- upload-flow.md
@pytest.mark.parametrize("provider", ["cloudflare", "mux"])
def test_the_upload_flow_from_the_request_to_the_metadata(
    providers: Providers, api: httpx.Client, stranger: httpx.Client, clip: bytes, provider: str
) -> None:
    given = {} if provider == "cloudflare" else {"provider": "mux"}
    ticket = api.post("/api/videos/upload-url", json=wish(clip, metadata={"scene": 4}, **given)).json()
    assert ticket["provider"] == provider
    assert datetime.fromisoformat(ticket["expiresAt"]) > datetime.now(UTC) + timedelta(minutes=10)
    if provider == "cloudflare":
        assert ticket["assetId"] == providers.state_of(ticket["videoId"]).link("asset")
    path = f"/api/videos/{ticket['videoId']}/status"
    status = api.get(path).json()
    assert (status["status"], status["playbackUrl"], status["provider"]) == ("uploading", None, provider)
    send(ticket, clip)
    ready(api, ticket["videoId"])
    status = api.get(path).json()
    assert set(status) >= {"videoId", "status", "playbackUrl", "thumbnailUrl", "duration", "provider"}
    assert (status["videoId"], status["status"]) == (ticket["videoId"], "ready")
    assert status["duration"] > 1
    assert httpx.get(status["playbackUrl"]).text.startswith("#EXTM3U")
    assert httpx.get(status["thumbnailUrl"]).headers["content-type"] == "image/jpeg"
    video = api.get(f"/api/videos/{ticket['videoId']}").json()
    assert (video["custom"], video["metadata"]["width"], video["metadata"]["height"]) == (
        {"scene": 4},
        192,
        108,
    )
    denied = stranger.get(path)
    assert (denied.status_code, isinstance(denied.json()["error"], str)) == (403, True)
    missing = api.get("/api/videos/vid_0195a1c2-0000-7000-8000-000000000001/status")
    assert (missing.status_code, isinstance(missing.json()["error"], str)) == (404, True)


@pytest.mark.parametrize(
    ("changes", "status"), [({"fileSize": 501 * 1024 * 1024}, 413), ({"mimeType": "image/png"}, 415)]
)
def test_what_the_upload_flow_refuses_reaches_no_provider(
    documented: LocalStack, api: httpx.Client, clip: bytes, changes: Json, status: int
) -> None:
    answer = api.post("/api/videos/upload-url", json={**wish(clip), **changes})
    assert (answer.status_code, isinstance(answer.json()["error"], str)) == (status, True)
    assert api.get("/api/videos").json()["totalCount"] == 0
    with documented.client() as nobody:
        assert nobody.post("/api/videos/upload-url", json=wish(clip)).status_code == 401


def test_the_upload_flows_own_webhook_makes_a_video_ready(
    documented: LocalStack, providers: Providers, api: httpx.Client, clip: bytes
) -> None:
    twin = providers["mux"]
    twin.fault("webhook", "drop")
    ticket = api.post("/api/videos/upload-url", json=wish(clip, provider="mux")).json()
    send(ticket, clip)
    until(lambda: twin.has_ready(ticket["videoId"]) or None, "Mux has it")
    (asset,) = twin.held_for(ticket["videoId"])
    body = event("video.asset.ready", asset)
    with documented.client() as sender:
        path = "/api/webhooks/video-processing"
        unsigned = sender.post(path, content=body)
        forged = sender.post(path, content=body, headers=own_signature(body, "another secret"))
        altered = sender.post(path, content=body + b" ", headers=own_signature(body))
        assert {unsigned.status_code, forged.status_code, altered.status_code} == {401}
        taken = sender.post(path, content=body, headers=own_signature(body))
    assert (taken.status_code, taken.json()) == (200, {"received": True})
    video = ready(api, ticket["videoId"])
    assert (video["processedAt"] is not None, video["duration"] > 1) == (True, True)


def test_the_upload_flows_own_webhook_fails_a_video_with_a_reason(
    documented: LocalStack, providers: Providers, api: httpx.Client, clip: bytes
) -> None:
    twin = providers["mux"]
    twin.fault("webhook", "drop")
    ticket = api.post("/api/videos/upload-url", json=wish(clip, provider="mux")).json()
    send(ticket, clip)
    (asset,) = until(lambda: twin.held_for(ticket["videoId"]) or None, "Mux has it")
    failed = {**asset, "status": "errored", "errors": {"type": "invalid_input", "messages": ["No video."]}}
    body = event("video.asset.errored", failed)
    with documented.client() as sender:
        answer = sender.post("/api/webhooks/video-processing", content=body, headers=own_signature(body))
        assert answer.status_code == 200
    path = f"/api/videos/{ticket['videoId']}"

    def ended() -> Json | None:
        video: Json = api.get(path).json()
        return video["error"] if video["status"] == "error" else None

    assert until(ended, "it fails") == {"code": "not_a_video", "message": "No video."}


# ---------------------------------------------------------------- video-service.md
@pytest.mark.parametrize("provider", ["mux", "cloudflare"])
def test_the_service_document_direct_upload_webhook_signed_url_and_picture(
    providers: Providers, api: httpx.Client, clip: bytes, provider: str
) -> None:
    """Chunks straight to the service, `ready` by its webhook, a signed URL, a picture: whichever service."""
    protocol = {} if provider == "mux" else {"protocol": "tus"}
    answer = api.post("/api/videos/upload-url", json=wish(clip, provider=provider, **protocol))
    ticket = answer.json()
    assert ticket["upload"]["protocol"] == ("chunked-put" if provider == "mux" else "tus")
    assert ticket["upload"]["partSize"] % (256 * 1024) == 0
    send(ticket, clip)
    video = ready(api, ticket["videoId"])
    until(lambda: providers.logged("heard", ticket["videoId"]) or None, "it is logged")
    links = providers.state_of(ticket["videoId"]).links
    ext_id = links["playback" if provider == "mux" else "asset"].value
    grant = api.post(f"/api/videos/{ticket['videoId']}/token", json={"ttlSeconds": 1800}).json()
    header, told = jwt.get_unverified_header(grant["token"]), claims(grant["token"])
    assert (header["alg"], told["sub"]) == ("RS256", ext_id)
    assert abs(told["exp"] - time.time() - 1800) < 30
    assert datetime.fromisoformat(grant["expiresAt"]).timestamp() == told["exp"]
    assert header["kid"] == told["kid"]
    assert httpx.get(grant["thumbnailUrl"]).content[:3] == b"\xff\xd8\xff"
    assert video["duration"] == pytest.approx(video["metadata"]["duration"])
