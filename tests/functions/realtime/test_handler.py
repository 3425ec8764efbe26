"""The WebSocket function: only who proves who they are is connected, and follows what they may watch."""

import json
import operator
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.secret_keys import hash_of
from sluice.domain.video import reduce
from sluice.edge import analytics_wiring, realtime_wiring
from sluice.edge.throttle import SessionThrottle
from sluice.usecases.realtime_ports import Connection

from functions.realtime.handler import handler
from tests.deployment import Deployment, token_for
from tests.engine import unique
from tests.events import sample
from tests.fakes.realtime import FakeOutlet
from tests.functions.doors import a_video
from tests.functions.test_access import FORGED

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


@pytest.fixture
def outlet() -> Iterator[FakeOutlet]:
    """What is sent to connections, which nobody has opened."""
    with pytest.MonkeyPatch.context() as patch:
        outlet = FakeOutlet()
        patch.setattr(realtime_wiring, "sockets", lambda: outlet)
        yield outlet


def event(name: str, connection_id: str, **body: Any) -> dict[str, Any]:
    found = sample(f"realtime/{name}")
    found["requestContext"]["connectionId"] = connection_id
    if body:
        found["body"] = json.dumps(json.loads(found["body"]) | body)
    return found


def connect(token: str | None, connection_id: str | None = None) -> tuple[int, str]:
    """The handshake's status, and the connection's id."""
    name = connection_id or unique("socket")
    asked = event("connect", name)
    asked["queryStringParameters"] = {"token": token} if token is not None else None
    return int(handler(asked, None)["statusCode"]), name


def connected(user: str) -> str:
    status, name = connect(token_for(user))
    assert status == 200
    return name


def say(name: str, connection_id: str, **body: Any) -> dict[str, Any]:
    return dict(json.loads(handler(event(name, connection_id, **body), None)["body"]))


def known(user: str) -> list[str]:
    return [one.connection_id for one in realtime_wiring.connections().of_user(user)]


def test_a_good_token_connects(user: str) -> None:
    name = connected(user)
    assert known(user) == [name]


@pytest.mark.parametrize("forgery", FORGED)
def test_no_forged_token_does(user: str, forgery: str) -> None:
    assert connect(FORGED[forgery](user))[0] == 401
    assert known(user) == []


@pytest.mark.parametrize("token", [None, "", " ", "Bearer x", "x" * 20_000, "ключ"])
def test_neither_does_none(token: str | None) -> None:
    assert connect(token)[0] == 401


def test_a_connection_ends_with_its_token_and_after_two_hours_at_last(user: str) -> None:
    soon = int(time.time()) + 300
    for exp in (soon, soon + 7 * 24 * 3600):
        assert connect(token_for(user, exp=exp))[0] == 200
    first, second = sorted(one.ends_at for one in realtime_wiring.connections().of_user(user))
    assert first == datetime.fromtimestamp(soon + 30, UTC)
    left = second - datetime.now(UTC)
    assert timedelta(minutes=119) < left <= timedelta(hours=2)


def test_what_is_disconnected_is_forgotten_twice_over(deployed: Deployment, user: str) -> None:
    name, video = connected(user), a_video(deployed, f"{user}-other", visibility="public")
    say("subscribe", name, videoId=video.video_id)
    for _ in range(2):
        assert handler(event("disconnect", name), None)["statusCode"] == 200
    assert known(user) == []
    assert realtime_wiring.subscriptions().followers_of(video.video_id) == []


def test_the_51st_connection_closes_the_oldest(user: str, outlet: FakeOutlet) -> None:
    now = datetime.now(UTC)
    for number in range(50):
        opened = now - timedelta(seconds=60 - number)
        ends = now + timedelta(hours=1)
        one = Connection(connection_id=f"{user}-{number}", user_id=user, opened_at=opened, ends_at=ends)
        realtime_wiring.connections().add(one)
    newest = connected(user)
    assert outlet.closed == [f"{user}-0"]
    assert [json.loads(data)["type"] for _, data in outlet.sent] == ["connection.replaced"]
    assert known(user) == [*(f"{user}-{number}" for number in range(1, 50)), newest]


def test_a_ping_is_answered(user: str) -> None:
    assert say("ping", connected(user)) == {"type": "pong"}


def test_following_a_public_video_shows_how_it_stands(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, f"{user}-other", visibility="public", custom={"mine": 1})
    told = say("subscribe", connected(user), videoId=video.video_id)
    assert (told["type"], told["videoId"], told["version"]) == ("subscribed", video.video_id, 1)
    assert (told["video"]["status"], told["video"]["custom"]) == ("ready", {})
    assert told["video"]["playbackUrl"].startswith("https://api.example.com/api/videos/")


