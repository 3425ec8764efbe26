"""Changes of videos, told over the real template's WebSocket as they happen."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import aiohttp
import jwt
import pytest
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain import facts
from sluice.usecases.apply_facts import apply_facts

from tests.builders import PATIENCE, make_rendition
from tests.engine import unique
from tests.integration.local.engine.functions import eventually
from tests.sockets import Socket, Sockets, connecting
from tests.stack import LocalStack

DECLARED = {"filename": "a.mp4", "fileSize": 5, "mimeType": "video/mp4"}


@pytest.fixture(scope="module")
def sockets(stack: LocalStack) -> Iterator[Sockets]:
    with connecting(f"{stack.base_url.replace('http', 'ws')}/ws") as opened:
        yield opened


class Person:
    """A user with one connection, and one video that nobody has sent yet."""

    def __init__(self, stack: LocalStack, sockets: Sockets) -> None:
        self.stack = stack
        self.name = unique("user")
        self.socket = sockets.open(stack.token(self.name))
        self.video_id = str(self.ask("POST", "/api/videos/upload-url", DECLARED)["videoId"])
        self.socket.until("video.updated", videoId=self.video_id)

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        with self.stack.client(self.name) as client:
            answer = client.request(method, path, json=body).raise_for_status()
            return dict(answer.json()) if answer.content else {}

    def edit(self, **changes: Any) -> None:
        self.ask("PATCH", f"/api/videos/{self.video_id}", changes)

    @cached_property
    def table(self) -> str:
        stack = self.stack.aws("cloudformation").describe_stacks(StackName="sluice-local")["Stacks"][0]
        return {one["OutputKey"]: str(one["OutputValue"]) for one in stack["Outputs"]}["VideosTableName"]

    def rows(self) -> int:
        """How many connections the table knows."""
        found = self.stack.aws("dynamodb").query(
            TableName=self.table,
            KeyConditionExpression="pk = :user AND begins_with(sk, :connection)",
            ExpressionAttributeValues={
                ":user": {"S": f"USER#local-{self.name}"},
                ":connection": {"S": "CONNECTION#"},
            },
        )
        return int(found["Count"])

    def hears(self, *said: facts.Fact) -> None:
        """What a provider, or the pipeline, would let the video hear."""
        apply_facts(DynamoVideos(self.stack.aws.dynamo, self.table), self.video_id, *said, patience=PATIENCE)


@pytest.fixture
def alice(stack: LocalStack, sockets: Sockets) -> Iterator[Person]:
    person = Person(stack, sockets)
    yield person
    person.socket.close()


@pytest.fixture
def bob(stack: LocalStack, sockets: Sockets) -> Iterator[Socket]:
    """Another user's connection."""
    socket = sockets.open(stack.token(unique("bob")))
    yield socket
    socket.close()


def heard(socket: Socket) -> list[dict[str, Any]]:
    """What came, comes before an answer, and in a moment after it."""
    socket.send({"action": "ping"})
    told = [socket.receive()]
    while told[-1]["type"] != "pong":
        told.append(socket.receive())
    return [*told[:-1], *socket.collect(0.3)]


def titles(told: list[dict[str, Any]]) -> set[str]:
    return {one["video"]["title"] for one in told if "video" in one}


def test_a_handshake_without_a_good_token_is_refused(stack: LocalStack, sockets: Sockets) -> None:
    forged = jwt.encode({"sub": "alice", "exp": int(time.time()) + 60}, "x" * 40, "HS256")
    for token in (None, "", "nonsense", forged):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            sockets.open(token)
        assert refused.value.status == 401


def test_whoever_changes_a_video_its_owner_is_told(alice: Person) -> None:
    alice.edit(title="By hand")
    told = alice.socket.until("video.updated", title="By hand")
    shown = alice.ask("GET", f"/api/videos/{alice.video_id}")
    assert told["video"] == shown
    now = datetime.now(UTC)
    alice.hears(facts.ProcessingStarted(at=now))
    assert alice.socket.until("video.updated", status="processing")["version"] > told["version"]
    for percent in range(40, 50):  # an update, as long as the one before is not noted as told
        alice.hears(facts.ProgressMade(at=now, percent=percent))
        told = alice.socket.until("video.progress", "video.updated", progress=percent)
        if told["type"] == "video.progress":
            break
    assert told["type"] == "video.progress"
    alice.hears(facts.RenditionReady(at=now, rendition=make_rendition()), facts.PlaybackReady(at=now))
    assert alice.socket.until("video.updated", status="ready")["video"]["playbackUrl"]
    alice.ask("DELETE", f"/api/videos/{alice.video_id}")
    deleted = {"type": "video.deleted", "videoId": alice.video_id}
    assert alice.socket.until("video.deleted") == deleted


def test_nobody_else_is(alice: Person, bob: Socket) -> None:
    alice.edit(title="Mine")
    alice.socket.until("video.updated", title="Mine")
    assert bob.ask({"action": "subscribe", "videoId": alice.video_id})["code"] == "forbidden"
    alice.edit(title="Still mine")
    alice.socket.until("video.updated", title="Still mine")
    assert heard(bob) == []


