"""The bucket's inventory: a folder a video, a key a source, and every upload that was begun."""

from typing import Any

import pytest
from sluice.adapters.s3.inventory import S3Inventory
from sluice.domain.errors import Unavailable
from sluice.domain.keys import source_key

from tests.engine import Aws
from tests.fakes.clients import Failing, client_error
from tests.resources import Resources


def test_everything_is_listed_once_and_says_whose_it_is(engine: Aws) -> None:
    client, bucket = engine("s3"), Resources(engine).bucket()
    for key in (
        "videos/v1/hls/a.mp4", "videos/v1/poster.jpg", "videos/v2/hls/a.mp4", "videos/stray",
        source_key("a/b", "v1"), "uploads/odd", "deliveries/mux/x",
    ):  # fmt: skip
        client.put_object(Bucket=bucket, Key=key, Body=b"x")
    begun = client.create_multipart_upload(Bucket=bucket, Key=source_key("carol", "v3"))["UploadId"]
    found = {
        (one.kind, one.video_id, one.owner_id, one.their_id) for one in S3Inventory(client, bucket).holdings()
    }
    assert found == {
        ("renditions", "v1", None, None),
        ("renditions", "v2", None, None),
        ("renditions", "stray", None, None),
        ("source", "v1", "a/b", None),
        ("source", "", None, None),
        ("upload", "v3", "carol", begun),
    }


class _Busy(Failing):
    def get_paginator(self, _name: str) -> Any:
        return self


def test_a_busy_bucket_is_unavailable() -> None:
    client: Any = _Busy(client_error("SlowDown"))
    with pytest.raises(Unavailable):
        list(S3Inventory(client, "b").holdings())
