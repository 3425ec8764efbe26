"""Uploads into the bucket, as a browser makes them: what was declared gets in, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce as fold
from typing import Any

import httpx
import pytest
from botocore.exceptions import ConnectTimeoutError
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.uploads import S3Uploads
from sluice.domain import facts
from sluice.domain.errors import Conflict, InvalidFields, Unavailable
from sluice.domain.keys import source_key
from sluice.domain.parts import MIB, MULTIPART_FROM_BYTES
from sluice.domain.video import Video, reduce
from sluice.usecases.provider_ports import UploadGrant

from tests.builders import make_video
from tests.engine import Aws, unique
from tests.fakes.clients import Failing, client_error

SMALL, PART = b"x" * 1000, 5 * MIB
HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def uploads(engine: Aws, bucket: str, presigner: Presigner) -> S3Uploads:
    client = engine("s3")
    return S3Uploads(lambda: client, presigner, bucket=bucket, ttl=HOUR)


@pytest.fixture
def stored(engine: Aws, bucket: str) -> Callable[[Video], bytes | None]:
    client = engine("s3")

    def read(video: Video) -> bytes | None:
        key = source_key(video.owner_id, video.video_id)
        found = client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents")
        return bytes(client.get_object(Bucket=bucket, Key=key)["Body"].read()) if found else None

    return read


type Stored = Callable[[Video], bytes | None]


def small(**changes: Any) -> Video:
    owner = changes.pop("owner_id", "auth0|ä/ö b+c")
    return make_video(owner_id=owner, video_id=unique("vid"), size_bytes=len(SMALL), **changes)


def opened(uploads: S3Uploads, video: Video) -> tuple[Video, UploadGrant]:
    grant, told = uploads.open_upload(video, now=now())
    return fold(reduce, told, video), grant


def multipart(size: int = 2 * PART + 7) -> Video:
    """In parts of S3's least size, so that a few megabytes are enough."""
    video = make_video(owner_id="alice", video_id=unique("vid"), protocol="multipart", size_bytes=size)
    return replace(video, upload=replace(video.upload, part_size_bytes=PART))


@pytest.mark.parametrize("owner", ["alice", "auth0|ä/ö b+c", "..", "a%2Fb", "🎬"])
def test_a_browser_uploads_what_it_declared_and_it_lies_under_its_owners_key(
    uploads: S3Uploads, stored: Stored, web: httpx.Client, owner: str
) -> None:
    video, grant = opened(uploads, small(owner_id=owner))
    assert (grant.protocol, grant.method) == ("put", "PUT")
    assert web.put(grant.upload_url, content=SMALL, headers=grant.headers).status_code == 200
    assert stored(video) == SMALL
    (said,) = uploads.look(video)
    assert isinstance(said, facts.SourceStored)
    assert said.size_bytes == len(SMALL)


@pytest.mark.parametrize(
    "mime_type", ["video/mp4", "video/webm;codecs=vp8,opus", 'video/mp4; codecs="avc1.42E01E, mp4a.40.2"']
)
def test_any_video_type_can_be_signed_and_sent(uploads: S3Uploads, web: httpx.Client, mime_type: str) -> None:
    _, grant = opened(uploads, small(mime_type=mime_type))
    assert web.put(grant.upload_url, content=SMALL, headers=grant.headers).status_code == 200


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (SMALL + b"y", {}),
        (SMALL[:-1], {}),
        (b"", {}),
        (SMALL, {"Content-Type": "text/html"}),
        (SMALL, {"Content-Type": ""}),
    ],
    ids=["longer", "shorter", "empty", "another type", "no type"],
)
def test_nothing_else_than_what_was_declared_gets_in(
    uploads: S3Uploads, stored: Stored, web: httpx.Client, content: bytes, headers: Mapping[str, str]
) -> None:
    video, grant = opened(uploads, small())
    answer = web.put(grant.upload_url, content=content, headers={**grant.headers, **headers})
    assert answer.status_code == 403
    assert stored(video) is None


