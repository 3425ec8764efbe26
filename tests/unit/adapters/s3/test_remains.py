"""What a deleted video leaves in the bucket goes whole: every version, and nothing of others."""

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from botocore.exceptions import ClientError
from sluice.adapters.s3.remains import S3Remains
from sluice.domain.errors import Unavailable

from tests.engine import Aws
from tests.fakes.clients import client_error
from tests.resources import Resources


def _put(client: Any, bucket: str, *keys: str) -> None:
    for key in keys:
        client.put_object(Bucket=bucket, Key=key, Body=b"x")


def _left(client: Any, bucket: str) -> set[str]:
    found = client.list_object_versions(Bucket=bucket)
    return {entry["Key"] for entry in (*found.get("Versions", ()), *found.get("DeleteMarkers", ()))}


@pytest.mark.parametrize("versioned", [False, True])
def test_every_object_below_the_prefix_goes_in_all_its_versions(engine: Aws, versioned: bool) -> None:
    client, bucket = engine("s3"), Resources(engine).bucket(versioned=versioned)
    _put(client, bucket, "videos/a/1", "videos/a/1", "videos/a/b/2", "videos/ab/1", "uploads/a")
    client.delete_object(Bucket=bucket, Key="videos/a/b/2")
    S3Remains(client, bucket).remove("videos/a/")
    assert _left(client, bucket) == {"videos/ab/1", "uploads/a"}


def test_it_says_how_many_there_were_and_doing_it_again_is_harmless(engine: Aws) -> None:
    client, bucket = engine("s3"), Resources(engine).bucket()
    _put(client, bucket, "videos/a/1", "videos/a/2")
    remains = S3Remains(client, bucket)
    assert remains.remove("videos/a/") == 2
    assert remains.remove("videos/a/") == 0


def test_what_is_left_is_counted(engine: Aws) -> None:
    client, bucket = engine("s3"), Resources(engine).bucket(versioned=True)
    _put(client, bucket, "videos/a/1", "videos/a/1", "videos/b/1")
    remains = S3Remains(client, bucket)
    assert (remains.count("videos/a/"), remains.count("videos/c/")) == (2, 0)


def test_uploads_that_were_never_completed_are_ended_and_others_go_on(engine: Aws) -> None:
    client, bucket = engine("s3"), Resources(engine).bucket()
    for key in ("uploads/u/a/source", "uploads/u/a/source", "uploads/u/ab/source"):
        begun = client.create_multipart_upload(Bucket=bucket, Key=key)
        client.upload_part(Bucket=bucket, Key=key, UploadId=begun["UploadId"], PartNumber=1, Body=b"x")
    remains = S3Remains(client, bucket)
    assert (remains.count_uploads("uploads/u/a/"), remains.abort("uploads/u/a/")) == (2, 2)
    assert (remains.count_uploads("uploads/u/a/"), remains.abort("uploads/u/a/")) == (0, 0)
    assert remains.count_uploads("uploads/u/ab/") == 1


class _Stub:
    """A bucket with some thousand objects, of which it may keep one back."""

    def __init__(self, *errors: dict[str, str]) -> None:
        self.at_once: list[int] = []
        self._errors = errors

    def get_paginator(self, _name: str) -> "_Stub":
        return self

    def paginate(self, **_given: object) -> Iterator[dict[str, Any]]:
        for page in range(3):
            yield {"Versions": [{"Key": f"k{page}-{n}", "VersionId": "null"} for n in range(900)]}

    def delete_objects(self, *, Delete: dict[str, Any], **_given: object) -> dict[str, Any]:  # noqa: N803 - AWS's
        self.at_once.append(len(Delete["Objects"]))
        return {"Errors": list(self._errors)}


def test_objects_go_a_thousand_at_a_time_which_is_the_most_that_s3_takes() -> None:
    stub: Any = _Stub()
    assert S3Remains(stub, "b").remove("videos/a/") == 2700
    assert stub.at_once == [1000, 1000, 700]


def test_what_could_not_be_removed_is_tried_again() -> None:
    stub: Any = _Stub({"Key": "k", "Code": "InternalError"})
    with pytest.raises(Unavailable):
        S3Remains(stub, "b").remove("videos/a/")


class _Ended(_Stub):
    """Its one upload has ended between being listed and being aborted, or something else is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def paginate(self, **_given: object) -> Iterator[dict[str, Any]]:
        yield {"Uploads": [{"Key": "k", "UploadId": "u"}]}

    def abort_multipart_upload(self, **_given: object) -> NoReturn:
        raise client_error(self._code)


def test_an_upload_that_ended_by_itself_is_no_trouble() -> None:
    stub: Any = _Ended("NoSuchUpload")
    assert S3Remains(stub, "b").abort("uploads/") == 1
    stub = _Ended("AccessDenied")
    with pytest.raises(ClientError):
        S3Remains(stub, "b").abort("uploads/")


class _Busy(_Stub):
    def paginate(self, **_given: object) -> NoReturn:
        raise client_error("SlowDown")


def test_a_busy_bucket_is_unavailable() -> None:
    stub: Any = _Busy()
    with pytest.raises(Unavailable):
        S3Remains(stub, "b").remove("videos/a/")
