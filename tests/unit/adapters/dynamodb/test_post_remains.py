"""What others did about a deleted post goes, all of it and nothing else."""

from typing import Any

import pytest
from sluice.adapters.dynamodb.batches import read_rows
from sluice.adapters.dynamodb.comments import DynamoComments
from sluice.adapters.dynamodb.post_remains import DynamoPostRemains
from sluice.adapters.dynamodb.posts import DynamoPosts
from sluice.adapters.dynamodb.reactions import DynamoReactions
from sluice.adapters.ids import new_id
from sluice.domain.errors import Unavailable
from sluice.domain.posts import Author, Comment, Mark, Post
from sluice.usecases import contention
from sluice.usecases.clear_post import clear_post

from tests.builders import NOW
from tests.engine import Aws
from tests.resources import Resources


@pytest.fixture(scope="module")
def on(engine: Aws) -> tuple[Any, str]:
    return engine.dynamo, Resources(engine).table("VideosTable")


def liked_post(on: tuple[Any, str], likes: int) -> Post:
    author = Author(user_id="alice", name="Alice")
    post = Post(post_id=new_id("post", NOW), author=author, content="x", created_at=NOW)
    DynamoPosts(*on).add(post)
    for number in range(likes):
        DynamoReactions(*on).mark(post.post_id, f"user-{number}", Mark.LIKE)
    DynamoReactions(*on).mark(post.post_id, "reader", Mark.SAVE)
    comment_id = new_id("comment", NOW)
    DynamoComments(*on).add(
        Comment(comment_id=comment_id, post_id=post.post_id, author=author, content="x", created_at=NOW)
    )
    return post


def test_a_deleted_post_is_cleared_to_its_tombstone_and_others_are_not(on: tuple[Any, str]) -> None:
    gone, stays, remains = liked_post(on, 60), liked_post(on, 2), DynamoPostRemains(*on)
    assert clear_post(gone.post_id, remains=remains) == 0, "it is not deleted yet"
    DynamoPosts(*on).remove(gone, now=NOW)
    assert clear_post(gone.post_id, remains=remains) == 62
    assert clear_post(gone.post_id, remains=remains) == 0
    client, table = on
    left = client.query(
        TableName=table,
        KeyConditionExpression="pk = :post",
        ExpressionAttributeValues={":post": {"S": f"POST#{gone.post_id}"}},
    )["Items"]
    assert [row["sk"]["S"] for row in left] == ["POST"]
    assert not DynamoPosts(*on).find(gone.post_id, "reader")
    seen = DynamoPosts(*on).find(stays.post_id, "reader")
    assert seen is not None
    assert (seen.standing.likes, seen.standing.comments, seen.standing.is_saved) == (2, 1, True)


class Busy:
    """Leaves the last of what it is asked for undone, for as many calls as it is told."""

    def __init__(self, calls: int) -> None:
        self.calls = calls

    def _left(self, asked: list[Any]) -> list[Any]:
        self.calls -= 1
        return asked[-1:] if self.calls >= 0 else []

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - as AWS spells it
        asked = RequestItems["table"]["Keys"]
        left = self._left(asked)
        given = [key for key in asked if key not in left]
        return {"Responses": {"table": given}, "UnprocessedKeys": {"table": {"Keys": left}} if left else {}}

    def pages(self, **_asked: object) -> list[dict[str, Any]]:
        return [{"Items": [{"pk": {"S": "POST#p"}, "sk": {"S": f"LIKE#{number}"}} for number in range(30)]}]

    def batch_write_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - as AWS spells it
        left = self._left(RequestItems["table"])
        return {"UnprocessedItems": {"table": left} if left else {}}


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contention, "_LONGEST_PAUSE_SECONDS", 0)


@pytest.mark.usefixtures("hurried")
def test_what_the_table_leaves_out_is_asked_for_again() -> None:
    client: Any = Busy(3)
    places = [("POST#p", f"LIKE#{number}") for number in range(150)]
    assert set(read_rows(client, "table", places, "doc")) == set(places)
    busy: Any = Busy(1)
    assert DynamoPostRemains(busy, "table").remove("p") == 30


@pytest.mark.usefixtures("hurried")
def test_a_table_that_stays_busy_is_unavailable() -> None:
    client: Any = Busy(1000)
    with pytest.raises(Unavailable):
        read_rows(client, "table", [("POST#p", "POST")], "doc")
    with pytest.raises(Unavailable):
        DynamoPostRemains(client, "table").remove("p")
