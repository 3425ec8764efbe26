"""The table's stream becomes events on the bus: every change once told, in order, or told again (R2)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.errors import Unavailable
from sluice.edge import wiring
from sluice.usecases.apply_facts import apply_facts

from functions.publish.handler import handler
from tests.builders import PATIENCE, at, make_video
from tests.deployment import Deployment, running
from tests.engine import unique
from tests.events import sample
from tests.resources import Resources

pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture(scope="module")
def heard(deployed: Deployment) -> str:
    """A queue in which all events of the bus arrive."""
    aws, name = deployed.aws, unique("all")
    queue = Resources(aws).queue()
    known = aws("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    bus = deployed["EVENT_BUS"]
    aws("events").put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps({"source": ["sluice"]}))
    aws("events").put_targets(
        Rule=name, EventBusName=bus, Targets=[{"Id": "queue", "Arn": known["QueueArn"]}]
    )
    return queue


def events(deployed: Deployment, queue: str) -> list[tuple[str, dict[str, Any]]]:
    arrived = (json.loads(body) for body in Resources(deployed.aws).messages(queue))
    told = [(one["detail-type"], one["detail"]) for one in arrived]
    return sorted(told, key=lambda one: one[1]["version"])


def records(deployed: Deployment, video_id: str) -> list[dict[str, Any]]:
    """What the table's own stream says of one video, as Lambda gets it."""
    return list(_records(deployed, video_id))


def _records(deployed: Deployment, video_id: str) -> Iterator[dict[str, Any]]:
    streams, tables = deployed.aws("dynamodbstreams"), deployed.aws("dynamodb")
    arn = tables.describe_table(TableName=deployed["VIDEOS_TABLE"])["Table"]["LatestStreamArn"]
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        iterator = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        # The suite shares the table: what was written before fills whole pages of the stream.
        while (page := streams.get_records(ShardIterator=iterator))["Records"]:
            iterator = page["NextShardIterator"]
            for record in page["Records"]:
                keys = record["dynamodb"]["Keys"]
                if keys["pk"]["S"] == f"VIDEO#{video_id}" and keys["sk"]["S"] == "VIDEO":
                    yield record


def test_the_life_of_a_video_is_told_as_the_tables_stream_has_it(deployed: Deployment, heard: str) -> None:
    video = deployed.has(make_video(video_id=unique("vid"), owner_id="alice"))
    for fact in (
        facts.SourceStored(at=at(1), size_bytes=1, etag="e"),
        facts.ProgressMade(at=at(2), percent=50),
        facts.PlaybackReady(at=at(3)),
        facts.DetailsEdited(at=at(4), title="New"),
        facts.DeletionRequested(at=at(5)),
    ):
        apply_facts(deployed.videos, video.video_id, fact, patience=PATIENCE)
    batch = records(deployed, video.video_id)
    assert handler({"Records": batch}, None) == {"batchItemFailures": []}
    told = events(deployed, heard)
    assert [name for name, _ in told] == [
        "VideoCreated", "VideoProcessing", "VideoProgressed", "VideoReady", "VideoUpdated", "VideoDeleted",
    ]  # fmt: skip
    assert [detail["version"] for _, detail in told] == [1, 2, 3, 4, 5, 6]
    assert {detail["videoId"] for _, detail in told} == {video.video_id}


def test_the_sample_of_a_batch_is_told_and_rows_that_end_by_themselves_are_not(
    deployed: Deployment, heard: str
) -> None:
    assert handler(sample("publish/changes"), None) == {"batchItemFailures": []}
    assert [name for name, _ in events(deployed, heard)] == ["VideoCreated", "VideoReady", "VideoDeleted"]


def test_nothing_to_tell_is_told_to_nobody() -> None:
    assert handler({"Records": []}, None) == {"batchItemFailures": []}


class _Refusing:
    """A bus that takes what it is given up to one event."""

    def __init__(self, refused: int) -> None:
        self._refused = refused

    def publish(self, events: list[Any]) -> Iterator[int]:
        yield from range(self._refused, len(events))


@pytest.mark.parametrize("refused", [0, 1, 2])
def test_the_stream_comes_again_from_the_first_change_that_was_not_told(
    monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    monkeypatch.setattr(wiring, "event_bus", lambda: _Refusing(refused))
    batch = sample("publish/changes")
    expected = batch["Records"][refused]["dynamodb"]["SequenceNumber"]
    assert handler(batch, None) == {"batchItemFailures": [{"itemIdentifier": expected}]}


def test_a_bus_that_is_down_brings_the_whole_batch_again(deployed: Deployment) -> None:
    nowhere = running(deployed, AWS_ENDPOINT_URL_EVENTBRIDGE="http://127.0.0.1:9")
    with nowhere, pytest.raises(Unavailable):
        handler(sample("publish/changes"), None)
