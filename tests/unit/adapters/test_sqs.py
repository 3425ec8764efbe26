"""Messages to our own consumers."""

import json
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from sluice.adapters.s3.source_queue import IngestQueue
from sluice.adapters.sqs import Queue
from sluice.domain.errors import Unavailable

from tests.builders import VIDEO_ID, at, make_video
from tests.engine import Aws
from tests.fakes.clients import Failing, client_error
from tests.resources import Resources


def test_a_message_arrives_as_it_was_sent(engine: Aws) -> None:
    resources = Resources(engine)
    url = resources.queue()
    Queue(engine("sqs"), url).send({"detail": {"videoId": "ä"}, "at": at(0)})
    (body,) = resources.messages(url)
    assert json.loads(body) == {"detail": {"videoId": "ä"}, "at": "2026-03-01T12:00:00Z"}


def test_a_message_with_a_delay_is_not_seen_before(engine: Aws) -> None:
    resources = Resources(engine)
    url = resources.queue()
    Queue(engine("sqs"), url).send({}, delay=timedelta(minutes=15))
    assert resources.messages(url) == []


@pytest.mark.parametrize(
    "error", [client_error("ServiceUnavailable"), EndpointConnectionError(endpoint_url="x")]
)
def test_a_queue_that_does_not_take_a_message_is_unavailable(error: Exception) -> None:
    client: Any = Failing(error)
    with pytest.raises(Unavailable):
        Queue(client, "url").send({})


def test_a_stored_source_is_announced_in_the_words_of_the_buckets_own_event(engine: Aws) -> None:
    resources = Resources(engine)
    url = resources.queue()
    IngestQueue(Queue(engine("sqs"), url), "bucket").announce(make_video("processing", owner_id="a|b"))
    (body,) = resources.messages(url)
    said = json.loads(body)
    assert (said["source"], said["detail-type"]) == ("aws.s3", "Object Created")
    assert said["detail"] == {
        "bucket": {"name": "bucket"},
        "object": {"key": f"uploads/a%7Cb/{VIDEO_ID}/source", "size": 1_000_000, "etag": "e1"},
    }


def test_a_source_that_is_not_there_cannot_be_announced() -> None:
    client: Any = Failing(AssertionError("sent"))
    with pytest.raises(ValueError, match="no source"):
        IngestQueue(Queue(client, "url"), "bucket").announce(make_video("uploading"))


def test_a_message_that_is_held_comes_again_when_it_is_over(engine: Aws) -> None:
    sqs, url = engine("sqs"), Resources(engine).queue()
    queue = Queue(sqs, url)
    queue.send({})
    (message,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=360)["Messages"]
    queue.hold(message["ReceiptHandle"], timedelta(seconds=1))
    (again,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"]
    assert again["MessageId"] == message["MessageId"]


def test_a_message_that_nobody_received_cannot_be_held(engine: Aws) -> None:
    with pytest.raises(Unavailable):
        Queue(engine("sqs"), Resources(engine).queue()).hold("made up", timedelta(seconds=1))
