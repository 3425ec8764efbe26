"""DynamoDB's own JSON, asked and answered as botocore's client does, without botocore (docs/adr/0024).

What botocore does to a page of a hundred rows takes several times as long as reading its JSON.
"""

from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

from sluice.adapters.aws_json import AwsJson

TARGET, VERSION = "DynamoDB_20120810", "1.0"


class DynamoClient:
    """The operations that we use. Values are DynamoDB's (``{"S": "text"}``), parameters have its names.

    Each raises ``Refused`` or ``NoAnswer``, which ``failures.translated`` puts into our words.
    """

    def __init__(self, service: AwsJson) -> None:
        self._service = service

    def get_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("GetItem", asked)

    def batch_get_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("BatchGetItem", asked)

    def query(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("Query", asked)

    def pages(self, **asked: Any) -> Iterator[dict[str, Any]]:
        """A query's answers, one a request, until there are no more."""
        return _pages(self.query, asked)

    def scan(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("Scan", asked)

    def scan_pages(self, **asked: Any) -> Iterator[dict[str, Any]]:
        """A scan's answers, one a request, until there are no more."""
        return _pages(self.scan, asked)

    def put_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("PutItem", asked)

    def update_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("UpdateItem", asked)

    def delete_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("DeleteItem", asked)

    def batch_write_item(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("BatchWriteItem", asked)

    def transact_get_items(self, **asked: Any) -> dict[str, Any]:
        return self._service.ask("TransactGetItems", asked)

    def transact_write_items(self, **asked: Any) -> dict[str, Any]:
        """The token makes a second attempt, after an answer that was lost, the same transaction."""
        return self._service.ask("TransactWriteItems", {"ClientRequestToken": token_hex(16), **asked})

    def close(self) -> None:
        """Let the connections go."""
        self._service.close()


def _pages(ask: Callable[..., dict[str, Any]], asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    while True:
        page = ask(**asked)
        yield page
        if "LastEvaluatedKey" not in page:
            return
        asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]
