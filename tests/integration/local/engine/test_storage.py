"""S3: presigned URLs, multipart uploads and large objects as on S3."""

import os
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from tests.engine import Aws, unique

MIB = 1024 * 1024


@pytest.fixture
def bucket(engine: Aws) -> str:
    """A new bucket."""
    name = unique("bucket")
    engine("s3").create_bucket(Bucket=name)
    return name


@pytest.fixture
def upload(engine: Aws, bucket: str) -> tuple[str, str]:
    """A multipart upload of `source` with two parts: bucket and upload id."""
    s3 = engine("s3")
    identifier = s3.create_multipart_upload(Bucket=bucket, Key="source")["UploadId"]
    return bucket, identifier


def put_part(engine: Aws, upload: tuple[str, str], number: int, body: bytes) -> dict[str, Any]:
    """Upload a part; how completion names it."""
    bucket, identifier = upload
    answer = engine("s3").upload_part(
        Bucket=bucket, Key="source", UploadId=identifier, PartNumber=number, Body=body
    )
    return {"PartNumber": number, "ETag": answer["ETag"]}


def complete(engine: Aws, upload: tuple[str, str], *parts: dict[str, Any]) -> str:
    """Complete the upload: the error's code, or nothing."""
    bucket, identifier = upload
    try:
        engine("s3").complete_multipart_upload(
            Bucket=bucket, Key="source", UploadId=identifier, MultipartUpload={"Parts": list(parts)}
        )
    except ClientError as exc:
        return str(exc.response["Error"]["Code"])
    return ""


def test_parts_are_joined_in_order(engine: Aws, upload: tuple[str, str]) -> None:
    first, last = os.urandom(5 * MIB), b"the end"
    parts = [put_part(engine, upload, 1, first), put_part(engine, upload, 2, last)]
    assert complete(engine, upload, *parts) == ""
    body = engine("s3").get_object(Bucket=upload[0], Key="source")["Body"].read()
    assert body == first + last


def test_parts_out_of_order_are_refused(engine: Aws, upload: tuple[str, str]) -> None:
    parts = [put_part(engine, upload, 1, os.urandom(5 * MIB)), put_part(engine, upload, 2, b"end")]
    assert complete(engine, upload, *reversed(parts)) == "InvalidPartOrder"
    assert complete(engine, upload, *parts) == ""


def test_a_small_part_before_the_last_is_refused(engine: Aws, upload: tuple[str, str]) -> None:
    parts = [put_part(engine, upload, 1, b"small"), put_part(engine, upload, 2, b"end")]
    assert complete(engine, upload, *parts) == "EntityTooSmall"


def test_a_wrong_etag_is_refused(engine: Aws, upload: tuple[str, str]) -> None:
    part = put_part(engine, upload, 1, b"only")
    assert complete(engine, upload, {**part, "ETag": '"0"'}) == "InvalidPart"


def test_an_aborted_upload_leaves_no_file(engine: Aws, upload: tuple[str, str]) -> None:
    put_part(engine, upload, 1, b"only")
    assert engine.folder is not None
    folder = engine.folder / "state" / "multipart" / upload[1]
    assert [path.name for path in folder.iterdir()] == ["1"]
    engine("s3").abort_multipart_upload(Bucket=upload[0], Key="source", UploadId=upload[1])
    assert not folder.exists()


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=3000000-3000099", 3_000_000, 3_000_100),
        ("bytes=-7", 3 * MIB - 7, 3 * MIB),
    ],
)
def test_a_range_of_a_large_object(engine: Aws, bucket: str, asked: str, start: int, stop: int) -> None:
    body = os.urandom(3 * MIB)
    engine("s3").put_object(Bucket=bucket, Key="large", Body=body)
    answer = engine("s3").get_object(Bucket=bucket, Key="large", Range=asked)
    assert answer["ContentLength"] == stop - start
    assert answer["ContentRange"] == f"bytes {start}-{stop - 1}/{len(body)}"
    assert answer["Body"].read() == body[start:stop]


def test_a_large_object_comes_whole(engine: Aws, bucket: str) -> None:
    body = os.urandom(3 * MIB + 1)
    engine("s3").put_object(Bucket=bucket, Key="large", Body=body)
    url = engine("s3").generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "large"})
    answer = httpx.get(url)
    assert answer.headers["content-length"] == str(len(body))
    assert answer.content == body


@pytest.fixture
def put_url(engine: Aws, bucket: str) -> str:
    """A URL that takes ten bytes of video/mp4."""
    parameters = {"Bucket": bucket, "Key": "k", "ContentLength": 10, "ContentType": "video/mp4"}
    url = engine("s3").generate_presigned_url("put_object", Params=parameters, ExpiresIn=60)
    return str(url)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [(b"0123456789", "video/mp4", 200), (b"012345678", "video/mp4", 403), (b"0123456789", "video/webm", 403)],
)
def test_a_presigned_put_takes_what_was_signed(put_url: str, content: bytes, kind: str, status: int) -> None:
    assert httpx.put(put_url, content=content, headers={"Content-Type": kind}).status_code == status


def test_a_bucket_that_asks_for_tls_can_be_used(engine: Aws, bucket: str) -> None:
    policy = """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": "arn:aws:s3:::%s/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}"""
    engine("s3").put_bucket_policy(Bucket=bucket, Policy=policy % bucket)
    engine("s3").put_object(Bucket=bucket, Key="k", Body=b"1")
    assert engine("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == b"1"
