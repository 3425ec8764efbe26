"""Changes of videos are told to who is connected and may know; what fails is told again."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sluice.domain.video import Video
from sluice.edge import realtime_wiring
from sluice.usecases.realtime_ports import Connection, Subscriber

from functions.push.handler import handler
from tests.deployment import Deployment
from tests.engine import unique
from tests.events import sample
from tests.fakes.realtime import FakeOutlet
from tests.functions.doors import a_video

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


@pytest.fixture
def outlet() -> Iterator[FakeOutlet]:
    with pytest.MonkeyPatch.context() as patch:
        outlet = FakeOutlet()
        patch.setattr(realtime_wiring, "sockets", lambda: outlet)
        realtime_wiring.realtime.cache_clear()
        yield outlet
    realtime_wiring.realtime.cache_clear()


def batch(*videos: Video) -> dict[str, Any]:
    (record,) = sample("push/changed")["Records"]
    message = json.loads(record["body"])
    records = []
    for number, video in enumerate(videos):
        about = {"videoId": video.video_id, "ownerId": video.owner_id}
        body = json.dumps({**message, "detail": {**message["detail"], **about}})
        records.append({**record, "messageId": f"m{number}", "body": body})
    return {"Records": records}


def failed(answer: dict[str, Any]) -> list[str]:
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def connected(user: str, *, minutes: float = 1) -> Connection:
    opened = datetime.now(UTC) - timedelta(minutes=minutes)
    ends = opened + timedelta(hours=2)
    one = Connection(connection_id=unique("socket"), user_id=user, opened_at=opened, ends_at=ends)
    realtime_wiring.connections().add(one)
    return one


def told(outlet: FakeOutlet) -> dict[str, dict[str, Any]]:
    return {name: json.loads(data) for name, data in outlet.sent}


def test_the_owner_s_connections_are_told_once_of_many_changes(
    deployed: Deployment, user: str, outlet: FakeOutlet
) -> None:
    video, names = a_video(deployed, user), {connected(user).connection_id for _ in range(3)}
    connected(f"{user}-other")
    assert failed(handler(batch(video, video, video), None)) == []
    assert len(outlet.sent) == 3
    assert set(told(outlet)) == names
    assert {one["video"]["videoId"] for one in told(outlet).values()} == {video.video_id}


def test_a_follower_s_links_are_their_own(deployed: Deployment, user: str, outlet: FakeOutlet) -> None:
    video, mine = a_video(deployed, user, visibility="public"), connected(user)
    theirs = connected(f"{user}-other")
    realtime_wiring.subscriptions().add(video.video_id, Subscriber(theirs))
    handler(batch(video), None)
    found = told(outlet)
    urls = [found[one.connection_id]["video"]["playbackUrl"] for one in (mine, theirs)]
    assert all(url.startswith("https://api.example.com/") for url in urls)
    assert urls[0] != urls[1]


def test_where_nobody_is_connected_nothing_is_told(
    deployed: Deployment, user: str, outlet: FakeOutlet
) -> None:
    assert failed(handler(batch(a_video(deployed, user)), None)) == []
    assert outlet.sent == []


def test_a_message_that_comes_twice_is_harmless(deployed: Deployment, user: str, outlet: FakeOutlet) -> None:
    video = a_video(deployed, user, "processing")
    one = connected(user)
    for _ in range(2):
        assert failed(handler(batch(video), None)) == []
    assert {name for name, _ in outlet.sent} == {one.connection_id}


def test_what_api_gateway_no_longer_knows_is_forgotten(deployed: Deployment, user: str) -> None:
    """The engine itself answers 410 here: no such connection was ever opened."""
    video, gone, opening = a_video(deployed, user), connected(user), connected(user, minutes=0)
    assert failed(handler(batch(video), None)) == []
    assert realtime_wiring.connections().find(gone.connection_id) is None
    assert realtime_wiring.connections().find(opening.connection_id) is not None


def test_what_could_not_be_sent_comes_again_and_other_videos_are_told(
    deployed: Deployment, user: str, outlet: FakeOutlet
) -> None:
    bad, good = a_video(deployed, user), a_video(deployed, f"{user}-other")
    broken, fine = connected(user), connected(f"{user}-other")
    outlet.broken = {broken.connection_id}
    assert failed(handler(batch(bad, good, bad), None)) == ["m0", "m2"]
    assert set(told(outlet)) == {fine.connection_id}


def test_a_message_that_cannot_be_read_comes_again(
    deployed: Deployment, user: str, outlet: FakeOutlet
) -> None:
    event = batch(a_video(deployed, user), a_video(deployed, user))
    event["Records"][0]["body"] = "{}"
    connected(user)
    assert failed(handler(event, None)) == ["m0"]
    assert len(outlet.sent) == 1


def test_while_the_table_is_down_messages_come_again(deployed: Deployment, user: str, down: Down) -> None:
    video = a_video(deployed, user)
    with down("dynamodb"):
        assert failed(handler(batch(video), None)) == ["m0"]
