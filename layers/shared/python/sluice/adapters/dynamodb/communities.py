"""Communities: a row each."""

from contextlib import suppress

import msgspec

from sluice.adapters.dynamodb.batches import Row, row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.domain.posts import Community

_decode = msgspec.json.Decoder(Community).decode


class DynamoCommunities:
    """``CommunityStore`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, community: Community) -> None:
        row = {**_key(community.community_id), "doc": {"S": msgspec.json.encode(community).decode()}}
        with suppress(ConditionFailed), translated():
            self._client.put_item(
                TableName=self._table, Item=row, ConditionExpression="attribute_not_exists(pk)"
            )

    def find(self, community_id: str) -> Community | None:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key=_key(community_id), ConsistentRead=True)
        return _decode(answer["Item"]["doc"]["S"]) if "Item" in answer else None


def _key(community_id: str) -> Row:
    return row_key(f"COMMUNITY#{community_id}", "COMMUNITY")