def test_an_upload_url_writes_no_other_object_and_does_nothing_else(
    uploads: S3Uploads, web: httpx.Client
) -> None:
    mine, grant = opened(uploads, small(owner_id="alice"))
    other = small(owner_id="alice")
    elsewhere = grant.upload_url.replace(mine.video_id, other.video_id)
    assert web.put(elsewhere, content=SMALL, headers=grant.headers).status_code == 403
    assert web.get(grant.upload_url).status_code == 403
    assert web.delete(grant.upload_url).status_code == 403


def test_a_source_that_is_not_there_is_no_fact(uploads: S3Uploads) -> None:
    assert uploads.look(small()) == ()


def test_asking_again_signs_the_same_upload_anew(
    uploads: S3Uploads, stored: Stored, web: httpx.Client
) -> None:
    video, _ = opened(uploads, small())
    again = uploads.standing(video, now=now())
    assert again.uploaded is None
    assert web.put(again.grant.upload_url, content=SMALL, headers=again.grant.headers).status_code == 200
    assert stored(video) == SMALL


def test_cancelling_a_single_put_has_nothing_to_stop(
    uploads: S3Uploads, stored: Stored, web: httpx.Client
) -> None:
    video, grant = opened(uploads, small())
    uploads.cancel(video)
    assert web.put(grant.upload_url, content=SMALL, headers=grant.headers).status_code == 200
    assert stored(video) == SMALL, "a signed URL works until it expires; what comes late is purged"


def test_large_sources_are_sent_in_parts(uploads: S3Uploads) -> None:
    assert uploads.protocol_for(MULTIPART_FROM_BYTES - 1) == ("put", None)
    assert uploads.protocol_for(MULTIPART_FROM_BYTES) == ("multipart", 16 * MIB)


def test_a_protocol_that_the_size_does_not_allow_is_refused(uploads: S3Uploads) -> None:
    with pytest.raises(InvalidFields):
        uploads.protocol_for(1, "multipart")
    with pytest.raises(InvalidFields):
        uploads.protocol_for(1, "tus")


def _send(web: httpx.Client, grant: UploadGrant, number: int, size: int) -> str:
    part = next(part for part in grant.parts if part.part_number == number)
    answer = web.put(part.upload_url, content=bytes([number]) * size)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


def _sent(uploads: S3Uploads, web: httpx.Client) -> tuple[Video, list[tuple[int, str]]]:
    video, grant = opened(uploads, multipart())
    return video, [(n, _send(web, grant, n, size)) for n, size in ((1, PART), (2, PART), (3, 7))]


def test_parts_are_sent_resumed_and_joined(uploads: S3Uploads, stored: Stored, web: httpx.Client) -> None:
    video, grant = opened(uploads, multipart())
    assert [part.part_number for part in grant.parts] == [1, 2, 3]
    first = _send(web, grant, 1, PART)
    standing = uploads.standing(video, now=now())
    assert standing.uploaded is not None
    assert [(part.part_number, part.size_bytes, part.etag) for part in standing.uploaded] == [
        (1, PART, first)
    ]
    etags = [(1, first), *((n, _send(web, standing.grant, n, size)) for n, size in ((2, PART), (3, 7)))]
    (said,) = uploads.complete(video, etags)
    assert isinstance(said, facts.SourceStored)
    assert said.size_bytes == 2 * PART + 7
    assert stored(video) == b"\x01" * PART + b"\x02" * PART + b"\x03" * 7


def test_joining_twice_says_the_same(uploads: S3Uploads, web: httpx.Client) -> None:
    video, etags = _sent(uploads, web)
    assert uploads.complete(video, etags) == uploads.complete(video, etags)


@pytest.mark.parametrize("quoted", [True, False])
def test_etags_are_taken_with_and_without_their_quotes(
    uploads: S3Uploads, web: httpx.Client, quoted: bool
) -> None:
    video, etags = _sent(uploads, web)
    bare = [(number, etag.strip('"')) for number, etag in etags]
    assert uploads.complete(video, [(n, f'"{etag}"' if quoted else etag) for n, etag in bare])


