"""Users as their tokens name them: ``USER#{id}``/``PROFILE``, which ``EMAIL#{hash}``/``USER`` leads to."""

from hashlib import sha256
from typing import Any

from sluice.adapters.dynamodb.batches import Row, row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import translated
from sluice.domain.identity import Caller

_DETAILS = ("email", "name", "username", "picture")


class DynamoProfiles:
    """``Profiles`` on the table. Who is known already costs one small read."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def remember(self, caller: Caller) -> None:
        said = {name: detail for name in _DETAILS if (detail := getattr(caller, name))}
        known = self._profile(caller.user_id)
        new = {name: detail for name, detail in said.items() if known.get(name) != detail}
        if not new:
            return
        # The way by e-mail first: whoever is cut off here finds the profile as it was, and begins again.
        if "email" in new:
            row = {**_email_key(new["email"]), "userId": {"S": caller.user_id}}
            with translated():
                self._client.put_item(TableName=self._table, Item=row)
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key=_profile_key(caller.user_id),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in new),
                ExpressionAttributeNames={f"#{name}": name for name in new},
                ExpressionAttributeValues={f":{name}": {"S": detail} for name, detail in new.items()},
            )

    def find(self, user_id: str) -> Caller | None:
        known = self._profile(user_id)
        return Caller(user_id=user_id, **known) if known else None

    def user_by_email(self, email: str) -> str | None:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key=_email_key(email), ConsistentRead=True)
        return answer["Item"]["userId"]["S"] if "Item" in answer else None

    def _profile(self, user_id: str) -> dict[str, str]:
        with translated():
            answer = self._client.get_item(TableName=self._table, Key=_profile_key(user_id))
        item: dict[str, Any] = answer.get("Item", {})
        return {name: item[name]["S"] for name in _DETAILS if name in item}


def _profile_key(user_id: str) -> Row:
    return row_key(f"USER#{user_id}", "PROFILE")


def _email_key(email: str) -> Row:
    """Hashed, as keys have a length, and as nobody needs to read addresses from them."""
    return row_key(f"EMAIL#{sha256(email.strip().casefold().encode()).hexdigest()}", "USER")
