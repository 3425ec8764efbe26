"""Sessions and figures: versioned documents and added-up tallies, written in transactions."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import batched
from typing import Any

import msgspec

from sluice.adapters.dynamodb.batches import read_rows, row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.domain.errors import Unavailable
from sluice.domain.figure_rows import FIGURES, SHARDS, Known, RowKey, Scope, TallyKey, day_of, video_of
from sluice.domain.qoe_counts import Tally, Totals
from sluice.domain.qoe_figures import Collected, collect
from sluice.domain.qoe_timeline import Timeline
from sluice.usecases.analytics_ports import Add, Delete, FoundRows, Put, Write
from sluice.usecases.contention import rounds

# What one request takes.
_MOST_REMOVED = 25
# Not ``views``: that is a word of DynamoDB's own.
_TALLIED = ("viewCount", "playMs", "verifiedViewCount", "verifiedPlayMs")
_encode = msgspec.json.encode


# Made once: a decoder takes longer to make than a row to read.
_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind) for kind in (Timeline, Totals, Known, str)
}


class DynamoFigures:
    """``FigureStore`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def read(self, keys: Iterable[RowKey[Any]]) -> FoundRows:
        kinds = {(key.partition, key.sort): key.kind for key in keys}
        found = read_rows(self._client, self._table, list(kinds), "version,doc")
        return FoundRows({place: _versioned(row, kinds[place]) for place, row in found.items()})

    def commit(self, writes: Sequence[Write]) -> None:
        items: list[Any] = [self._write(write) for write in writes]
        with translated():
            self._client.transact_write_items(TransactItems=items)

    def collected(self, scope: Scope) -> Collected:
        totals, days, videos = list[Totals](), list[tuple[str, Tally]](), list[tuple[str, Tally]]()
        with ThreadPoolExecutor(max_workers=8) as pool:
            shards = pool.map(lambda shard: list(self._query(scope, shard, FIGURES)), range(SHARDS))
        for item in (item for shard in shards for item in shard):
            if "doc" in item:
                totals.append(_DECODERS[Totals].decode(item["doc"]["S"]))
            elif day := day_of(item["sk"]["S"]):
                days.append((day, _tally(item)))
            elif video_id := video_of(item["sk"]["S"]):
                videos.append((video_id, _tally(item)))
        return collect(totals, days, videos)

    def rows[T](self, scope: Scope, prefix: str, kind: type[T]) -> Iterator[tuple[RowKey[T], int, T]]:
        for item in self._everywhere(scope, prefix):
            if "doc" in item:
                yield RowKey(item["pk"]["S"], item["sk"]["S"], kind), *_versioned(item, kind)

    def tallies(self, scope: Scope) -> Iterator[Add]:
        for item in self._everywhere(scope, FIGURES):
            if "doc" not in item:
                yield Add(TallyKey(item["pk"]["S"], item["sk"]["S"]), _tally(item))

    def remove_all(self, scope: Scope) -> int:
        removed = 0
        for items in batched(self._everywhere(scope, ""), _MOST_REMOVED, strict=False):
            deletes: list[Any] = [
                {"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}} for item in items
            ]
            removed += len(deletes)
            for _ in rounds():
                with translated():
                    answer = self._client.batch_write_item(RequestItems={self._table: deletes})
                deletes = list(answer.get("UnprocessedItems", {}).get(self._table, []))
                if not deletes:
                    break
            else:
                raise Unavailable("The database is busy. Please try again.")
        return removed

    def is_empty(self, scope: Scope) -> bool:
        return next(self._everywhere(scope, "", limit=1), None) is None

    def _everywhere(self, scope: Scope, prefix: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
        for shard in range(SHARDS):
            yield from self._query(scope, shard, prefix, limit)

    def _query(
        self, scope: Scope, shard: int, prefix: str, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        request: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": scope.partition(shard)}},
            "ConsistentRead": True,
        }
        if prefix:
            request["KeyConditionExpression"] += " AND begins_with(sk, :prefix)"
            request["ExpressionAttributeValues"][":prefix"] = {"S": prefix}
        if limit:
            request["Limit"] = limit
        with translated():
            for page in self._client.pages(**request):
                yield from page["Items"]

    def _write(self, write: Write) -> dict[str, Any]:
        key = row_key(write.key.partition, write.key.sort)
        match write:
            case Put():
                return {"Put": self._put(write, key)}
            case Add():
                values = {f":{name}": {"N": str(by)} for name, by in _amounts(write.tally).items()}
                change = "ADD " + ", ".join(f"{name} :{name}" for name in _TALLIED)
                update = {"UpdateExpression": change, "ExpressionAttributeValues": values}
                return {"Update": {"TableName": self._table, "Key": key, **update}}
            case Delete():
                return {"Delete": {"TableName": self._table, "Key": key, **_as_read(write.read)}}

    def _put(self, put: Put[Any], key: dict[str, Any]) -> dict[str, Any]:
        item = {**key, "version": {"N": str(put.version + 1)}, "doc": {"S": _encode(put.document).decode()}}
        if put.kept_until is not None:
            item["ttlEpochSeconds"] = {"N": str(int(put.kept_until.timestamp()))}
        written: dict[str, Any] = {"TableName": self._table, "Item": item}
        if put.version == 0:
            return {**written, "ConditionExpression": "attribute_not_exists(pk)"}
        return {**written, **_as_read(put.version)}


def _versioned[T](row: dict[str, Any], kind: type[T]) -> tuple[int, T]:
    return int(row["version"]["N"]), _DECODERS[kind].decode(row["doc"]["S"])


def _as_read(read: int | Tally | None) -> dict[str, Any]:
    """The condition that a row still is what was read."""
    if read is None:
        return {}
    amounts = {"version": read} if isinstance(read, int) else _amounts(read)
    return {
        "ConditionExpression": " AND ".join(f"{name} = :{name}" for name in amounts),
        "ExpressionAttributeValues": {f":{name}": {"N": str(amount)} for name, amount in amounts.items()},
    }


def _amounts(tally: Tally) -> dict[str, int]:
    amounts = (tally.views, tally.play_ms, tally.verified_views, tally.verified_play_ms)
    return dict(zip(_TALLIED, amounts, strict=True))


def _tally(item: dict[str, Any]) -> Tally:
    return Tally(*(int(item[name]["N"]) if name in item else 0 for name in _TALLIED))
