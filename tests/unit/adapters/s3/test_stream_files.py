"""Playlists and cues come back as they were stored; what is not there is nothing."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from sluice.adapters.s3.stream_files import S3StreamFiles
from sluice.domain.errors import Unavailable

from tests.engine import Aws
from tests.fakes.clients import Failing, client_error


def test_a_text_is_read_whole_and_a_missing_one_is_none(engine: Aws, bucket: str) -> None:
    client = engine("s3")
    client.put_object(Bucket=bucket, Key="videos/a/hls/index.m3u8", Body="#EXTM3U\nä".encode())
    files = S3StreamFiles(lambda: client, bucket)
    assert files.text("videos/a/hls/index.m3u8") == "#EXTM3U\nä"
    assert files.text("videos/a/hls/720p.m3u8") is None


def _failing(code: str) -> S3StreamFiles:
    client: Any = Failing(client_error(code))
    return S3StreamFiles(lambda: client, "b")


def test_a_busy_bucket_is_unavailable_and_a_mistake_of_ours_stays_one() -> None:
    with pytest.raises(Unavailable):
        _failing("SlowDown").text("k")
    with pytest.raises(ClientError):
        _failing("AccessDenied").text("k")
