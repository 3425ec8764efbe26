"""Many rows by their keys in as few requests as there can be."""

from collections.abc import Sequence
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.domain.errors import Unavailable
from sluice.usecases.contention import rounds

type Row = dict[str, Any]
type Place = tuple[str, str]

_MOST_KEYS = 100


def read_rows(client: DynamoClient, table: str, places: Sequence[Place], projection: str) -> dict[Place, Row]:
    """The rows that there are, by partition and sort key; what the table leaves out is asked for again."""
    found: dict[Place, Row] = {}
    for start in range(0, len(places), _MOST_KEYS):
        asked: list[Any] = [row_key(*place) for place in places[start : start + _MOST_KEYS]]
        for _ in rounds():
            with translated():
                answer: Any = client.batch_get_item(
                    RequestItems={
                        table: {
                            "Keys": asked,
                            "ConsistentRead": True,
                            "ProjectionExpression": f"pk,sk,{projection}",
                        }
                    }
                )
            for row in answer["Responses"].get(table, []):
                found[row["pk"]["S"], row["sk"]["S"]] = row
            asked = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
            if not asked:
                break
        else:
            raise Unavailable("The database is busy. Please try again.")
    return found


def row_key(pk: str, sk: str) -> Row:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
