"""Mux's assets: what is known of them, import, changes, deletion, playback ids, files to download."""

import httpx
import pytest

from tests.integration.twins.driving import MuxTwin, until


def test_a_ready_asset_tells_what_was_uploaded(mux_twin: MuxTwin, clip: bytes) -> None:
    meta = {"title": "Tour", "external_id": "vid_01"}
    asset = mux_twin.ready(clip, new_asset_settings=mux_twin.settings | {"meta": meta})
    assert asset["duration"] == pytest.approx(2, abs=0.1)
    assert asset["aspect_ratio"] == "16:9"
    assert asset["resolution_tier"] == "720p"
    assert asset["max_stored_frame_rate"] == 30
    assert asset["ingest_type"] == "on_demand_direct_upload"
    assert asset["progress"] == {"state": "completed", "progress": 100}
    assert asset["passthrough"] == "vid_01"
    assert asset["meta"] == meta
    video, audio = asset["tracks"]
    assert (video["type"], video["max_width"], video["max_height"]) == ("video", 320, 180)
    assert (audio["type"], audio["max_channels"]) == ("audio", 1)


def test_trap_26_created_at_is_text_in_the_api_and_a_number_in_webhooks(
    mux_twin: MuxTwin, clip: bytes
) -> None:
    asset = mux_twin.ready(clip)
    told = mux_twin.inbox.wait_for("video.asset.ready").event["data"]
    assert asset["created_at"] == str(told["created_at"])
    assert isinstance(told["created_at"], int)


def test_trap_21_no_policy_means_no_playback_id(mux_twin: MuxTwin, clip: bytes) -> None:
    assert mux_twin.ready(clip, new_asset_settings={})["playback_ids"] == []


@pytest.mark.parametrize("content", [b"not a video at all", b"", b"\0\0\0\x20ftypisom" + bytes(64)])
def test_what_is_no_video_ends_in_an_error(mux_twin: MuxTwin, content: bytes) -> None:
    asset = mux_twin.ended(mux_twin.send(content)["id"])
    assert asset["status"] == "errored"
    assert asset["errors"]["type"] == "invalid_input"
    assert asset["errors"]["messages"]
    assert mux_twin.upload_state(asset["upload_id"])["status"] == "errored"
    told = mux_twin.inbox.wait_for("video.upload.errored").event["data"]
    assert "error" not in told  # only a GET tells why
    assert mux_twin.upload_state(asset["upload_id"])["error"]["type"] == "invalid_input"


def test_an_import_is_fetched_by_the_provider(mux_twin: MuxTwin, clip: bytes) -> None:
    source = mux_twin.ready(
        clip, new_asset_settings={"playback_policies": ["public"], "master_access": "temporary"}
    )
    url = until(lambda: mux_twin.asset(source["id"]).get("master"), "the master is open")["url"]
    body = {"inputs": [{"url": url}], "playback_policies": ["signed"], "passthrough": "vid_02"}
    made = mux_twin.client.post("/video/v1/assets", json=body)
    assert made.status_code == 201
    asset = mux_twin.ended(made.json()["data"]["id"])
    assert (asset["status"], asset["ingest_type"]) == ("ready", "on_demand_url")
    assert "upload_id" not in asset
    assert asset["duration"] == source["duration"]


def test_an_import_that_cannot_be_fetched_ends_in_an_error(mux_twin: MuxTwin) -> None:
    made = mux_twin.client.post("/video/v1/assets", json={"input": f"{mux_twin.url}/master/none"})
    asset = mux_twin.ended(made.json()["data"]["id"])
    assert asset["errors"]["type"] == "download_failed"
    assert mux_twin.client.post("/video/v1/assets", json={}).status_code == 400


