"""P4: a warm request of our own against a bare handler that does nothing but the same read."""

import json
from typing import Any

import boto3

from benchmarks.requests import read_event, read_key
from benchmarks.stack import Stack
from benchmarks.table import Row
from benchmarks.timing import interleaved


def warm_request(stack: Stack) -> list[Row]:
    """Route, authentication, one ``get_item``, signed links, JSON, log line and metrics."""
    from functions.gallery.handler import handler

    ours, read = read_event(stack), read_key(stack)
    client = boto3.client("dynamodb")

    def bare(_event: dict[str, Any]) -> dict[str, Any]:
        item = client.get_item(**read)["Item"]
        return {"statusCode": 200, "body": json.dumps({"video": item["doc"]["S"]})}

    def served() -> None:
        answer = handler(ours, None)
        assert answer["statusCode"] == 200, answer

    contenders = {"ours": served, "bare": lambda: bare(ours)}
    interleaved(contenders, rounds=20)
    seconds = interleaved(contenders, rounds=1500)
    what = "warm request: GET /api/videos/{id} ÷ bare get_item"
    us = 1e6
    return [
        Row(
            key="P4",
            what=what,
            ours=seconds["ours"] * us,
            baseline=seconds["bare"] * us,
            unit="µs",
            limit=1.15,
        )
    ]
