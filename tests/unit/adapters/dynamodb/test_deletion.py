"""Receipts and remnants of deleted videos: one contract for the table and for what stands in for it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.dynamodb.receipts import DynamoReceipts
from sluice.adapters.dynamodb.remnants import DynamoRemnants
from sluice.adapters.dynamodb.videos import DynamoVideos, link_key
from sluice.adapters.ids import new_video_id
from sluice.domain import facts
from sluice.domain.deletion import Receipt, StepTaken
from sluice.domain.errors import Unavailable, WriteConflict
from sluice.domain.video import Video, reduce
from sluice.usecases.deletion_ports import Receipts

from tests.builders import at, make_video
from tests.engine import Aws
from tests.fakes.clients import Failing, refused
from tests.fakes.deletion import FakeReceipts
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def receipts(request: pytest.FixtureRequest) -> Receipts:
    if request.param == "fake":
        return FakeReceipts()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoReceipts(aws.dynamo, request.getfixturevalue("table"))


def fresh() -> Receipt:
    return Receipt(video_id=new_video_id(datetime.now(UTC)), requested_at=at(0))


def test_a_receipt_is_found_again_as_it_was_written(receipts: Receipts) -> None:
    taken = [StepTaken(name="source", check="Looked again.", removed=2, verified=True)]
    receipt = fresh().after(taken, at=at(1.5), last=True)
    assert receipts.find(receipt.video_id) is None
    receipts.write(receipt, 0)
    assert receipts.find(receipt.video_id) == (receipt, 1)


def test_of_two_who_read_the_same_receipt_one_writes(receipts: Receipts) -> None:
    receipt = fresh()
    receipts.write(receipt, 0)
    with pytest.raises(WriteConflict):
        receipts.write(receipt, 0)
    receipts.write(replace(receipt, completed_at=at(2)), 1)
    with pytest.raises(WriteConflict):
        receipts.write(receipt, 1)
    assert receipts.find(receipt.video_id) == (replace(receipt, completed_at=at(2)), 2)


def test_a_receipt_goes_when_its_tombstone_does(engine: Aws, table: str) -> None:
    receipt = fresh()
    DynamoReceipts(engine.dynamo, table).write(receipt, 0)
    video = reduce(make_video(video_id=receipt.video_id), facts.DeletionRequested(at=at(0)))
    DynamoVideos(engine.dynamo, table).add(video, due_at=None)
    ends = {_row(engine, table, receipt.video_id, sk)["ttlEpochSeconds"]["N"] for sk in ("VIDEO", "DELETION")}
    assert len(ends) == 1


def _row(engine: Aws, table: str, video_id: str, sk: str) -> dict[str, Any]:
    key: Any = {"pk": {"S": f"VIDEO#{video_id}"}, "sk": {"S": sk}}
    return dict(engine("dynamodb").get_item(TableName=table, Key=key)["Item"])


def deleted(*, asset: str) -> Video:
    video = make_video("deleted", video_id=new_video_id(datetime.now(UTC)), provider="mux")
    return reduce(video, facts.ProviderLinked(at=at(9), kind="asset", provider_id=asset))


def test_rows_and_links_of_a_deleted_video_go_and_what_stays_stays(engine: Aws, table: str) -> None:
    videos, remnants = DynamoVideos(engine.dynamo, table), DynamoRemnants(engine.dynamo, table)
    video, another = deleted(asset="theirs"), deleted(asset="other")
    for one in (video, another):
        videos.add(one, due_at=None)
        DynamoReceipts(engine.dynamo, table).write(Receipt(video_id=one.video_id, requested_at=at(0)), 0)
        videos.lease_refresh(one.video_id, now=at(0), seconds=10)
    link: Any = {**link_key("mux", "asset", "theirs"), "videoId": {"S": video.video_id}}
    engine("dynamodb").put_item(TableName=table, Item=link)
    assert (remnants.count(video), remnants.remove(video), remnants.count(video)) == (2, 2, 0)
    assert (remnants.remove(video), remnants.count(another)) == (0, 1)
    assert videos.find(video.video_id) is not None
    assert _row(engine, table, video.video_id, "DELETION")


def test_a_link_that_leads_to_another_video_by_now_is_left_alone(engine: Aws, table: str) -> None:
    video = deleted(asset="given-again")
    link: Any = {**link_key("mux", "asset", "given-again"), "videoId": {"S": "vid_other"}}
    engine("dynamodb").put_item(TableName=table, Item=link)
    remnants = DynamoRemnants(engine.dynamo, table)
    assert (remnants.remove(video), remnants.count(video)) == (0, 0)
    assert DynamoVideos(engine.dynamo, table).linked("mux", "asset", "given-again") == "vid_other"


def test_a_busy_table_is_unavailable() -> None:
    client: Any = Failing(refused("ThrottlingException"))
    with pytest.raises(Unavailable):
        DynamoReceipts(client, "t").find("vid_1")
    with pytest.raises(Unavailable):
        DynamoReceipts(client, "t").write(fresh(), 0)
