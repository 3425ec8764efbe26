"""Faults on demand: each does what it says, and the same seed gives the same ones."""

import json
import time
from dataclasses import replace

import httpx
import pytest

from local.twins.settings import CloudflareSettings, MuxSettings
from tests.integration.twins.conftest import running_cloudflare, running_mux
from tests.integration.twins.driving import CloudflareTwin, MuxTwin
from tests.integration.twins.inbox import Inbox

LIST = "/video/v1/uploads"
LIFE = ["video.upload.created", "video.upload.asset_created", "video.asset.created", "video.asset.ready"]


def test_errors_have_the_shape_of_the_provider(mux_twin: MuxTwin, cloudflare_twin: CloudflareTwin) -> None:
    for twin in (mux_twin, cloudflare_twin):
        twin.fault("api", "status", values={"status": 429}, times=1)
        twin.fault("api", "status", values={"status": 429, "retry_after": 3}, times=1, skip=1)
        twin.fault("api", "status", values={"status": 503}, skip=2)
    answers = [
        [mux_twin.client.get(LIST) for _ in range(3)],
        [cloudflare_twin.client.get(cloudflare_twin.path()) for _ in range(3)],
    ]
    assert [[one.status_code for one in some] for some in answers] == [[429, 429, 503]] * 2
    assert [[one.headers.get("Retry-After") for one in some] for some in answers] == [[None, "3", None]] * 2
    assert [list(one.json()) for one in answers[0]] == [["errors"], ["errors"], ["error"]]
    assert {one.json()["success"] for one in answers[1]} == {False}


def test_a_delay_comes_before_the_answer(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "delay", values={"seconds": 0.4})
    began = time.monotonic()
    assert mux_twin.client.get(LIST).status_code == 200
    assert time.monotonic() - began >= 0.4


def test_a_time_out_answers_nothing_and_does_nothing(mux_twin: MuxTwin) -> None:
    fault = mux_twin.fault("api", "timeout", values={"seconds": 30})
    with pytest.raises(httpx.ReadTimeout):
        mux_twin.client.post(LIST, json={}, timeout=0.3)
    assert mux_twin.client.delete(f"/control/faults/{fault}").status_code == 204
    assert mux_twin.client.get(LIST).json()["data"] == []


def test_a_time_out_ends_in_a_closed_connection(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "timeout", values={"seconds": 0.2})
    with pytest.raises(httpx.RemoteProtocolError):
        mux_twin.client.get(LIST)


def test_half_json_is_whole_for_http(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "half_json")
    answer = mux_twin.client.post(LIST, json={})
    assert answer.status_code == 201
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_a_cut_body_is_not_whole_for_http(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "cut")
    with pytest.raises(httpx.HTTPError):
        mux_twin.client.post(LIST, json={})


def test_a_slow_body_drips(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "slow_body", values={"bytes_per_second": 200})
    began = time.monotonic()
    answer = mux_twin.client.get(f"{LIST}/none")
    assert answer.json()["error"]["type"] == "not_found"
    assert time.monotonic() - began > len(answer.content) / 200 * 0.8


def test_html_instead_of_json(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "html", values={"status": 200})
    answer = mux_twin.client.get(LIST)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_rule_speaks_of_what_it_matches_so_often_and_not_before(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "status", match="GET", skip=1, times=2, values={"status": 500})
    statuses = [mux_twin.client.get(LIST).status_code for _ in range(5)]
    assert statuses == [200, 500, 500, 200, 200]
    assert mux_twin.client.post(LIST, json={}).status_code == 201
    shown = mux_twin.client.get("/control/faults").json()["rules"][0]
    assert (shown["seen"], shown["hit"]) == (5, 2)


@pytest.mark.parametrize(
    "rule",
    [
        {"surface": "api"},
        {"surface": "api", "kind": "drop"},
        {"surface": "nowhere", "kind": "delay"},
        {"surface": "api", "kind": "delay", "chance": 2},
        {"surface": "api", "kind": "delay", "other": 1},
        {"surface": "api", "kind": "delay", "values": {"seconds": "long"}},
    ],
)
def test_a_rule_that_means_nothing_is_refused(mux_twin: MuxTwin, rule: object) -> None:
    assert mux_twin.client.post("/control/faults", json=rule).status_code == 400


