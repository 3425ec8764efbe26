"""Rows that a deleted video leaves behind: what stands below its key, and links of its provider to it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.dynamodb.videos import link_key
from sluice.domain.video import Video

# The tombstone keeps late facts from reviving the video, the receipt tells its owner what was removed.
_STAYS = {"VIDEO", "DELETION"}


class DynamoRemnants:
    """``Remnants`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def remove(self, video: Video) -> int:
        """Remove them all; how many there were."""
        rows, links = list(self._rows(video)), list(self._links(video))
        for key in rows:
            with translated():
                self._client.delete_item(TableName=self._table, Key=key)
        for key in links:
            # A provider may give an id that it took back to another video.
            with suppress(ConditionFailed), translated():
                self._client.delete_item(
                    TableName=self._table,
                    Key=key,
                    ConditionExpression="videoId = :ours",
                    ExpressionAttributeValues={":ours": {"S": video.video_id}},
                )
        return len(rows) + len(links)

    def count(self, video: Video) -> int:
        return sum(1 for _ in self._rows(video)) + sum(1 for _ in self._links(video))

    def _rows(self, video: Video) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :video",
            "ExpressionAttributeValues": {":video": {"S": f"VIDEO#{video.video_id}"}},
            "ProjectionExpression": "pk,sk",
            "ConsistentRead": True,
        }
        with translated():
            for page in self._client.pages(**asked):
                for item in page["Items"]:
                    if item["sk"]["S"] not in _STAYS:
                        yield {"pk": item["pk"], "sk": item["sk"]}

    def _links(self, video: Video) -> Iterator[dict[str, Any]]:
        for kind, link in video.links.items():
            if not link.value:
                continue
            key = link_key(video.provider, kind, link.value)
            with translated():
                answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
            if answer.get("Item", {}).get("videoId", {}).get("S") == video.video_id:
                yield key
