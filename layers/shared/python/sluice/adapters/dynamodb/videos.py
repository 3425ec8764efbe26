"""The videos' rows: state as one JSON attribute beside the keys of three indexes (docs/adr/0003).

``byOwner`` lists an owner's videos newest first, ``byOwnerStatus`` the same with one status, and
``due`` holds only videos that somebody must look at again, over a few shards.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Literal
from zlib import crc32

import msgspec

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.domain.counts import Counts, change
from sluice.domain.deletion import KEPT
from sluice.domain.video import Status, Video
from sluice.usecases.ports import Page, Versioned

DUE_SHARDS = 4
_decode = msgspec.json.Decoder(Video).decode
_encode = msgspec.json.encode


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds always written, so that text sorts as time does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def decode_video(doc: str) -> Video:
    """The state in a row's ``doc`` attribute; the table's stream carries it too."""
    return _decode(doc)


class DynamoVideos:
    """``VideoStore`` on the table; one request a call."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def find(self, video_id: str) -> Versioned | None:
        with translated():
            answer = self._client.get_item(
                TableName=self._table,
                Key=_key(video_id),
                ConsistentRead=True,
                ProjectionExpression="doc,version",
            )
        item = answer.get("Item")
        return Versioned(_decode(item["doc"]["S"]), int(item["version"]["N"])) if item else None

    def add(self, video: Video, *, due_at: datetime | None) -> None:
        put = self._put(video, 1, due_at, "attribute_not_exists(pk)")
        count = self._count(video.owner_id, change(None, video.status))
        items: list[Any] = [{"Put": put}, count, *self._links(None, video)]
        with suppress(ConditionFailed), translated():
            self._client.transact_write_items(TransactItems=items)

    def replace(self, old: Versioned, new: Video, *, due_at: datetime | None) -> None:
        put = self._put(new, old.version + 1, due_at, "version = :read")
        put["ExpressionAttributeValues"] = {":read": {"N": str(old.version)}}
        delta = change(old.video.status, new.status)
        also = [self._count(new.owner_id, delta)] if delta else []
        also += self._links(old.video, new)
        with translated():
            if also:
                items: list[Any] = [{"Put": put}, *also]
                self._client.transact_write_items(TransactItems=items)
            else:
                self._client.put_item(**put)

    def linked(self, provider: str, kind: str, provider_id: str) -> str | None:
        key = link_key(provider, kind, provider_id)
        with translated():
            answer = self._client.get_item(
                TableName=self._table, Key=key, ConsistentRead=True, ProjectionExpression="videoId"
            )
        return answer["Item"]["videoId"]["S"] if "Item" in answer else None

    def page(self, owner_id: str, *, status: str | None, limit: int, after: str | None) -> Page:
        index, prefix = ("byOwnerStatus", "gsi3") if status else ("byOwner", "gsi1")
        partition = f"USER#{owner_id}#{status}" if status else f"USER#{owner_id}"
        request: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": index,
            "KeyConditionExpression": f"{prefix}pk = :owner",
            "ExpressionAttributeValues": {":owner": {"S": partition}},
            "ProjectionExpression": f"doc,{prefix}sk",
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after:
            video_id = after.rsplit("#", 1)[1]
            request["ExclusiveStartKey"] = {
                **_key(video_id),
                f"{prefix}pk": {"S": partition},
                f"{prefix}sk": {"S": after},
            }
        with translated():
            answer = self._client.query(**request)
        items = answer["Items"]
        more = "LastEvaluatedKey" in answer and items
        return Page(
            [_decode(item["doc"]["S"]) for item in items], items[-1][f"{prefix}sk"]["S"] if more else None
        )

    def counts(self, owner_id: str) -> Counts:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key=_counts_key(owner_id))
        item = answer.get("Item", {})
        ready, processing, failed = (
            int(item[n]["N"]) if n in item else 0 for n in ("ready", "processing", "failed")
        )
        return Counts(ready, processing, failed)

    def due(self, now: datetime, *, limit: int) -> Iterator[str]:
        for shard in range(DUE_SHARDS):
            with translated():
                answer = self._client.query(
                    TableName=self._table,
                    IndexName="due",
                    KeyConditionExpression="gsi2pk = :shard AND gsi2sk <= :now",
                    ExpressionAttributeValues={
                        ":shard": {"S": f"DUE#{shard}"},
                        ":now": {"S": timestamp(now)},
                    },
                    ProjectionExpression="pk",
                    Limit=limit,
                )
            yield from (item["pk"]["S"].removeprefix("VIDEO#") for item in answer["Items"])

    def postpone(self, video_id: str, *, until: datetime) -> None:
        with suppress(ConditionFailed), translated():
            self._client.update_item(
                TableName=self._table,
                Key=_key(video_id),
                UpdateExpression="SET gsi2sk = :until",
                ConditionExpression="gsi2sk < :until",
                ExpressionAttributeValues={":until": {"S": timestamp(until)}},
            )

    def lease_refresh(
        self,
        video_id: str,
        *,
        now: datetime,
        seconds: int,
        about: Literal["status", "download", "import"] = "status",
    ) -> bool:
        expires = str(int((now + timedelta(hours=1)).timestamp()))
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        "pk": {"S": f"VIDEO#{video_id}"},
                        "sk": {"S": f"REFRESH#{about}"},
                        "askedAt": {"S": timestamp(now)},
                        "ttlEpochSeconds": {"N": expires},
                    },
                    ConditionExpression="attribute_not_exists(pk) OR askedAt <= :before",
                    ExpressionAttributeValues={":before": {"S": timestamp(now - timedelta(seconds=seconds))}},
                )
        except ConditionFailed:
            return False
        return True

    def _put(self, video: Video, version: int, due_at: datetime | None, condition: str) -> dict[str, Any]:
        listed = f"{timestamp(video.created_at)}#{video.video_id}"
        item: dict[str, Any] = {
            **_key(video.video_id),
            "version": {"N": str(version)},
            "status": {"S": video.status},
            "ownerId": {"S": video.owner_id},
            "provider": {"S": video.provider},
            "doc": {"S": _encode(video).decode()},
        }
        if video.status is Status.DELETED:
            kept_until = (video.deleted_at or video.heard_at) + KEPT
            item["ttlEpochSeconds"] = {"N": str(int(kept_until.timestamp()))}
        else:
            item |= {"gsi1pk": {"S": f"USER#{video.owner_id}"}, "gsi1sk": {"S": listed}}
            item |= {"gsi3pk": {"S": f"USER#{video.owner_id}#{video.status}"}, "gsi3sk": {"S": listed}}
        if due_at:
            shard = crc32(video.video_id.encode()) % DUE_SHARDS
            item |= {"gsi2pk": {"S": f"DUE#{shard}"}, "gsi2sk": {"S": timestamp(due_at)}}
        return {"TableName": self._table, "Item": item, "ConditionExpression": condition}

    def _links(self, old: Video | None, new: Video) -> list[Any]:
        """What makes the link rows those of ``new``; a deleted video has none."""
        before, after = _linked_by(old), _linked_by(new)
        gone: list[Any] = [
            {"Delete": {"TableName": self._table, "Key": link_key(*link)}} for link in sorted(before - after)
        ]
        ours = {"videoId": {"S": new.video_id}}
        made = [
            {"Put": {"TableName": self._table, "Item": {**link_key(*link), **ours}}}
            for link in sorted(after - before)
        ]
        return gone + made

    def _count(self, owner_id: str, delta: Counts) -> Any:
        return {
            "Update": {
                "TableName": self._table,
                "Key": _counts_key(owner_id),
                "UpdateExpression": "ADD ready :ready, processing :processing, failed :failed",
                "ExpressionAttributeValues": {
                    ":ready": {"N": str(delta.ready)},
                    ":processing": {"N": str(delta.processing)},
                    ":failed": {"N": str(delta.failed)},
                },
            }
        }


def link_key(provider: str, kind: str, provider_id: str) -> dict[str, Any]:
    """Where a provider's id leads to ours."""
    return {"pk": {"S": f"PROVIDER#{provider}#{kind}#{provider_id}"}, "sk": {"S": "LINK"}}


def _linked_by(video: Video | None) -> set[tuple[str, str, str]]:
    if video is None or video.status is Status.DELETED:
        return set()
    return {(video.provider, kind, link.value) for kind, link in video.links.items() if link.value}


def _key(video_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"VIDEO#{video_id}"}, "sk": {"S": "VIDEO"}}


def _counts_key(owner_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"USER#{owner_id}"}, "sk": {"S": "COUNTS"}}
