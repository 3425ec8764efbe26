"""Endpoints' rows, all of an owner's side by side, and how many there are of them.

What the owner says (URL, events, keys) is one sealed attribute, changed where it still stands as it was read;
how the endpoint is doing are attributes of their own, counted by whoever delivers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.sealing import Seal
from sluice.domain.errors import Conflict
from sluice.domain.webhook_endpoints import MOST_ENDPOINTS, Disabled, Endpoint, EndpointKey

_PREFIX = "ENDPOINT#"


class _Said(msgspec.Struct):
    """What only its owner may see."""

    url: str
    keys: tuple[EndpointKey, ...]


class DynamoEndpoints:
    """``EndpointStore`` on the videos' table."""

    def __init__(self, client: DynamoClient, table: str, seal: Seal) -> None:
        self._client, self._table, self._seal = client, table, seal

    def add(self, endpoint: Endpoint) -> Endpoint:
        put = {
            "TableName": self._table,
            "Item": {
                **_key(endpoint.owner_id, endpoint.endpoint_id),
                "createdAt": {"S": _text(endpoint.created_at)},
                **self._said(endpoint, 1),
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        counted = "attribute_not_exists(endpoints) OR endpoints < :most"
        items: list[Any] = [
            {"Put": put},
            self._count(endpoint.owner_id, 1, counted, {":most": {"N": str(MOST_ENDPOINTS)}}),
        ]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=items)
        except ConditionFailed as error:
            known = self.find(endpoint.owner_id, endpoint.endpoint_id)
            if known is None:
                text = f"There can be {MOST_ENDPOINTS} endpoints at most. Please delete one first."
                raise Conflict(text, code="too_many_endpoints") from error
            return known
        return endpoint

    def find(self, owner_id: str, endpoint_id: str) -> Endpoint | None:
        with translated():
            answer = self._client.get_item(
                TableName=self._table, Key=_key(owner_id, endpoint_id), ConsistentRead=True
            )
        return self._endpoint(answer["Item"]) if "Item" in answer else None

    def of(self, owner_id: str) -> Sequence[Endpoint]:
        with translated():
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :owner AND begins_with(sk, :prefix)",
                ExpressionAttributeValues={":owner": {"S": f"USER#{owner_id}"}, ":prefix": {"S": _PREFIX}},
                ConsistentRead=True,
            )
        return [self._endpoint(item) for item in answer["Items"]]

    def change(self, old: Endpoint, new: Endpoint) -> None:
        said = self._said(new, old.version + 1)
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key=_key(new.owner_id, new.endpoint_id),
                UpdateExpression="SET said = :said, events = :events, version = :next",
                ConditionExpression="version = :read",
                ExpressionAttributeValues={
                    ":said": said["said"],
                    ":events": said["events"],
                    ":next": said["version"],
                    ":read": {"N": str(old.version)},
                },
            )

    def remove(self, owner_id: str, endpoint_id: str) -> bool:
        gone = {
            "TableName": self._table,
            "Key": _key(owner_id, endpoint_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        items: list[Any] = [{"Delete": gone}, self._count(owner_id, -1, None, {})]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=items)
        except ConditionFailed:
            return False
        return True

    def failed(self, owner_id: str, endpoint_id: str, *, at: datetime) -> Endpoint | None:
        return self._update(
            owner_id,
            endpoint_id,
            "SET failingSince = if_not_exists(failingSince, :at) ADD failures :one",
            {":at": {"S": _text(at)}, ":one": {"N": "1"}},
        )

    def recovered(self, owner_id: str, endpoint_id: str) -> None:
        self._update(owner_id, endpoint_id, "REMOVE failingSince, failures", {})

    def disable(self, owner_id: str, endpoint_id: str, disabled: Disabled) -> None:
        change = "SET disabled = if_not_exists(disabled, :disabled)"
        self._update(owner_id, endpoint_id, change, {":disabled": {"S": _text(disabled)}})

    def enable(self, owner_id: str, endpoint_id: str) -> None:
        self._update(owner_id, endpoint_id, "REMOVE disabled, failingSince, failures", {})

    def _update(
        self, owner_id: str, endpoint_id: str, change: str, values: dict[str, Any]
    ) -> Endpoint | None:
        """Change a row that is there; what it says then."""
        request: dict[str, Any] = {
            "TableName": self._table,
            "Key": _key(owner_id, endpoint_id),
            "UpdateExpression": change,
            "ConditionExpression": "attribute_exists(pk)",
            "ReturnValues": "ALL_NEW",
        }
        if values:
            request["ExpressionAttributeValues"] = values
        try:
            with translated():
                return self._endpoint(dict(self._client.update_item(**request)["Attributes"]))
        except ConditionFailed:
            return None

    def _said(self, endpoint: Endpoint, version: int) -> dict[str, Any]:
        said = _text(_Said(endpoint.url, tuple(endpoint.keys)))
        return {
            "said": {"S": self._seal.close(said, endpoint.endpoint_id)},
            "events": {"S": _text(list(endpoint.events))},
            "version": {"N": str(version)},
        }

    def _endpoint(self, item: dict[str, Any]) -> Endpoint:
        """A row that the deployment's secret no longer opens is shown, and nothing is sent there."""
        endpoint_id = item["sk"]["S"].removeprefix(_PREFIX)
        opened = self._seal.open(item["said"]["S"], endpoint_id)
        said = msgspec.json.decode(opened, type=_Said) if opened else _Said("", ())
        created_at = msgspec.json.decode(item["createdAt"]["S"], type=datetime)
        disabled = _read(item, "disabled", Disabled)
        return Endpoint(
            endpoint_id=endpoint_id,
            owner_id=item["pk"]["S"].removeprefix("USER#"),
            url=said.url,
            keys=said.keys,
            events=msgspec.json.decode(item["events"]["S"], type=tuple[str, ...]),
            created_at=created_at,
            failing_since=_read(item, "failingSince", datetime),
            failures=int(item["failures"]["N"]) if "failures" in item else 0,
            disabled=disabled if opened else disabled or Disabled(created_at, "unreadable"),
            version=int(item["version"]["N"]),
        )

    def _count(self, owner_id: str, by: int, condition: str | None, values: dict[str, Any]) -> Any:
        update: dict[str, Any] = {
            "TableName": self._table,
            "Key": {"pk": {"S": f"USER#{owner_id}"}, "sk": {"S": "ENDPOINTS"}},
            "UpdateExpression": "ADD endpoints :by",
            "ExpressionAttributeValues": {":by": {"N": str(by)}, **values},
        }
        return {"Update": update | ({"ConditionExpression": condition} if condition else {})}


def _read[T](item: dict[str, Any], name: str, kind: type[T]) -> T | None:
    return msgspec.json.decode(item[name]["S"], type=kind) if name in item else None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _key(owner_id: str, endpoint_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"USER#{owner_id}"}, "sk": {"S": f"{_PREFIX}{endpoint_id}"}}
