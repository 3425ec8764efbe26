"""P5: processor time of a gallery page of 100 against the way that comes to mind first."""

import json
import time
from decimal import Decimal
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

from benchmarks.requests import event
from benchmarks.stack import OWNER, Stack
from benchmarks.table import Row
from benchmarks.timing import interleaved
from tests.builders import video_id

PAGE = 100


def gallery_page(stack: Stack) -> list[Row]:
    """Ours is the whole request; the other is a query, a signature a video and a count, and no more."""
    from functions.gallery.handler import handler

    asked = event(
        stack, "GET /api/videos", "/api/videos", queryStringParameters={"limit": str(PAGE)}, pathParameters={}
    )
    plain = _plain_table()
    s3 = boto3.client("s3")

    def ours() -> None:
        assert handler(asked, None)["statusCode"] == 200

    def naive() -> None:
        page = plain.query(KeyConditionExpression=Key("owner").eq(OWNER), Limit=PAGE, ScanIndexForward=False)
        videos = [{**item, "thumbnailUrl": _signed(s3, item["poster"])} for item in page["Items"]]
        total = plain.scan(Select="COUNT")["Count"]
        json.dumps({"videos": videos, "totalCount": total}, default=str)

    assert len(json.loads(handler(asked, None)["body"])["videos"]) == PAGE
    contenders = {"ours": ours, "naive": naive}
    interleaved(contenders, rounds=5)
    seconds = interleaved(contenders, rounds=60, clock=time.process_time)
    what = "gallery page of 100, processor time: naive ÷ ours"
    ms = 1e3
    return [
        Row(
            key="P5",
            what=what,
            ours=seconds["ours"] * ms,
            baseline=seconds["naive"] * ms,
            unit="ms",
            limit=10,
            faster=True,
        )
    ]


def _signed(s3: Any, key: str) -> str:
    params = {"Bucket": "media", "Key": key}
    return str(s3.generate_presigned_url("get_object", Params=params, ExpiresIn=3600))


def _plain_table() -> Any:
    """As many videos with an attribute a field, as one stores them without thinking of how they are read."""
    table = boto3.resource("dynamodb").create_table(
        TableName="plain-videos",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[
            {"AttributeName": "owner", "KeyType": "HASH"},
            {"AttributeName": "createdAt", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "owner", "AttributeType": "S"},
            {"AttributeName": "createdAt", "AttributeType": "S"},
        ],
    )
    with table.batch_writer() as batch:
        for number in range(PAGE):
            batch.put_item(Item=_plain_item(number))
    return table


def _plain_item(number: int) -> dict[str, Any]:
    return {
        "owner": OWNER,
        "createdAt": f"2026-01-01T00:{number // 60:02}:{number % 60:02}.000000Z",
        "updatedAt": "2026-01-01T02:00:00.000000Z",
        "videoId": video_id(number),
        "title": "Holiday",
        "filename": "holiday.mp4",
        "mimeType": "video/mp4",
        "sizeBytes": 1_000_000,
        "status": "ready",
        "visibility": "private",
        "provider": "s3",
        "progress": 100,
        "poster": f"videos/{video_id(number)}/poster.jpg",
        "media": {"durationSeconds": Decimal("12.5"), "width": 1280, "height": 720, "codec": "h264"},
        "renditions": [{"name": "720p", "width": 1280, "height": 720, "bitrateBps": 2_500_000}],
    }
