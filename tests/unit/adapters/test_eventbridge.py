"""Our events on our bus: all of them, in order, and which were not taken."""

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from sluice.adapters.eventbridge import EventBus
from sluice.domain.errors import Unavailable
from sluice.events.videos import VideoCreated

from tests.builders import NOW
from tests.engine import Aws, unique
from tests.fakes.clients import Failing, client_error
from tests.resources import Resources


def created(number: int) -> VideoCreated:
    return VideoCreated(
        video_id=f"vid_{number}",
        owner_id="alice",
        provider="s3",
        status="uploading",
        version=1,
        at=NOW,
        correlation_id="r",
        title="Fête 🎬",
    )


def _bus_with_queue(aws: Aws) -> tuple[str, str]:
    """A bus whose events all go to a queue; the names of both."""
    name, events, queue = unique("bus"), aws("events"), Resources(aws).queue()
    events.create_event_bus(Name=name)
    events.put_rule(Name=name, EventBusName=name, EventPattern=json.dumps({"source": ["sluice"]}))
    arn = aws("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    events.put_targets(Rule=name, EventBusName=name, Targets=[{"Id": "queue", "Arn": arn}])
    return name, queue


def test_events_arrive_with_their_names_and_contents_however_many(engine: Aws) -> None:
    name, queue = _bus_with_queue(engine)
    assert list(EventBus(engine("events"), name).publish([created(n) for n in range(23)])) == []
    arrived = [json.loads(body) for body in Resources(engine).messages(queue)]
    assert sorted(one["detail"]["videoId"] for one in arrived) == sorted(f"vid_{n}" for n in range(23))
    assert {(one["source"], one["detail-type"]) for one in arrived} == {("sluice", "VideoCreated")}
    assert {one["detail"]["title"] for one in arrived} == {"Fête 🎬"}


def test_nothing_to_say_asks_nobody() -> None:
    client: Any = Failing(AssertionError("asked"))
    assert list(EventBus(client, "bus").publish([])) == []


class _Partly:
    """A bus that refuses every seventh event that it is given."""

    def __init__(self) -> None:
        self.seen = 0

    def put_events(self, *, Entries: list[object]) -> dict[str, Any]:  # noqa: N803 - AWS's
        answers: list[dict[str, str]] = []
        for _ in Entries:
            answers.append({"ErrorCode": "Throttled"} if self.seen % 7 == 6 else {"EventId": "1"})
            self.seen += 1
        return {"Entries": answers}


def test_events_that_were_not_taken_are_named_by_their_place() -> None:
    client: Any = _Partly()
    assert list(EventBus(client, "bus").publish([created(n) for n in range(23)])) == [6, 13, 20]


@pytest.mark.parametrize(
    "error", [client_error("ThrottlingException"), EndpointConnectionError(endpoint_url="x")]
)
def test_a_bus_that_cannot_be_reached_is_unavailable(error: Exception) -> None:
    client: Any = Failing(error)
    with pytest.raises(Unavailable):
        list(EventBus(client, "bus").publish([created(1)]))