def test_a_key_opens_one_video_to_follow(deployed: Deployment, user: str) -> None:
    keyed, other = (a_video(deployed, f"{user}-other") for _ in range(2))
    opened = reduce(keyed, facts.SecretKeySet(at=datetime.now(UTC), key_hash=hash_of("the key")))
    found = deployed.videos.find(keyed.video_id)
    assert found is not None
    deployed.videos.replace(found, opened, due_at=None)
    name = connected(user)
    assert say("subscribe", name, videoId=keyed.video_id, key="the key")["type"] == "subscribed"
    for video, key in ((other, "the key"), (keyed, "another")):
        assert say("subscribe", name, videoId=video.video_id, key=key)["code"] == "wrong_key"
    assert realtime_wiring.subscriptions().followed_by(name) == [keyed.video_id]


def test_anothers_private_video_is_followed_by_nobody(deployed: Deployment, user: str) -> None:
    video, name = a_video(deployed, f"{user}-other"), connected(user)
    told = say("subscribe", name, videoId=video.video_id)
    assert (told["type"], told["code"], told["videoId"]) == ("error", "forbidden", video.video_id)
    assert realtime_wiring.subscriptions().followed_by(name) == []


@pytest.mark.parametrize("video_id", ["vid_0195a1c2-0000-7000-8000-00000000dead", "x", "x" * 3000, 7, None])
def test_what_never_was_is_not_followed(user: str, video_id: object) -> None:
    assert say("subscribe", connected(user), videoId=video_id)["code"] in {
        "video_not_found",
        "invalid_fields",
    }


def test_nobody_follows_without_a_connection_that_lasts(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, user, visibility="public")
    assert say("subscribe", unique("socket"), videoId=video.video_id)["code"] == "connection_ended"


def test_what_is_no_longer_wanted_is_not_followed(deployed: Deployment, user: str) -> None:
    video, name = a_video(deployed, user, visibility="public"), connected(user)
    say("subscribe", name, videoId=video.video_id)
    for _ in range(2):
        told = say("unsubscribe", name, videoId=video.video_id)
        assert told == {"type": "unsubscribed", "videoId": video.video_id}
    assert realtime_wiring.subscriptions().followed_by(name) == []


def beacon(**changes: Any) -> dict[str, Any]:
    """A player's event."""
    now = int(time.time() * 1000)
    known = {"eventType": "play", "sessionId": unique("session"), "videoId": "vid_x", "timestamp": now}
    return {**known, **changes}


def send(user: str, message: object) -> dict[str, Any]:
    asked = event("ping", connected(user))
    asked["body"] = json.dumps(message)
    return dict(json.loads(handler(asked, None)["body"]))


def queued(deployed: Deployment) -> list[dict[str, Any]]:
    """Events in the beacon queue, which are then gone."""
    messages = deployed.resources.messages(deployed["BEACON_QUEUE_URL"])
    return [one for message in messages for one in json.loads(message)["events"]]


def test_a_players_events_are_queued_however_they_come(deployed: Deployment, user: str) -> None:
    queued(deployed)
    events = [beacon() for _ in range(5)]
    for message in (events[0], events[1:3], {"action": "analytics", "events": events[3:]}):
        assert send(user, message)["type"] == "analytics"
    key = operator.itemgetter("sessionId")
    assert sorted(queued(deployed), key=key) == sorted(events, key=key)


def test_a_bad_event_spoils_no_other(deployed: Deployment, user: str) -> None:
    queued(deployed)
    told = send(user, [beacon(), beacon(timestamp=-1), 7])
    assert (told["success"], told["accepted"]) == (True, 1)
    assert [one["index"] for one in told["rejected"]] == [1, 2]
    told = send(user, beacon(sessionId=""))
    assert (told["success"], told["accepted"]) == (False, 0)
    assert len(queued(deployed)) == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ([], "malformed_request"),
        ({"action": "analytics", "events": []}, "malformed_request"),
        ({"action": "analytics"}, "invalid_fields"),
        ([{}] * 501, "too_many_events"),
    ],
)
def test_what_is_no_events_is_refused(user: str, message: object, code: str) -> None:
    assert send(user, message)["code"] == code


def test_a_session_that_floods_is_told_to_slow_down(user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    throttle = SessionThrottle(burst=1, per_second=0)
    monkeypatch.setattr(analytics_wiring, "throttle", lambda: throttle)
    one = beacon()
    assert send(user, one)["success"]
    assert send(user, one)["code"] == "too_many_requests"


def test_while_the_beacon_queue_is_down_events_are_refused(user: str, down: Down) -> None:
    with down("sqs"):
        assert send(user, beacon())["code"] == "unavailable"


def test_while_the_table_is_down_nobody_connects_and_followers_are_told_so(
    deployed: Deployment, user: str, down: Down
) -> None:
    video, name = a_video(deployed, user, visibility="public"), connected(user)
    with down("dynamodb"):
        assert connect(token_for(user))[0] == 503
        assert say("subscribe", name, videoId=video.video_id)["code"] == "unavailable"
        assert handler(event("disconnect", name), None)["statusCode"] == 503
