"""The beacon queue's other side: figures in the table, lines in the bucket, and what fails comes again."""

import gzip
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.errors import WriteConflict
from sluice.domain.figure_rows import video_scope
from sluice.domain.qoe_figures import Figures, figures
from sluice.domain.video import Video
from sluice.edge import figures_wiring

from functions.figures.handler import handler as figures_handler
from functions.rollup.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, caller
from tests.engine import unique
from tests.events import answer_of, sample
from tests.functions.doors import a_video
from tests.players import Event, Player

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]
call = caller(figures_handler)


def batch(*messages: object) -> dict[str, Any]:
    """Messages as Lambda hands them over; each is its events, or a text as it is."""
    (record,) = sample("rollup/beacons")["Records"]
    known = json.loads(record["body"])
    now = datetime.now(UTC).isoformat()
    bodies = [
        one if isinstance(one, str) else json.dumps({**known, "receivedAt": now, "events": one})
        for one in messages
    ]
    name = unique("message")
    records = [{**record, "messageId": f"{name}/{n}", "body": body} for n, body in enumerate(bodies)]
    return {"Records": records}


def failed(answer: dict[str, Any]) -> list[int]:
    """Places of the messages that come again."""
    return sorted(int(item["itemIdentifier"].rpartition("/")[2]) for item in answer["batchItemFailures"])


def watched(video: Video, session: str = "s", ms: int = 8000) -> list[Event]:
    player = Player(video.video_id, session, int(datetime.now(UTC).timestamp() * 1000) - 60_000, 12.5, "bob")
    player.track("play", startupTime=700)
    player.wait(ms)
    player.track("pause")
    return player.events


def told(video: Video) -> Figures:
    return figures(figures_wiring.figures().collected(video_scope(video.video_id)).totals.counts)


def lines(deployed: Deployment, video: Video) -> list[dict[str, Any]]:
    """What is kept of a video's events."""
    found = []
    for key in sorted(deployed.keys("analytics/raw/")):
        body = deployed.aws("s3").get_object(Bucket=deployed["MEDIA_BUCKET"], Key=key)["Body"].read()
        found += [json.loads(line) for line in gzip.decompress(body).splitlines()]
    return [line for line in found if line["video_id"] == video.video_id]


def test_the_sample_is_rolled_up(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, user)
    events = json.loads(sample("rollup/beacons")["Records"][0]["body"])["events"]
    assert failed(handler(batch([{**one, "videoId": video.video_id} for one in events]), None)) == []
    assert (told(video).total_views, told(video).total_play_time) == (1, 10.0)


def test_beacons_are_in_the_figures_that_their_owner_reads(deployed: Deployment, user: str) -> None:
    video, other = a_video(deployed, user, title="One"), a_video(deployed, user, title="Two")
    answer = handler(batch(watched(video), watched(other, "a") + watched(other, "b", 12_000)), None)
    assert failed(answer) == []
    found = answer_of(call("GET /api/analytics/videos/{video_id}", user=user, video_id=other.video_id))
    assert (found["totalViews"], found["uniqueViewers"], found["totalPlayTime"]) == (2, 1, 20.0)
    assert found["completionRate"] == 0.5
    assert found["startupTime"]["p50"] == pytest.approx(0.7, rel=0.025)
    (day,) = found["daily"]
    assert (day["views"], day["playTime"]) == (2, 20.0)
    assert datetime.fromisoformat(found["updatedAt"]) <= datetime.now(UTC)
    assert found["devices"] == {"desktop": 2}
    summary = answer_of(call("GET /api/analytics/summary", user=user))
    assert (summary["totalViews"], summary["uniqueViewers"]) == (3, 1)
    assert [(one["title"], one["totalViews"]) for one in summary["top"]] == [("Two", 2), ("One", 1)]


