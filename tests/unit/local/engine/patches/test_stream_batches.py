"""How much of a batch is done."""

from typing import Any

import pytest

from local.engine.patches.stream_batches import completed

RECORDS = [{"dynamodb": {"SequenceNumber": str(number)}} for number in range(4)]


def failed(*numbers: str) -> dict[str, Any]:
    """A function's answer that names failed records."""
    return {"body": {"batchItemFailures": [{"itemIdentifier": number} for number in numbers]}}


@pytest.mark.parametrize(
    ("result", "done"),
    [
        ({"body": None}, 4),
        ({"body": {}}, 4),
        (failed(), 4),
        (failed("2"), 2),
        (failed("3", "1"), 1),
        (failed("0"), 0),
        (failed("unknown"), 0),
        ({"error": True, "body": {}}, 0),
        ({"throttle": True, "body": {}}, 0),
    ],
)
def test_up_to_the_first_failed_record(result: dict[str, Any], done: int) -> None:
    assert completed(RECORDS, result, partial=True) == done


def test_without_partial_answers_only_an_error_counts() -> None:
    assert completed(RECORDS, failed("0"), partial=False) == 4
    assert completed(RECORDS, {"error": True}, partial=False) == 0
