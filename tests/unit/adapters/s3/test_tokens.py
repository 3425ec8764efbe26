"""Playback tokens: each way to fail, and what a good one says."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta

import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sluice.adapters.s3.tokens import PlaybackTokens, Purpose
from sluice.domain.errors import Unauthenticated

from tests.builders import NOW, VIDEO_ID, at, video_id

SECRET = "s" * 64
TOKENS = PlaybackTokens(SECRET)
GOOD = {"sub": VIDEO_ID, "aud": "playback", "viewer": "alice", "exp": int(at(600).timestamp())}


def mint(purpose: Purpose = "playback", seconds: int = 600) -> str:
    return TOKENS.mint(VIDEO_ID, purpose, "alice", now=NOW, ttl=timedelta(seconds=seconds)).token


def refused(token: str, video: str = VIDEO_ID, purpose: Purpose = "playback", moment: float = 0) -> bool:
    with pytest.raises(Unauthenticated) as error:
        TOKENS.read(token, video, purpose, now=at(moment))
    return error.value.code == "invalid_token"


def signed(claims: object, secret: str = SECRET, header: object = None) -> str:
    parts = [header or {"alg": "HS256", "typ": "JWT"}, claims]
    text = ".".join(
        urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).decode().rstrip("=")
        for part in parts
    )
    key = PlaybackTokens(secret)._signature(text.encode()).decode()
    return f"{text}.{key}"


def test_a_good_token_says_for_whom_and_until_when() -> None:
    minted = TOKENS.mint(VIDEO_ID, "playback", "alice|ü", now=at(0.9), ttl=timedelta(seconds=600))
    claim = TOKENS.read(minted.token, VIDEO_ID, "playback", now=NOW)
    assert (claim.viewer, claim.expires_at) == ("alice|ü", at(600))
    assert minted.expires_at == at(600)


def test_any_jwt_library_reads_our_tokens_and_we_read_theirs() -> None:
    claims = jwt.decode(
        mint(), SECRET, algorithms=["HS256"], audience="playback", options={"verify_exp": False}
    )
    assert claims == GOOD
    assert TOKENS.read(signed(GOOD), VIDEO_ID, "playback", now=NOW).viewer == "alice"


def test_a_token_is_good_until_its_last_moment() -> None:
    assert TOKENS.read(mint(seconds=60), VIDEO_ID, "playback", now=at(59.999)).viewer == "alice"
    assert refused(mint(seconds=60), moment=60)


def test_a_token_opens_no_other_video() -> None:
    assert refused(mint(), video=video_id(2))


@pytest.mark.parametrize("purpose", ["thumbnail", "storyboard", "download"])
def test_a_token_opens_nothing_for_another_purpose(purpose: Purpose) -> None:
    assert refused(mint(), purpose=purpose)


def test_a_token_of_another_deployment_opens_nothing() -> None:
    assert refused(signed(GOOD, secret="t" * 64))


@pytest.mark.parametrize(
    "header",
    [{"alg": "none", "typ": "JWT"}, {"alg": "HS512", "typ": "JWT"}, {"typ": "JWT", "alg": "HS256"},
     {"alg": "HS256", "typ": "JWT", "kid": "1"}],
)  # fmt: skip
def test_no_other_header_is_taken_even_with_our_signature(header: object) -> None:
    assert refused(signed(GOOD, header=header))


def test_a_token_without_a_signature_opens_nothing() -> None:
    assert refused(mint().rsplit(".", 1)[0] + ".")
    assert refused(mint().rsplit(".", 1)[0])
    assert refused(jwt.encode(GOOD, "", algorithm="none"))


@pytest.mark.parametrize("place", range(0, 200, 7))
def test_a_token_that_was_changed_anywhere_opens_nothing(place: int) -> None:
    token = mint()
    place %= len(token)
    other = "A" if token[place] != "A" else "B"
    assert refused(token[:place] + other + token[place + 1 :])


@given(st.text(max_size=60) | st.builds(".".join, st.lists(st.text(max_size=20), max_size=4)))
@example("\ud800")
@example("\x00.\x00.\x00")
@example("." * 50)
@example("a" * 100_000)
def test_whatever_comes_as_a_token_is_refused_and_nothing_else(token: str) -> None:
    assert refused(token)