def test_no_other_page_can_set_faults(mux_twin: MuxTwin) -> None:
    rule = json.dumps({"surface": "api", "kind": "html"})
    sent = httpx.post(f"{mux_twin.url}/control/faults", content=rule, headers={"Content-Type": "text/plain"})
    assert sent.status_code == 415
    assert "Access-Control-Allow-Origin" not in sent.headers


def pattern(settings: MuxSettings, inbox: Inbox, seed: int, folder: str) -> list[int]:
    """Which of forty requests a chance of one in three hits."""
    place = settings.folder.with_name(folder)
    with running_mux(replace(settings, seed=seed, folder=place), inbox) as twin:
        twin.fault("api", "status", chance=1 / 3, values={"status": 500})
        return [twin.client.get(LIST).status_code for _ in range(40)]


def test_the_same_seed_gives_the_same_faults(mux_settings: MuxSettings, inbox: Inbox) -> None:
    first, again = (pattern(mux_settings, inbox, 7, name) for name in ("a", "b"))
    assert first == again
    assert first != pattern(mux_settings, inbox, 8, "c")
    assert 5 < first.count(500) < 25


def test_trap_55_muxs_limits_hold_without_a_retry_after(mux_settings: MuxSettings, inbox: Inbox) -> None:
    with running_mux(replace(mux_settings, limits=True), inbox) as twin:
        statuses = [twin.client.post(LIST, json={}).status_code for _ in range(40)]
        assert statuses[:10] == [201] * 10
        assert 429 in statuses
        time.sleep(1.1)
        assert twin.client.post(LIST, json={}).status_code == 201


def test_a_restart_goes_on_where_the_twin_stopped(
    mux_settings: MuxSettings, inbox: Inbox, clip: bytes
) -> None:
    inbox.answers = [500]
    with running_mux(replace(mux_settings, pace=0.2, retry_pace=0.05), inbox) as twin:
        asset = twin.send(clip)
        waiting = twin.create()
        twin.fault("api", "delay")
    with running_mux(mux_settings, inbox) as twin:
        assert [one["kind"] for one in twin.client.get("/control/faults").json()["rules"]] == ["delay"]
        assert twin.client.delete("/control/faults").status_code == 204
        assert twin.ended(asset["id"])["status"] == "ready"
        inbox.wait(lambda all_: len({one.event["id"] for one in all_}) == len(LIFE) + 1)
        assert twin.upload_state(waiting["id"])["status"] == "waiting"
        playback_id = asset["playback_ids"][0]["id"]
        token = twin.token(playback_id, "v")
        assert httpx.get(f"{twin.url}/stream/{playback_id}.m3u8", params={"token": token}).status_code == 200
    told = {one.event["id"]: one.event["type"] for one in inbox.deliveries}
    assert sorted(told.values()) == sorted([*LIFE, LIFE[0]])  # each once, however often it was sent


def test_a_restart_of_cloudflares_twin_goes_on_too(
    cloudflare_settings: CloudflareSettings, inbox: Inbox, clip: bytes
) -> None:
    with running_cloudflare(replace(cloudflare_settings, pace=0.5), inbox) as twin:
        uid = twin.send(clip, requireSignedURLs=True)
    with running_cloudflare(cloudflare_settings, inbox) as twin:
        assert twin.ended(uid)["status"]["state"] == "ready"
        assert twin.play(twin.token(uid)).status_code == 200


def test_private_keys_and_secrets_are_in_files_of_their_owner_only(
    mux_twin: MuxTwin, cloudflare_twin: CloudflareTwin
) -> None:
    for twin in (mux_twin, cloudflare_twin):
        assert (twin.folder / "twin.sqlite").stat().st_mode & 0o077 == 0
