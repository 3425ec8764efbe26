"""Deleted means deleted: objects, open uploads and executions go, and stragglers are looked for (R6)."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.adapters.purge_queue import PurgeQueue
from sluice.domain import facts
from sluice.domain.figure_rows import owner_scope, video_scope
from sluice.domain.keys import made_prefix, source_key
from sluice.domain.qoe_beacon import Beacon
from sluice.domain.video import Video, reduce
from sluice.edge import figures_wiring, wiring
from sluice.usecases.analytics_ports import Watched
from sluice.usecases.provider_ports import ExecutionOutcome
from sluice.usecases.roll_up import Report, roll_up

from functions.purge.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment
from tests.events import sample
from tests.fakes.figures import FakeRawBeacons, FakeWatchedVideos
from tests.resources import Resources

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def batch(*videos: Video, name: str = "purge/deleted") -> dict[str, Any]:
    """Messages as the bus, or we ourselves, put them into the queue."""
    (record,) = sample(name)["Records"]
    message = json.loads(record["body"])
    records = []
    for video in videos:
        body = {**message, "detail": {**message["detail"], "videoId": video.video_id}}
        records.append({**record, "messageId": video.video_id, "body": json.dumps(body)})
    return {"Records": records}


def failed(answer: dict[str, Any]) -> list[str]:
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def stored(deployed: Deployment, user: str, status: str = "deleted") -> Video:
    video = make_video(status, video_id=new_video_id(datetime.now(UTC)), owner_id=user)
    deployed.put(source_key(user, video.video_id))
    for name in ("hls/index.m3u8", "hls/720p-0000.mp4", "poster.jpg"):
        deployed.put(made_prefix(video.video_id) + name)
    return deployed.has(video)


def left(deployed: Deployment, video: Video) -> int:
    prefixes = (source_key(video.owner_id, video.video_id), made_prefix(video.video_id))
    return sum(len(deployed.keys(prefix)) for prefix in prefixes)


def test_nothing_that_is_stored_of_a_deleted_video_stays(deployed: Deployment, user: str) -> None:
    deleted, kept = stored(deployed, user), stored(deployed, user, "ready")
    assert failed(handler(batch(deleted, kept), None)) == []
    assert (left(deployed, deleted), left(deployed, kept)) == (0, 4)


def test_what_was_done_is_written_down(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    handler(batch(video), None)
    first = wiring.receipts().find(video.video_id)
    handler(batch(video, name="purge/again"), None)
    last = wiring.receipts().find(video.video_id)
    assert first is not None
    assert last is not None
    assert {step.name: step.removed for step in last[0].steps} == {
        "processing": 0, "open_uploads": 0, "source": 1, "renditions": 3, "records": 0, "figures": 0,
    }  # fmt: skip
    assert (first[0].complete, first[0].confirmed_at, last[0].complete) == (True, None, True)
    assert last[0].confirmed_at is not None


def test_a_deleted_video_is_looked_at_again_later_and_only_once(deployed: Deployment, user: str) -> None:
    sent: list[tuple[dict[str, Any], float]] = []

    class Queue:
        def send(self, message: dict[str, Any], *, delay: timedelta = timedelta()) -> None:
            sent.append((message, delay.total_seconds()))

    video = stored(deployed, user)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "purge_queue", lambda: PurgeQueue(Queue()))
        handler(batch(video), None)
        handler(batch(video, name="purge/again"), None)
    assert sent == [({"detail": {"videoId": video.video_id}, "again": True}, 900)]


def test_the_second_look_removes_what_a_straggler_wrote(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    handler(batch(video), None)
    deployed.put(made_prefix(video.video_id) + "hls/late.mp4")
    handler(batch(video, name="purge/again"), None)
    assert left(deployed, video) == 0


def test_the_message_to_look_again_is_in_the_queue_and_not_yet_seen(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    handler(batch(video), None)
    seen = Resources(deployed.aws).messages(deployed["PURGE_QUEUE_URL"])
    assert not [message for message in seen if video.video_id in message]
    known = deployed.aws("sqs").get_queue_attributes(
        QueueUrl=deployed["PURGE_QUEUE_URL"], AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )
    assert int(known["Attributes"]["ApproximateNumberOfMessagesDelayed"]) >= 1


def test_an_upload_under_way_and_an_execution_that_runs_are_stopped(deployed: Deployment, user: str) -> None:
    now = datetime.now(UTC)
    video = make_video(video_id=new_video_id(now), owner_id=user, protocol="multipart", size_bytes=20_000_000)
    _, (linked,) = wiring.uploads().open_upload(video, now=now)
    reference = wiring.executions().start(video.video_id, {})
    started = facts.ProcessingStarted(at=now, reference=reference)
    for fact in (linked, started, facts.DeletionRequested(at=now)):
        video = reduce(video, fact)
    deployed.has(video)
    assert failed(handler(batch(video), None)) == []
    assert wiring.executions().outcome(reference)[0] is ExecutionOutcome.FAILED
    found = deployed.aws("s3").list_multipart_uploads(Bucket=deployed["MEDIA_BUCKET"]).get("Uploads", [])
    assert not [upload for upload in found if video.video_id in upload["Key"]]


def test_a_message_that_comes_twice_is_harmless(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    assert failed(handler(batch(video, video), None)) == []


def test_a_message_about_nothing_is_done(user: str) -> None:
    assert failed(handler(batch(make_video(video_id=new_video_id(datetime.now(UTC)))), None)) == []


def test_a_message_that_cannot_be_read_comes_again_and_the_others_are_done(
    deployed: Deployment, user: str
) -> None:
    video = stored(deployed, user)
    event = batch(video)
    event["Records"].insert(0, {**event["Records"][0], "messageId": "bad", "body": "{}"})
    assert failed(handler(event, None)) == ["bad"]
    assert left(deployed, video) == 0


@pytest.mark.parametrize("service", ["dynamodb", "s3", "sqs"])
def test_while_something_is_down_the_message_comes_again(
    deployed: Deployment, user: str, down: Down, service: str
) -> None:
    video = stored(deployed, user)
    with down(service):
        assert failed(handler(batch(video), None)) == [video.video_id]
    assert failed(handler(batch(video), None)) == []
    assert left(deployed, video) == 0


def test_a_deletion_that_failed_is_tried_again_within_seconds(
    deployed: Deployment, user: str, down: Down
) -> None:
    video, sqs = stored(deployed, user), deployed.resources.aws("sqs")
    queue = {"QueueUrl": deployed["PURGE_QUEUE_URL"]}
    deployed.resources.messages(queue["QueueUrl"])
    wiring.purge_queue().ask(video.video_id)
    (message,) = sqs.receive_message(**queue, VisibilityTimeout=360)["Messages"]
    (record,) = sample("purge/deleted")["Records"]
    record |= {"body": message["Body"], "receiptHandle": message["ReceiptHandle"]}

    with down("s3"):
        assert failed(handler({"Records": [record]}, None)) == [record["messageId"]]

    (again,) = sqs.receive_message(**queue, WaitTimeSeconds=15)["Messages"]
    assert again["MessageId"] == message["MessageId"]


def test_figures_of_a_deleted_video_go_and_what_late_players_say_goes_too(
    deployed: Deployment, user: str
) -> None:
    def rolled_up(video: Video, session: str) -> None:
        beacon = Beacon(kind="play", session_id=session, video_id=video.video_id, at_ms=1, user_id="bob")
        roll_up(
            [Report(beacon, b"{}")],
            name=session,
            now=datetime.now(UTC),
            videos=FakeWatchedVideos({video.video_id: Watched(user, "", None)}),
            store=figures_wiring.figures(),
            raw=FakeRawBeacons(),
        )

    deleted, kept = stored(deployed, user), stored(deployed, user, "ready")
    for video in (deleted, kept):
        rolled_up(video, "s")
    assert failed(handler(batch(deleted), None)) == []
    # One that was under way when the video was deleted.
    rolled_up(deleted, "late")
    assert failed(handler(batch(deleted, name="purge/again"), None)) == []
    store = figures_wiring.figures()
    assert store.is_empty(video_scope(deleted.video_id))
    counts = store.collected(owner_scope(user)).totals.counts
    assert counts == store.collected(video_scope(kept.video_id)).totals.counts
    assert (counts["views"], counts["users"]) == (1, 1)
