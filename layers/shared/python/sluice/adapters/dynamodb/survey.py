"""The whole table, row by row, for the nightly audit: without what people said about their videos."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sluice.adapters.dynamodb.batches import read_rows
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.adapters.dynamodb.videos import decode_video
from sluice.domain.counts import Counts
from sluice.domain.deletion import KEPT
from sluice.domain.holdings import Holding
from sluice.domain.video import Status, Video
from sluice.usecases.audit_ports import CountsRow, ReceiptRow, Row, VideoRow

_WANTED = "pk,sk,#status,ownerId,videoId,complete,ready,processing,failed,ttlEpochSeconds"


class DynamoSurvey:
    """``Rows`` of the table. A scan reads it once, whatever it projects; nothing else does."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def all(self) -> Iterator[Row]:
        with translated():
            pages = self._client.scan_pages(
                TableName=self._table,
                ProjectionExpression=_WANTED,
                ExpressionAttributeNames={"#status": "status"},
            )
            for page in pages:
                for item in page["Items"]:
                    row = _read(item)
                    if row:
                        yield row

    def videos(self, video_ids: Sequence[str]) -> Mapping[str, Video]:
        places = [(f"VIDEO#{video_id}", "VIDEO") for video_id in video_ids]
        found = read_rows(self._client, self._table, places, "doc")
        return {pk.removeprefix("VIDEO#"): decode_video(row["doc"]["S"]) for (pk, _), row in found.items()}


def _read(item: Mapping[str, Any]) -> Row | None:
    name, _, rest = item["pk"]["S"].partition("#")
    match name, item["sk"]["S"]:
        case "VIDEO", "VIDEO":
            status = Status(item["status"]["S"])
            return VideoRow(rest, item["ownerId"]["S"], status, _deleted_at(item))
        case "VIDEO", "DELETION":
            return ReceiptRow(rest, item["complete"]["BOOL"])
        case "USER", "COUNTS":
            ready, processing, failed = (
                int(item[n]["N"]) if n in item else 0 for n in ("ready", "processing", "failed")
            )
            return CountsRow(rest, Counts(ready, processing, failed))
        case "PROVIDER", "LINK":
            _, kind, their_id = rest.split("#", 2)
            return Holding(
                place="table",
                kind=kind,
                name=item["pk"]["S"],
                video_id=item["videoId"]["S"],
                their_id=their_id,
            )
        case _:
            return None


def _deleted_at(item: Mapping[str, Any]) -> datetime | None:
    """A tombstone's end says when it began."""
    ends = item.get("ttlEpochSeconds")
    return datetime.fromtimestamp(int(ends["N"]), UTC) - KEPT if ends else None
