"""The Wontum player in front of the service: what it sends, and what its owner is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx
import pytest
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.ids import new_video_id

from tests.builders import make_video
from tests.integration.providers.departures import delete
from tests.players import Event, Player, crowd, mixed, seeded
from tests.stack import LocalStack
from tests.unit.usecases.test_roll_up import near

type Json = dict[str, Any]
LENGTH = 12.5
# What a queue has to deliver again comes after six minutes.
_PATIENCE_SECONDS = 420


@pytest.fixture
def videos(stack: LocalStack) -> Callable[..., str]:
    """Makes a ready video of a user."""
    outputs = stack.aws("cloudformation").describe_stacks()["Stacks"][0]["Outputs"]
    table = next(one["OutputValue"] for one in outputs if one["OutputKey"] == "VideosTableName")
    store = DynamoVideos(stack.aws.dynamo, table)

    def make(user: str, **changes: Any) -> str:
        now = datetime.now(UTC)
        video = make_video("complete", video_id=new_video_id(now), owner_id=user, created_at=now, **changes)
        store.add(video, due_at=None)
        return video.video_id

    return make


def told(api: httpx.Client, path: str, until: Callable[[Json], bool]) -> Json:
    """The figures, once they say so."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        found: Json = api.get(path).raise_for_status().json()
        if until(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def session(video_id: str, view_token: str) -> list[Event]:
    """Twenty seconds with the player: it starts, stalls, is paused, seeks, fails and ends."""
    player = Player(video_id, "session_1", int(time.time() * 1000) - 60_000, LENGTH, "viewer-7")
    player.wait(300)
    player.track("loadedmetadata")
    player.wait(200)
    player.track("play")
    player.wait(4000)
    player.stall(1500)
    player.wait(2000)
    player.track("pause")
    player.wait(9000)
    player.track("seeked")
    player.track("play")
    player.wait(6500)
    player.track("error", error="MEDIA_ERR_DECODE: a frame is broken")
    player.track("pause")
    player.track("ended")
    player.wait(100)
    player.track("session_end", userAgent="Mozilla/5.0")
    return [{**event, "viewToken": view_token} for event in player.events]


def test_what_the_wontum_player_sends_is_what_its_owner_sees(
    stack: LocalStack, videos: Callable[..., str]
) -> None:
    video_id = videos("local-alice")
    with stack.client("alice") as api, stack.client() as player:
        grant = api.post(f"/api/videos/{video_id}/token", json={}).raise_for_status().json()
        for event in session(video_id, grant["viewToken"]):
            answer = player.post("/api/analytics/events", json=event)
            assert (answer.status_code, answer.json()["success"]) == (202, True)
        path = f"/api/analytics/videos/{video_id}"
        expected = {
            "totalViews": 1,
            "uniqueViewers": 1,
            "exitBeforeStart": 0,
            "completionRate": 1.0,
            "totalPlayTime": 14.0,
            "totalBufferTime": 1.5,
            "avgBufferingRatio": 1.5 / 15.5,
            "avgRebufferCount": 1.0,
            "seeks": 1,
            "errors": 1,
            "errorsByCode": {"MEDIA_ERR_DECODE": 1},
        }
        # Each event came by itself, so they are counted in whatever order they were gathered.
        found = told(api, path, lambda one: expected.items() <= one.items() and one["retention"][19] == 1.0)
        assert found["retention"] == [1.0] * 20
        assert [(day["views"], day["playTime"]) for day in found["daily"]] == [(1, 14.0)]
        for name in ("totalViews", "totalPlayTime", "completionRate", "retention"):
            assert found["verified"][name] == found[name]
        assert api.get("/api/analytics/summary").json()["totalViews"] >= 1
        # Sent once more, in one piece, by a page that is left.
        again = player.post(
            "/api/analytics/events",
            content=httpx.Request("POST", "http://x", json=session(video_id, "")).content,
            headers={"content-type": "text/plain;charset=UTF-8"},
        )
        assert again.status_code == 202
    with stack.client("somebody-else") as other:
        assert other.get(path).status_code == 403
        assert other.delete(f"/api/videos/{video_id}").status_code == 403


def test_a_crowd_that_reports_out_of_order_and_twice_is_counted_right(
    stack: LocalStack, videos: Callable[..., str]
) -> None:
    video_id, random = videos("local-crowded"), seeded(7)
    since = datetime.fromtimestamp(time.time() - 8 * 86_400, UTC)
    sessions, truth = crowd(random, 120, video_id=video_id, length=LENGTH, since=since)
    with stack.client("crowded") as api, stack.client() as players:
        for batch in _bodies(random, sessions):
            answer = players.post("/api/analytics/events", json=batch).raise_for_status().json()
            assert answer["accepted"] == len(batch)

        expected = {
            "totalPlayTime": truth.played_ms / 1000,
            "totalViews": truth.views,
            "exitBeforeStart": truth.exits,
            "uniqueViewers": truth.viewers,
            "totalBufferTime": truth.stalled_ms / 1000,
            "completionRate": truth.completed / truth.views,
            "retention": truth.retention(),
            "errorsByCode": dict(truth.errors),
        }

        def whole(one: Json) -> bool:
            days = {day["date"]: day["views"] for day in one["daily"]}
            return expected.items() <= one.items() and days == dict(truth.days)

        found = told(api, f"/api/analytics/videos/{video_id}", whole)
        assert near(found["startupTime"]["p50"], truth.startups_ms, 0.5)
        assert near(found["startupTime"]["p95"], truth.startups_ms, 0.95)
        summary = api.get("/api/analytics/summary").json()
        assert (summary["totalViews"], summary["top"][0]["videoId"]) == (truth.views, video_id)


def _bodies(random: Random, sessions: list[list[Event]]) -> list[list[Event]]:
    return [
        batch[start : start + 500] for batch in mixed(random, sessions) for start in range(0, len(batch), 500)
    ]


def test_figures_go_with_their_video(stack: LocalStack, videos: Callable[..., str]) -> None:
    gone, kept = videos("local-leaver"), videos("local-leaver")
    with stack.client("leaver") as api, stack.client() as player:
        for video_id in (gone, kept):
            player.post("/api/analytics/events", json=session(video_id, "")).raise_for_status()
        told(api, "/api/analytics/summary", lambda one: one["totalViews"] == 2)
        delete(api, gone)
        found = told(api, "/api/analytics/summary", lambda one: one["totalViews"] == 1)
        assert [one["videoId"] for one in found["top"]] == [kept]
        assert (found["uniqueViewers"], found["totalPlayTime"]) == (1, 14.0)