def test_a_public_video_is_followed_until_it_is_private(alice: Person, bob: Socket) -> None:
    alice.edit(visibility="public", custom={"for": "me"})
    alice.socket.until("video.updated", visibility="public")
    told = bob.ask({"action": "subscribe", "videoId": alice.video_id})
    assert (told["type"], told["video"]["visibility"], told["video"]["custom"]) == (
        "subscribed",
        "public",
        {},
    )
    alice.edit(title="Seen")
    assert bob.until("video.updated", title="Seen")["video"]["custom"] == {}
    alice.edit(visibility="private")
    assert bob.until("subscription.ended")["videoId"] == alice.video_id
    alice.edit(title="Not seen")
    alice.socket.until("video.updated", title="Not seen")
    assert "Not seen" not in titles(heard(bob))


def test_a_key_opens_a_video_until_it_is_taken_back(alice: Person, bob: Socket) -> None:
    key = alice.ask("POST", f"/api/videos/{alice.video_id}/secret-key")["secretKey"]
    wrong = bob.ask({"action": "subscribe", "videoId": alice.video_id, "key": "wrong"})
    assert wrong["code"] == "wrong_key"
    assert bob.ask({"action": "subscribe", "videoId": alice.video_id, "key": key})["type"] == "subscribed"
    alice.edit(title="Seen")
    bob.until("video.updated", title="Seen")
    alice.ask("DELETE", f"/api/videos/{alice.video_id}/secret-key")
    alice.edit(title="Not seen")
    bob.until("subscription.ended", videoId=alice.video_id)


def test_a_connection_can_be_kept_open_and_stop_following(alice: Person, bob: Socket) -> None:
    assert bob.ask({"action": "ping"}) == {"type": "pong"}
    alice.edit(visibility="public")
    alice.socket.until("video.updated", visibility="public")
    bob.ask({"action": "subscribe", "videoId": alice.video_id})
    told = bob.ask({"action": "unsubscribe", "videoId": alice.video_id})
    assert told == {"type": "unsubscribed", "videoId": alice.video_id}
    alice.edit(title="Unseen")
    alice.socket.until("video.updated", title="Unseen")
    assert "Unseen" not in titles(heard(bob))


@pytest.mark.parametrize("message", ["", "{", "7", '{"action": 7}', '{"action": "nonsense"}', "x" * 30_000])
def test_rubbish_is_answered_and_the_connection_stays(bob: Socket, message: str) -> None:
    assert bob.ask(message or " ")["type"] == "error"
    assert bob.ask({"action": "ping"}) == {"type": "pong"}


def test_a_player_s_events_come_to_the_figures(alice: Person, bob: Socket) -> None:
    event = {
        "eventType": "play",
        "sessionId": unique("session"),
        "videoId": alice.video_id,
        "timestamp": int(time.time() * 1000),
        "data": {},
    }
    taken = {"type": "analytics", "success": True, "accepted": 1, "rejected": []}
    assert bob.ask(event) == taken
    assert bob.ask({"action": "analytics", "events": [{**event, "sessionId": unique("session")}]}) == taken
    path = f"/api/analytics/videos/{alice.video_id}"
    eventually(lambda: alice.ask("GET", path)["totalViews"], 2)


def test_a_burst_of_changes_is_told_four_times_a_second_to_the_last_one(alice: Person) -> None:
    began = time.monotonic()
    for number in range(200):
        alice.hears(facts.DetailsEdited(at=datetime.now(UTC), title=f"Title {number}"))
    told = [alice.socket.receive()]
    while told[-1]["video"]["title"] != "Title 199":
        told.append(alice.socket.receive())
    assert len(told) <= 4 * (time.monotonic() - began) + 2
    # One that was overtaken says by its version that it is old.
    assert all(one["version"] <= told[-1]["version"] for one in alice.socket.collect(0.5))


def test_a_user_with_fifty_connections_is_told_on_each_and_the_51st_closes_the_oldest(
    stack: LocalStack, sockets: Sockets, alice: Person
) -> None:
    more = [sockets.open(stack.token(alice.name)) for _ in range(50)]
    assert alice.socket.until("connection.replaced") == {"type": "connection.replaced"}
    assert alice.socket.closed()
    alice.edit(title="To all")
    for socket in more:
        socket.until("video.updated", title="To all")
    for socket in more:
        socket.close()


def test_no_log_has_a_token(stack: LocalStack, alice: Person) -> None:
    token = stack.token(alice.name)
    alice.socket.ask({"action": "subscribe", "videoId": alice.video_id, "key": "a-key-that-nobody-knows"})
    payload = token.split(".")[1]
    for log in stack.data.glob("*.log*"):
        text = log.read_text(errors="replace")
        assert payload not in text, log.name
        assert "a-key-that-nobody-knows" not in text, log.name


def test_a_connection_that_closed_is_forgotten(alice: Person) -> None:
    assert alice.rows() == 1
    alice.socket.close()
    eventually(alice.rows, 0)
