"""Generations' rows: what is fixed in one attribute, and one for each thing that can be heard once.

Where the generator put the video is a secret between it and us, so it is sealed.
"""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import msgspec

from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.sealing import Seal
from sluice.domain.generation import Answer, Generation, Trouble
from sluice.domain.stamped import Stamped

# As long as the tombstone of its video, which keeps it from being imported again.
_KEPT = timedelta(days=90)
_UNREADABLE = Trouble("generation_unreadable", "Where the generator put the video can no longer be read.")


class DynamoGenerations:
    """``GenerationStore`` on the videos' table."""

    def __init__(self, client: DynamoClient, table: str, seal: Seal) -> None:
        self._client, self._table, self._seal = client, table, seal

    def add(self, generation: Generation) -> Generation:
        expires = int((generation.created_at + _KEPT).timestamp())
        fixed = replace(generation, answer=None, setback=None, refusal=None)
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        **_key(generation.generation_id),
                        "doc": {"S": _text(fixed)},
                        "ttlEpochSeconds": {"N": str(expires)},
                    },
                    ConditionExpression="attribute_not_exists(pk)",
                )
        except ConditionFailed:
            return self.find(generation.generation_id) or generation
        return generation

    def find(self, generation_id: str) -> Generation | None:
        with translated():
            found = self._client.get_item(TableName=self._table, Key=_key(generation_id), ConsistentRead=True)
        return self._generation(found["Item"]) if "Item" in found else None

    def answer(self, generation_id: str, answer: Stamped[Answer]) -> Generation | None:
        url = answer.value.video_url
        sealed = self._seal.close(url, generation_id) if url else None
        kept = Stamped(answer.at, replace(answer.value, video_url=sealed))
        known = self._first(generation_id, "answer", kept)
        if known and known.answer == answer and url:
            self._remember(known, url)
        return known

    def made_at(self, owner_id: str, url: str) -> str | None:
        with translated():
            found = self._client.get_item(TableName=self._table, Key=_place(owner_id, url))
        return str(found["Item"]["videoId"]["S"]) if "Item" in found else None

    def _remember(self, generation: Generation, url: str) -> None:
        expires = int((generation.created_at + _KEPT).timestamp())
        item = {"videoId": {"S": generation.video_id}, "ttlEpochSeconds": {"N": str(expires)}}
        with translated():
            self._client.put_item(TableName=self._table, Item={**_place(generation.owner_id, url), **item})

    def set_back(self, generation_id: str, setback: Stamped[Trouble]) -> None:
        self._first(generation_id, "setback", setback)

    def refuse(self, generation_id: str, refusal: Stamped[Trouble]) -> None:
        self._first(generation_id, "refusal", refusal)

    def _first(self, generation_id: str, name: str, value: object) -> Generation | None:
        """Write what is heard unless there is something already; the generation as it then is."""
        try:
            with translated():
                written = self._client.update_item(
                    TableName=self._table,
                    Key=_key(generation_id),
                    UpdateExpression="SET #name = if_not_exists(#name, :value)",
                    ConditionExpression="attribute_exists(pk)",
                    ExpressionAttributeNames={"#name": name},
                    ExpressionAttributeValues={":value": {"S": _text(value)}},
                    ReturnValues="ALL_NEW",
                )
        except ConditionFailed:
            return None
        return self._generation(written["Attributes"])

    def _generation(self, item: dict[str, Any]) -> Generation:
        fixed = msgspec.json.decode(item["doc"]["S"], type=Generation)
        return replace(
            fixed,
            answer=self._opened(fixed.generation_id, item),
            setback=_heard(item, "setback"),
            refusal=_heard(item, "refusal"),
        )

    def _opened(self, generation_id: str, item: dict[str, Any]) -> Stamped[Answer] | None:
        if "answer" not in item:
            return None
        kept = msgspec.json.decode(item["answer"]["S"], type=Stamped[Answer])
        sealed = kept.value.video_url
        if not sealed:
            return kept
        url = self._seal.open(sealed, generation_id)
        return Stamped(kept.at, Answer(video_url=url) if url else Answer(trouble=_UNREADABLE))


def _heard(item: dict[str, Any], name: str) -> Stamped[Trouble] | None:
    return msgspec.json.decode(item[name]["S"], type=Stamped[Trouble]) if name in item else None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _place(owner_id: str, url: str) -> dict[str, Any]:
    """Where a generated video's URL leads to it, without telling the URL."""
    return {"pk": {"S": f"USER#{owner_id}"}, "sk": {"S": f"GENERATED#{sha256(url.encode()).hexdigest()}"}}


def _key(generation_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"GENERATION#{generation_id}"}, "sk": {"S": "GENERATION"}}
