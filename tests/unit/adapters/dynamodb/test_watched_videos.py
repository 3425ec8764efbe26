"""What figures need to know of videos, many at once."""

from datetime import UTC, datetime

import pytest
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.dynamodb.watched_videos import DynamoWatchedVideos
from sluice.adapters.ids import new_video_id
from sluice.domain.errors import Unavailable
from sluice.usecases.analytics_ports import Watched

from tests.builders import VIDEO_ID, make_video
from tests.engine import Aws
from tests.fakes.clients import Failing, refused
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


def test_videos_are_known_unless_they_are_deleted_or_never_were(engine: Aws, table: str) -> None:
    store, now = DynamoVideos(engine.dynamo, table), datetime.now(UTC)
    ids = [new_video_id(now) for _ in range(120)]
    for number, video_id in enumerate(ids):
        status = ["ready", "uploading", "deleted"][number % 3]
        store.add(make_video(status, video_id=video_id, title=f"Title {number}"), due_at=None)
    asked = [*ids, *ids, new_video_id(now), "", "theirs", "x" * 3000]
    found = DynamoWatchedVideos(engine.dynamo, table).known(asked)
    assert found.keys() == {video_id for number, video_id in enumerate(ids) if number % 3 < 2}
    assert found[ids[0]] == Watched("alice", "Title 0", 12.5)
    assert found[ids[1]] == Watched("alice", "Title 1", None)


def test_nothing_is_asked_about_nothing() -> None:
    assert DynamoWatchedVideos(Failing(AssertionError()), "table").known(["theirs"]) == {}  # type: ignore[arg-type]


def test_a_table_that_is_busy_is_said_to_be() -> None:
    store = DynamoWatchedVideos(Failing(refused("ThrottlingException")), "table")  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        store.known([VIDEO_ID])
