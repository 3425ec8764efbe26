"""Mux's own clients find in the twin what they find at Mux: mux_python, and mux-node for signatures and
tokens.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import mux_python  # type: ignore[import-untyped] # ships no types
import pytest

from tests.integration.twins.driving import Json, MuxTwin

CLIENT = Path(__file__).parent / "mux_client.cjs"


@pytest.fixture
def api(mux_twin: MuxTwin) -> Iterator[mux_python.ApiClient]:
    settings = mux_python.Configuration(host=mux_twin.url, username="mux-id", password="mux-secret")
    with mux_python.ApiClient(settings) as client:
        yield client
        client.rest_client.pool_manager.clear()


def mux_node(twin: MuxTwin, call: str, **values: Any) -> Json:
    """One call of the Node client that is kept in `vendor`."""
    node = shutil.which("node")
    assert node, "these tests need Node"
    client = {
        "baseURL": twin.url,
        "tokenId": "mux-id",
        "tokenSecret": "mux-secret",
        "webhookSecret": twin.webhook_secret,
        "jwtSigningKey": twin.key_id,
        "jwtPrivateKey": twin.pem,
    }
    given = json.dumps({"client": client, "call": call, "values": values})
    done = subprocess.run(
        [node, str(CLIENT)], input=given, capture_output=True, text=True, check=True, timeout=60
    )
    found: Json = json.loads(done.stdout)
    return found


def test_mux_python_uploads_reads_and_deletes(
    mux_twin: MuxTwin, api: mux_python.ApiClient, clip: bytes
) -> None:
    uploads, assets = mux_python.DirectUploadsApi(api), mux_python.AssetsApi(api)
    wanted = mux_python.CreateAssetRequest(
        playback_policies=[mux_python.PlaybackPolicy.SIGNED], passthrough="vid_01"
    )
    request = mux_python.CreateUploadRequest(timeout=600, new_asset_settings=wanted, cors_origin="*")
    upload = uploads.create_direct_upload(request).data
    assert httpx.put(upload.url, content=clip).status_code == 200
    asset_id = uploads.get_direct_upload(upload.id).data.asset_id
    mux_twin.ended(asset_id)
    asset = assets.get_asset(asset_id).data
    assert (asset.status, asset.passthrough, asset.upload_id) == ("ready", "vid_01", upload.id)
    assert [one.policy for one in asset.playback_ids] == ["signed"]
    assert {one.type for one in asset.tracks} == {"video", "audio"}
    assert [one.id for one in assets.list_assets(upload_id=upload.id).data] == [asset_id]
    owner = mux_python.PlaybackIDApi(api).get_asset_or_livestream_id(asset.playback_ids[0].id).data
    assert owner.object.id == asset_id
    assets.delete_asset(asset_id)
    with pytest.raises(mux_python.ApiException) as gone:
        assets.get_asset(asset_id)
    assert gone.value.status == 404


def test_mux_python_keys_and_restrictions(api: mux_python.ApiClient) -> None:
    keys = mux_python.SigningKeysApi(api)
    made = keys.create_signing_key().data
    assert made.private_key
    assert keys.get_signing_key(made.id).data.private_key is None
    keys.delete_signing_key(made.id)
    restrictions = mux_python.PlaybackRestrictionsApi(api)
    asked = mux_python.CreatePlaybackRestrictionRequest(
        referrer=mux_python.ReferrerDomainRestriction(
            allowed_domains=["*.example.test"], allow_no_referrer=False
        )
    )
    restriction = restrictions.create_playback_restriction(asked).data
    assert restrictions.get_playback_restriction(restriction.id).data.referrer.allowed_domains == [
        "*.example.test"
    ]


def test_traps_53_and_54_mux_python_sees_errors_of_both_shapes(
    mux_twin: MuxTwin, api: mux_python.ApiClient
) -> None:
    uploads = mux_python.DirectUploadsApi(api)
    mux_twin.fault("api", "status", values={"status": 429}, times=1)
    with pytest.raises(mux_python.ApiException) as busy:
        uploads.list_direct_uploads()
    assert busy.value.status == 429
    assert "Retry-After" not in busy.value.headers
    assert list(json.loads(busy.value.body)) == ["errors"]
    with pytest.raises(mux_python.ApiException) as unknown:
        uploads.get_direct_upload("none")
    assert set(json.loads(unknown.value.body)["error"]) == {"type", "messages"}


def test_mux_node_creates_and_cancels(mux_twin: MuxTwin) -> None:
    value = mux_node(mux_twin, "upload", settings={"playback_policies": ["signed"]})["value"]
    assert value["made"]["status"] == value["found"]["status"] == "waiting"
    assert value["cancelled"]["status"] == "cancelled"


def test_mux_node_accepts_the_signatures_of_the_twin(mux_twin: MuxTwin, clip: bytes) -> None:
    mux_twin.ready(clip)
    delivery = mux_twin.inbox.wait_for("video.asset.ready")
    body, headers = delivery.body.decode(), {"Mux-Signature": delivery.headers["mux-signature"]}
    accepted = mux_node(mux_twin, "verify", body=body, headers=headers)
    assert accepted["value"] == {"type": "video.asset.ready"}
    assert "error" in mux_node(mux_twin, "verify", body=body.replace("ready", "gone!"), headers=headers)


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("wrong_secret", False), ("old_timestamp", False), ("altered", False), ("two_signatures", True)],
)
def test_mux_node_judges_faults_as_they_are_meant(mux_twin: MuxTwin, kind: str, accepted: bool) -> None:
    mux_twin.fault("webhook", kind)
    mux_twin.create()
    delivery = mux_twin.inbox.wait(lambda all_: len(all_) == 1)[0]
    headers = {"mux-signature": delivery.headers["mux-signature"]}
    outcome = mux_node(mux_twin, "verify", body=delivery.body.decode(errors="replace"), headers=headers)
    assert ("value" in outcome) == accepted


def test_tokens_of_mux_node_open_what_they_are_for(mux_twin: MuxTwin, clip: bytes) -> None:
    playback_id = mux_twin.ready(clip)["playback_ids"][0]["id"]
    places = {"video": f"/stream/{playback_id}.m3u8", "thumbnail": f"/image/{playback_id}/thumbnail.jpg"}
    for type_, place in places.items():
        params = {"time": "1", "width": "160"} if type_ == "thumbnail" else {}
        signed = mux_node(
            mux_twin, "sign", playbackId=playback_id, type=type_, params=params, expiration="10m"
        )
        for other, other_place in places.items():
            answer = httpx.get(mux_twin.url + other_place, params=signed["value"], timeout=15)
            assert answer.status_code == (200 if place == other_place else 403), (type_, other)
