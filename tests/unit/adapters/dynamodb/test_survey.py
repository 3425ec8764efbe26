"""The whole table is read as what its rows say of videos; videos are read in bulk."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.dynamodb.receipts import DynamoReceipts
from sluice.adapters.dynamodb.survey import DynamoSurvey
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.deletion import Receipt
from sluice.domain.errors import Unavailable
from sluice.domain.holdings import Holding
from sluice.domain.video import Status, reduce
from sluice.usecases.audit_ports import CountsRow, ReceiptRow, VideoRow

from tests.builders import at, make_video, video_id
from tests.engine import Aws
from tests.fakes.clients import Failing, refused
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


def test_every_row_that_says_something_of_videos_is_read(engine: Aws, table: str) -> None:
    client = engine.dynamo
    videos = DynamoVideos(client, table)
    link = facts.ProviderLinked(at=at(1), kind="asset", provider_id="their#id")
    mine = reduce(make_video("complete", video_id=video_id(1), owner_id="a#b", provider="mux"), link)
    gone = make_video("deleted", video_id=video_id(2))
    for one in (mine, gone):
        videos.add(one, due_at=None)
    videos.lease_refresh(mine.video_id, now=at(0), seconds=1)
    DynamoReceipts(client, table).write(Receipt(video_id=gone.video_id, requested_at=at(2)), 0)
    name = "PROVIDER#mux#asset#their#id"
    found = DynamoSurvey(client, table).all()
    assert sorted(found, key=repr) == sorted(
        [
            VideoRow(mine.video_id, "a#b", Status.READY, None),
            VideoRow(gone.video_id, "alice", Status.DELETED, datetime(2026, 3, 1, 12, 0, 2, tzinfo=UTC)),
            CountsRow("a#b", Counts(ready=1)),
            CountsRow("alice", Counts()),
            ReceiptRow(gone.video_id, complete=False),
            Holding(place="table", kind="asset", name=name, video_id=mine.video_id, their_id="their#id"),
        ],
        key=repr,
    )
    assert DynamoSurvey(client, table).videos([mine.video_id, gone.video_id, video_id(9)]) == {
        mine.video_id: mine,
        gone.video_id: gone,
    }
    assert DynamoSurvey(client, table).videos([]) == {}


def test_a_busy_table_is_unavailable() -> None:
    client: Any = Failing(refused("ThrottlingException"))
    with pytest.raises(Unavailable):
        list(DynamoSurvey(client, "t").all())
