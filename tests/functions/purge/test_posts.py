"""A deleted post: what others did about it goes too."""

import json
from typing import Any

import pytest
from sluice.adapters.purge_queue import PurgeQueue
from sluice.domain.identity import Caller
from sluice.domain.posts import Mark
from sluice.edge import posts_wiring, wiring
from sluice.usecases.write_post import PostWish, delete_post, write_post

from functions.purge.handler import handler
from tests.builders import NOW, at
from tests.deployment import Deployment
from tests.events import sample

POST = "post_0195a1c2-0000-7000-8000-000000000001"


class Kept:
    """A queue that shows what it was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send(self, message: dict[str, Any], *, delay: object = None) -> None:
        self.sent.append(message)


def test_what_is_asked_for_at_the_deletion_clears_the_post(deployed: Deployment, user: str) -> None:
    author, queue = Caller(user_id=user), Kept()
    stores: Any = {"posts": posts_wiring.posts()}
    write_post(
        PostWish(content="x"),
        POST,
        author,
        now=NOW,
        videos=wiring.videos(),
        communities=posts_wiring.communities(),
        profiles=wiring.profiles(),
        **stores,
    )
    posts_wiring.reactions().mark(POST, "reader", Mark.LIKE)
    (record,) = sample("purge/post")["Records"]
    assert handler({"Records": [record]}, None) == {"batchItemFailures": []}
    assert posts_wiring.posts().find(POST, "reader"), "it was not deleted"
    delete_post(POST, author, now=at(1), purges=PurgeQueue(queue), **stores)
    (message,) = queue.sent
    assert json.loads(record["body"]) == message
    assert handler({"Records": [record, record]}, None) == {"batchItemFailures": []}
    rows = deployed.aws("dynamodb").query(
        TableName=deployed["VIDEOS_TABLE"],
        KeyConditionExpression="pk = :post",
        ExpressionAttributeValues={":post": {"S": f"POST#{POST}"}},
    )["Items"]
    assert [row["sk"]["S"] for row in rows] == ["POST"]


@pytest.mark.usefixtures("deployed")
def test_a_message_about_nothing_comes_again() -> None:
    (record,) = sample("purge/post")["Records"]
    answer = handler({"Records": [{**record, "body": '{"detail": {}}'}]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
