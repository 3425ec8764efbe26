"""Comments on posts: rows beside their post's, counted on it in the same transaction."""

from typing import Any

import msgspec

from sluice.adapters.dynamodb.batches import row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.dynamodb.posts import no_such_post
from sluice.adapters.dynamodb.reactions import count_on
from sluice.domain.posts import Comment
from sluice.usecases.posts_ports import CommentPage

_decode = msgspec.json.Decoder(Comment).decode
_SORT = "COMMENT#"


class DynamoComments:
    """``CommentStore`` on the table. Ids sort by the time they were made at."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, comment: Comment) -> None:
        row = {
            **_key(comment.post_id, comment.comment_id),
            "doc": {"S": msgspec.json.encode(comment).decode()},
        }
        put = {"TableName": self._table, "Item": row, "ConditionExpression": "attribute_not_exists(pk)"}
        self._change({"Put": put}, comment.post_id, 1)

    def remove(self, comment: Comment) -> None:
        key = _key(comment.post_id, comment.comment_id)
        gone = {"TableName": self._table, "Key": key, "ConditionExpression": "attribute_exists(pk)"}
        self._change({"Delete": gone}, comment.post_id, -1)

    def find(self, post_id: str, comment_id: str) -> Comment | None:
        with translated():
            answer = self._client.get_item(
                TableName=self._table, Key=_key(post_id, comment_id), ConsistentRead=True
            )
        return _decode(answer["Item"]["doc"]["S"]) if "Item" in answer else None

    def page(self, post_id: str, *, limit: int, after: str | None) -> CommentPage:
        with translated():
            answer = self._client.query(
                TableName=self._table,
                ConsistentRead=True,
                KeyConditionExpression="pk = :post AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues={
                    ":post": {"S": f"POST#{post_id}"},
                    ":first": {"S": _SORT},
                    # Between takes its ends in, so the last one shown is asked for and left out.
                    ":last": {"S": f"{_SORT}{after or '~'}"},
                },
                ScanIndexForward=False,
                Limit=limit + (2 if after else 1),
            )
        found = [_decode(row["doc"]["S"]) for row in answer["Items"]]
        later = [one for one in found if one.comment_id != after][: limit + 1]
        more = len(later) > limit
        return CommentPage(later[:limit], later[limit - 1].comment_id if more else None)

    def _change(self, row: Any, post_id: str, by: int) -> None:
        try:
            with translated():
                self._client.transact_write_items(
                    TransactItems=[row, count_on(self._table, post_id, "comment", by)]
                )
        except ConditionFailed as error:
            if 0 not in error.places:
                raise no_such_post() from error


def _key(post_id: str, comment_id: str) -> Any:
    return row_key(f"POST#{post_id}", f"{_SORT}{comment_id}")