def test_lines_are_kept_as_they_came_and_in_one_object(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, user)
    before = deployed.keys("analytics/raw/")
    events = watched(video)
    handler(batch(events[:1], events[1:], events), None)
    (key,) = deployed.keys("analytics/raw/") - before
    assert key.startswith(f"analytics/raw/dt={datetime.now(UTC):%Y-%m-%d}/")
    assert key.endswith(".json.gz")
    kept = lines(deployed, video)
    assert [line["data"] for line in kept] == [event["data"] for event in events * 2]
    assert {line["user_id"] for line in kept} == {"bob"}
    assert kept[0]["event_type"] == "session_start"


def test_a_message_that_comes_twice_changes_nothing(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, user)
    for _ in range(2):
        handler(batch(watched(video), watched(video)), None)
    assert told(video).total_views == 1


def test_a_view_with_a_token_of_playback_is_verified(deployed: Deployment, user: str) -> None:
    video, now = a_video(deployed, user), datetime.now(UTC)
    token = figures_wiring.view_tokens().mint(video.video_id, now=now)
    other = figures_wiring.view_tokens().mint(new_video_id(now), now=now)
    for session, given in (("a", token), ("b", other), ("c", "nonsense"), ("d", None)):
        events = [{**event, "viewToken": given} for event in watched(video, session)]
        assert failed(handler(batch(events), None)) == []
    found = figures_wiring.figures().collected(video_scope(video.video_id))
    assert (found.totals.counts["views"], found.totals.verified["views"]) == (4, 1)
    assert {line["session_id"] for line in lines(deployed, video) if line["verified"]} == {"a"}
    assert token not in str(lines(deployed, video))


def test_events_of_deleted_and_unknown_videos_are_dropped(deployed: Deployment, user: str) -> None:
    deleted = a_video(deployed, user, "deleted")
    unknown = make_video(video_id=new_video_id(datetime.now(UTC)))
    foreign = [{**event, "videoId": "theirs"} for event in watched(unknown)]
    before = deployed.keys("analytics/raw/")
    assert failed(handler(batch(watched(deleted), watched(unknown), foreign), None)) == []
    assert deployed.keys("analytics/raw/") == before
    assert told(deleted).total_views == told(unknown).total_views == 0


def test_a_message_that_cannot_be_read_comes_again_and_the_others_are_done(
    deployed: Deployment, user: str
) -> None:
    video = a_video(deployed, user)
    event = batch("{", watched(video), '{"events": 5}', [{"eventType": 1}])
    assert failed(handler(event, None)) == [0, 2, 3]
    assert told(video).total_views == 1


def test_messages_whose_sessions_could_not_be_counted_come_again(
    deployed: Deployment, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = a_video(deployed, user), a_video(deployed, f"{user}-other")
    store = figures_wiring.figures()
    commit = store.commit
    contended = video_scope(one.video_id)

    def refuse(writes: Any) -> None:
        if any(write.key.partition.startswith(f"{contended.kind}#{contended.name}") for write in writes):
            raise WriteConflict("Again.")
        commit(writes)

    monkeypatch.setattr("sluice.usecases.roll_up.rounds", lambda: range(2))
    monkeypatch.setattr("sluice.usecases.roll_up.MOST_WRITES", 14)
    monkeypatch.setattr(type(store), "commit", lambda _self, writes: refuse(writes))
    event = batch(watched(one), watched(other), watched(one, "t") + watched(other, "t"))
    assert failed(handler(event, None)) == [0, 2]
    monkeypatch.undo()
    assert failed(handler(event, None)) == []
    assert (told(one).total_views, told(other).total_views) == (2, 2)


def test_while_the_table_is_down_every_message_comes_again(
    deployed: Deployment, user: str, down: Down
) -> None:
    video = a_video(deployed, user)
    for service in ("dynamodb", "s3"):
        with down(service):
            assert failed(handler(batch(watched(video), watched(video, "t")), None)) == [0, 1]
    assert failed(handler(batch(watched(video)), None)) == []
    assert told(video).total_views == 1