def test_a_deleted_asset_is_gone_everywhere(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.ready(clip, new_asset_settings={"playback_policies": ["public"]})
    playback_id = asset["playback_ids"][0]["id"]
    assert httpx.get(f"{mux_twin.url}/stream/{playback_id}.m3u8").status_code == 200
    assert mux_twin.client.delete(f"/video/v1/assets/{asset['id']}").status_code == 204
    assert mux_twin.client.get(f"/video/v1/assets/{asset['id']}").status_code == 404
    assert httpx.get(f"{mux_twin.url}/stream/{playback_id}.m3u8").status_code == 404
    assert not (mux_twin.folder / "media" / asset["id"]).exists()
    assert mux_twin.inbox.wait_for("video.asset.deleted").event["data"]["id"] == asset["id"]
    assert mux_twin.client.delete(f"/video/v1/assets/{asset['id']}").status_code == 404


def test_deleting_while_it_is_prepared_ends_the_work(mux_twin: MuxTwin, clip: bytes) -> None:
    mux_twin.fault("asset", "slow", values={"seconds": 600})
    asset = mux_twin.send(clip)
    assert mux_twin.client.delete(f"/video/v1/assets/{asset['id']}").status_code == 204
    mux_twin.inbox.wait_for("video.asset.deleted")
    assert not (mux_twin.folder / "media" / asset["id"]).exists()
    assert "video.asset.ready" not in mux_twin.inbox.types()


def test_only_what_describes_an_asset_can_be_changed(mux_twin: MuxTwin, clip: bytes) -> None:
    path = f"/video/v1/assets/{mux_twin.send(clip)['id']}"
    changed = mux_twin.client.patch(
        path, json={"passthrough": "", "meta": {"title": "New"}, "status": "ready"}
    )
    assert changed.status_code == 200
    assert "passthrough" not in changed.json()["data"]
    assert changed.json()["data"]["meta"]["title"] == "New"
    assert mux_twin.client.patch(path, json={"passthrough": "x" * 256}).status_code == 400
    assert mux_twin.client.patch(path, json={"meta": {"creator_id": "x" * 129}}).status_code == 400


def test_playback_ids_come_and_go(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.ready(clip)
    path = f"/video/v1/assets/{asset['id']}/playback-ids"
    added = mux_twin.client.post(path, json={"policy": "public"})
    assert added.status_code == 201
    playback_id = added.json()["data"]["id"]
    owner = mux_twin.client.get(f"/video/v1/playback-ids/{playback_id}").json()["data"]
    assert owner["object"] == {"type": "asset", "id": asset["id"]}
    assert httpx.get(f"{mux_twin.url}/stream/{playback_id}.m3u8").status_code == 200
    assert mux_twin.client.delete(f"{path}/{playback_id}").status_code == 204
    assert httpx.get(f"{mux_twin.url}/stream/{playback_id}.m3u8").status_code == 404
    assert [one["policy"] for one in mux_twin.asset(asset["id"])["playback_ids"]] == ["signed"]


def test_trap_15_events_of_renditions_carry_their_own_id(mux_twin: MuxTwin, clip: bytes) -> None:
    wanted = [{"resolution": "highest"}, {"resolution": "audio-only"}, {"resolution": "1080p"}]
    settings = {"playback_policies": ["signed"], "static_renditions": wanted}
    asset = mux_twin.ready(clip, new_asset_settings=settings)
    told = mux_twin.inbox.wait_for("video.asset.static_rendition.ready").event["data"]
    assert told["id"] != asset["id"]
    assert told["asset_id"] == asset["id"]
    skipped = mux_twin.inbox.wait_for("video.asset.static_rendition.skipped").event["data"]
    assert skipped["resolution"] == "1080p"  # never larger than the source
    playback_id = asset["playback_ids"][0]["id"]
    file = f"{mux_twin.url}/stream/{playback_id}/highest.mp4"
    assert httpx.get(file).status_code == 403
    query = {"token": mux_twin.token(playback_id, "v"), "download": "my tour.mp4"}
    got = httpx.get(file, params=query)
    assert got.status_code == 200
    assert got.headers["Content-Disposition"] == 'attachment; filename="my tour.mp4"'
    assert b"ftyp" in got.content[:16]