@pytest.mark.parametrize(
    "chosen",
    [[], [0], [0, 1], [0, 2], [1, 0, 2], [0, 0, 1, 2], [0, 1, 1]],
    ids=["none", "one", "no last", "a hole", "wrong order", "too many", "one twice"],
)
def test_what_is_not_every_part_once_and_in_order_is_refused(
    uploads: S3Uploads, stored: Stored, web: httpx.Client, chosen: list[int]
) -> None:
    video, etags = _sent(uploads, web)
    with pytest.raises(InvalidFields):
        uploads.complete(video, [etags[index] for index in chosen])
    assert stored(video) is None


@pytest.mark.parametrize("etag", ['"0123456789abcdef0123456789abcdef"', "x", '"&<>\'"', "ä"])
def test_an_etag_that_is_not_the_parts_is_refused(
    uploads: S3Uploads, stored: Stored, web: httpx.Client, etag: str
) -> None:
    video, etags = _sent(uploads, web)
    with pytest.raises(InvalidFields):
        uploads.complete(video, [*etags[:2], (3, etag)])
    assert stored(video) is None


@pytest.mark.parametrize("number", [0, -1, 4, 10_001])
def test_there_is_no_url_for_a_part_that_the_upload_does_not_have(uploads: S3Uploads, number: int) -> None:
    video, _ = opened(uploads, multipart())
    with pytest.raises(InvalidFields):
        uploads.sign_parts(video, [number], now=now())


def test_a_parts_url_takes_that_part_alone_in_its_exact_length(uploads: S3Uploads, web: httpx.Client) -> None:
    video, _ = opened(uploads, multipart())
    (last,) = uploads.sign_parts(video, [3], now=now())
    assert web.put(last.upload_url, content=b"12345678").status_code == 403
    assert (
        web.put(last.upload_url.replace("partNumber=3", "partNumber=2"), content=b"x" * 7).status_code == 403
    )
    assert web.put(last.upload_url, content=b"1234567").status_code == 200


def test_a_cancelled_upload_takes_no_more_parts_and_cannot_be_joined(
    uploads: S3Uploads, web: httpx.Client
) -> None:
    video, etags = _sent(uploads, web)
    uploads.cancel(video)
    uploads.cancel(video)
    (part,) = uploads.sign_parts(video, [1], now=now())
    assert web.put(part.upload_url, content=b"\x01" * PART).status_code == 404
    for call in (lambda: uploads.complete(video, etags), lambda: uploads.standing(video, now=now())):
        with pytest.raises(Conflict) as refused:
            call()
        assert refused.value.code == "upload_gone"


def test_an_upload_that_was_never_opened_is_gone_and_can_be_cancelled(uploads: S3Uploads) -> None:
    never = multipart()
    uploads.cancel(never)
    with pytest.raises(Conflict) as refused:
        uploads.standing(never, now=now())
    assert refused.value.code == "upload_gone"


@pytest.mark.parametrize(
    "error",
    [client_error("SlowDown"), client_error("503"), client_error("InternalError"),
     ConnectTimeoutError(endpoint_url="x")],
    ids=["SlowDown", "503", "InternalError", "timeout"],
)  # fmt: skip
def test_a_bucket_that_cannot_be_reached_is_unavailable(presigner: Presigner, error: Exception) -> None:
    client: Any = Failing(error)
    uploads = S3Uploads(lambda: client, presigner, bucket="b", ttl=HOUR)
    linked = reduce(multipart(), facts.ProviderLinked(at=now(), kind="upload", provider_id="u"))
    for call in (
        lambda: uploads.open_upload(multipart(), now=now()),
        lambda: uploads.look(linked),
        lambda: uploads.complete(linked, [(n, "e") for n in (1, 2, 3)]),
        lambda: uploads.cancel(linked),
    ):
        with pytest.raises(Unavailable):
            call()
