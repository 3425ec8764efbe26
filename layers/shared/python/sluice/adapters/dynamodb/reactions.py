"""Likes, saves, views and shares of posts: each row and its count in one transaction."""

from hashlib import sha256
from typing import Any

from sluice.adapters.dynamodb.batches import row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.dynamodb.posts import no_such_post, post_key
from sluice.domain.posts import Happening, Mark


class DynamoReactions:
    """``PostReactions`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def mark(self, post_id: str, user_id: str, mark: Mark) -> None:
        row = {"TableName": self._table, "Item": _mark_key(post_id, user_id, mark)}
        self._change({"Put": {**row, "ConditionExpression": "attribute_not_exists(pk)"}}, post_id, mark, 1)

    def unmark(self, post_id: str, user_id: str, mark: Mark) -> None:
        row = {"TableName": self._table, "Key": _mark_key(post_id, user_id, mark)}
        self._change({"Delete": {**row, "ConditionExpression": "attribute_exists(pk)"}}, post_id, mark, -1)

    def count(self, post_id: str, happening: Happening, *, request_id: str) -> None:
        # A transaction only for its token: an addition whose answer was lost is not done a second time.
        token = sha256(f"{post_id}#{happening}#{request_id}".encode()).hexdigest()[:32]
        try:
            with translated():
                self._client.transact_write_items(
                    TransactItems=[count_on(self._table, post_id, happening, 1)], ClientRequestToken=token
                )
        except ConditionFailed as error:
            raise no_such_post() from error

    def _change(self, row: Any, post_id: str, mark: Mark, by: int) -> None:
        count = (
            count_on(self._table, post_id, mark, by) if mark is Mark.LIKE else _exists(self._table, post_id)
        )
        try:
            with translated():
                self._client.transact_write_items(TransactItems=[row, count])
        except ConditionFailed as error:
            if 0 not in error.places:
                raise no_such_post() from error


def count_on(table: str, post_id: str, what: str, by: int) -> Any:
    """The item of a transaction that adds to a count of a post, if there is such a post."""
    return {
        "Update": {
            "TableName": table,
            "Key": post_key(post_id),
            "UpdateExpression": f"ADD {what}Count :by",
            "ConditionExpression": "attribute_exists(doc)",
            "ExpressionAttributeValues": {":by": {"N": str(by)}},
        }
    }


def _exists(table: str, post_id: str) -> Any:
    key = post_key(post_id)
    return {
        "ConditionCheck": {"TableName": table, "Key": key, "ConditionExpression": "attribute_exists(doc)"}
    }


def _mark_key(post_id: str, user_id: str, mark: Mark) -> Any:
    return row_key(f"POST#{post_id}", f"{mark.upper()}#{user_id}")
