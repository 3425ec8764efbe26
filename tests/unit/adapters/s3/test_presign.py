"""Our URLs are botocore's, and say when they really end.

They are compared parameter by parameter: botocore's own signer and that of the CRT, which it uses where
it is installed, order them differently, and the order is not signed.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import botocore.session
import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.config import Config
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sluice.adapters.s3.presign import Presigner, content_disposition
from sluice.adapters.s3.signing_role import SigningCredentials

from tests.builders import NOW, at

ROLE = SigningCredentials("AKIDEXAMPLE", "secret/x+y", "tok+en/==" * 30)
ROOT = SigningCredentials("AKIDROOT", "plain")
STYLES = ["virtual", "path"]

keys = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40)
types = st.sampled_from(["video/mp4", "video/quicktime", 'video/mp4; codecs="avc1, mp4a"'])
lifetimes = st.integers(1, 86_400)
moments = st.integers(0, 400 * 86_400).map(at)


@cache
def _endpoint(style: str) -> str | None:
    return "http://localhost:4566" if style == "path" else None


@cache
def theirs(style: str, credentials: SigningCredentials) -> Any:
    session = botocore.session.get_session()
    session.set_credentials(credentials.access_key, credentials.secret_key, credentials.session_token)
    addressing: Any = {"addressing_style": style, "us_east_1_regional_endpoint": "regional"}
    config = Config(signature_version="s3v4", s3=addressing)
    return session.create_client("s3", region_name="us-east-1", endpoint_url=_endpoint(style), config=config)


def ours(style: str, credentials: SigningCredentials) -> Presigner:
    return Presigner(
        lambda _now: credentials, bucket="my-bucket", region="us-east-1", endpoint=_endpoint(style)
    )


def parts(url: str) -> tuple[str, list[str]]:
    """The address, and the parameters as they are written, signature included."""
    address, _, query = url.partition("?")
    return address, sorted(query.split("&"))


def signed_by_botocore(
    style: str, credentials: SigningCredentials, call: str, now: datetime, seconds: int, **parameters: Any
) -> tuple[str, list[str]]:
    """With botocore's own signer, whether or not the CRT's, whose clock cannot be set, is installed too."""
    with (
        mock.patch.dict("botocore.auth.AUTH_TYPE_MAPS", {"s3v4-query": S3SigV4QueryAuth}),
        mock.patch("botocore.auth.get_current_datetime", return_value=now.replace(tzinfo=None)),
    ):
        url = theirs(style, credentials).generate_presigned_url(
            call, Params={"Bucket": "my-bucket", **parameters}, ExpiresIn=seconds
        )
    return parts(url)


both = pytest.mark.parametrize("style", STYLES)
each = pytest.mark.parametrize("credentials", [ROLE, ROOT], ids=["role", "root"])
fewer = settings(max_examples=40)


@both
@each
@fewer
@given(key=keys, seconds=lifetimes, now=moments)
@example(key="uploads/auth0%7Cä b/vid_1/source", seconds=600, now=NOW)
@example(key="a+b~c*d'(e)!f&g=h?i#j;k", seconds=1, now=NOW)
@example(key="a//b/./c/../d", seconds=1, now=NOW)
def test_a_url_to_read_is_botocores(
    style: str, credentials: SigningCredentials, key: str, seconds: int, now: datetime
) -> None:
    signed = ours(style, credentials).get(key, now=now, ttl=timedelta(seconds=seconds))
    assert parts(signed.url) == signed_by_botocore(style, credentials, "get_object", now, seconds, Key=key)


@both
@fewer
@given(key=keys, seconds=lifetimes, name=keys)
def test_a_url_to_save_under_a_name_is_botocores(style: str, key: str, seconds: int, name: str) -> None:
    signed = ours(style, ROLE).get(key, now=NOW, ttl=timedelta(seconds=seconds), download_as=name)
    disposition = content_disposition(name)
    assert parts(signed.url) == signed_by_botocore(
        style, ROLE, "get_object", NOW, seconds, Key=key, ResponseContentDisposition=disposition
    )


@both
@fewer
@given(key=keys, seconds=lifetimes, size=st.integers(1, 2**42), mime_type=types)
def test_a_url_to_write_one_object_is_botocores(
    style: str, key: str, seconds: int, size: int, mime_type: str
) -> None:
    signed = ours(style, ROLE).put(
        key, now=NOW, ttl=timedelta(seconds=seconds), size_bytes=size, mime_type=mime_type
    )
    assert parts(signed.url) == signed_by_botocore(
        style, ROLE, "put_object", NOW, seconds, Key=key, ContentLength=size, ContentType=mime_type
    )


@both
@fewer
@given(key=keys, part=st.integers(1, 10_000), size=st.integers(1, 2**33), upload_id=keys)
def test_a_url_to_write_one_part_is_botocores(
    style: str, key: str, part: int, size: int, upload_id: str
) -> None:
    signed = ours(style, ROLE).put_part(
        key, now=NOW, ttl=timedelta(hours=1), upload_id=upload_id, part_number=part, size_bytes=size
    )
    assert parts(signed.url) == signed_by_botocore(
        style,
        ROLE,
        "upload_part",
        NOW,
        3600,
        Key=key,
        UploadId=upload_id,
        PartNumber=part,
        ContentLength=size,
    )


def _lifetime(url: str) -> int:
    return int(parse_qs(urlsplit(url).query)["X-Amz-Expires"][0])


@given(st.floats(0, 3600), st.integers(60, 86_400), st.integers(3300, 3600))
def test_a_url_never_outlives_the_credentials_that_signed_it_nor_claims_to(
    moment: float, wanted: int, left: int
) -> None:
    now = at(moment)
    credentials = SigningCredentials("A", "s", "t", now + timedelta(seconds=left))
    signed = ours("path", credentials).get("k", now=now, ttl=timedelta(seconds=wanted))
    dies_at = now.replace(microsecond=0) + timedelta(seconds=_lifetime(signed.url))
    assert signed.expires_at == dies_at
    assert dies_at <= now + timedelta(seconds=min(wanted, left))
    assert dies_at > now + timedelta(seconds=min(wanted, left) - 2)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=255))
def test_a_download_header_is_plain_text_whatever_the_name(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.startswith("attachment; filename=")


def test_a_download_keeps_its_true_name_for_those_who_can_read_it() -> None:
    header = content_disposition('Fête "1" 100%.mp4')
    assert header == (
        "attachment; filename=\"F_te _1_ 100_.mp4\"; filename*=UTF-8''F%C3%AAte%20%221%22%20100%25.mp4"
    )


def test_the_clock_is_asked_with_each_url_so_that_credentials_can_be_renewed() -> None:
    asked: list[datetime] = []

    def credentials(now: datetime) -> SigningCredentials:
        asked.append(now)
        return ROOT

    presigner = Presigner(credentials, bucket="b", region="r")
    presigner.url("k", now=NOW, ttl=timedelta(1))
    presigner.url("k", now=at(9), ttl=timedelta(1))
    assert asked == [NOW, at(9)]
