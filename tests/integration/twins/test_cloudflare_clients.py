"""Cloudflare's own Python client finds in the twin what it finds at Cloudflare."""

from collections.abc import Iterator

import cloudflare
import httpx
import pytest

from tests.integration.twins.driving import CloudflareTwin


@pytest.fixture
def api(cloudflare_twin: CloudflareTwin) -> Iterator[cloudflare.Cloudflare]:
    base = f"{cloudflare_twin.url}/client/v4"
    with cloudflare.Cloudflare(api_token="cf-token", base_url=base, max_retries=0) as client:
        yield client


def test_it_uploads_reads_edits_and_deletes(
    cloudflare_twin: CloudflareTwin, api: cloudflare.Cloudflare, clip: bytes
) -> None:
    account = cloudflare_twin.account
    upload = api.stream.direct_upload.create(
        account_id=account, max_duration_seconds=60, require_signed_urls=True, meta={"name": "tour"}
    )
    assert upload is not None
    assert upload.uid is not None
    assert upload.upload_url is not None
    assert httpx.post(upload.upload_url, files={"file": ("a.mp4", clip)}).status_code == 200
    cloudflare_twin.ended(upload.uid)
    video = api.stream.get(upload.uid, account_id=account)
    assert video is not None
    assert (video.ready_to_stream, video.require_signed_urls) == (True, True)
    assert video.playback is not None
    assert [one.uid for one in api.stream.list(account_id=account)] == [upload.uid]
    edited = api.stream.edit(upload.uid, account_id=account, creator="user_7")
    assert edited is not None
    assert edited.creator == "user_7"
    token = api.stream.token.create(upload.uid, account_id=account)
    assert token is not None
    assert cloudflare_twin.play(str(token.token)).status_code == 200
    api.stream.delete(upload.uid, account_id=account)
    with pytest.raises(cloudflare.NotFoundError):
        api.stream.get(upload.uid, account_id=account)


def test_a_tus_creation_shows_its_headers(
    cloudflare_twin: CloudflareTwin, api: cloudflare.Cloudflare
) -> None:
    made = api.stream.with_raw_response.create(
        account_id=cloudflare_twin.account, tus_resumable="1.0.0", upload_length=1000, direct_user=True
    )
    assert made.headers["Location"].startswith(cloudflare_twin.url)
    assert cloudflare_twin.video(made.headers["stream-media-id"])["status"]["state"] == "pendingupload"


def test_keys_webhook_and_storage(cloudflare_twin: CloudflareTwin, api: cloudflare.Cloudflare) -> None:
    account = cloudflare_twin.account
    key = api.stream.keys.create(account_id=account)
    assert key is not None
    assert key.pem
    assert str(key.id) in {one.id for one in api.stream.keys.get(account_id=account)}
    api.stream.keys.delete(str(key.id), account_id=account)
    hook = api.stream.webhooks.get(account_id=account)
    assert hook is not None
    usage = api.stream.videos.storage_usage(account_id=account)
    assert usage is not None
    assert usage.total_storage_minutes_limit == 1000


def test_it_sees_a_block_with_its_retry_after(
    cloudflare_twin: CloudflareTwin, api: cloudflare.Cloudflare
) -> None:
    cloudflare_twin.fault("api", "status", values={"status": 429, "retry_after": 7}, times=1)
    with pytest.raises(cloudflare.RateLimitError) as blocked:
        api.stream.list(account_id=cloudflare_twin.account)
    assert blocked.value.response.headers["retry-after"] == "7"
