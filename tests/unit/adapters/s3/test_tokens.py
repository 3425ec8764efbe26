"""A playback token opens one video for one purpose until it is over, and nothing else is one."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.s3.tokens import PlaybackClaim, PlaybackTokens
from sluice.domain.errors import Unauthenticated

NOW = datetime(2030, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "a-signing-secret-of-some-length-0123456789"
TOKENS = PlaybackTokens(SECRET)
CLAIMS = {"sub": "v1", "aud": "playback", "viewer": "alice", "exp": int((NOW + HOUR).timestamp())}


def minted() -> str:
    return TOKENS.mint("v1", "playback", "alice", now=NOW, ttl=HOUR).token


def test_a_minted_token_says_for_whom_and_until_when() -> None:
    token = TOKENS.mint("v1", "playback", "Zoë 🎬", now=NOW, ttl=HOUR)

    assert token.expires_at == NOW.replace(microsecond=0) + HOUR
    claim = TOKENS.read(token.token, "v1", "playback", now=NOW)
    assert claim == PlaybackClaim("Zoë 🎬", token.expires_at)


def test_it_is_a_jwt_that_any_library_reads_and_writes() -> None:
    assert jwt.decode(minted(), SECRET, ["HS256"], audience="playback", leeway=0) == CLAIMS
    theirs = jwt.encode(CLAIMS, SECRET, "HS256")
    assert TOKENS.read(theirs, "v1", "playback", now=NOW).viewer == "alice"


@pytest.mark.parametrize(
    ("video_id", "purpose", "later"),
    [("v2", "playback", timedelta()), ("v1", "thumbnail", timedelta()), ("v1", "playback", HOUR)],
    ids=["another video", "another purpose", "over"],
)
def test_it_opens_nothing_else(video_id: str, purpose: str, later: timedelta) -> None:
    with pytest.raises(Unauthenticated):
        TOKENS.read(minted(), video_id, purpose, now=NOW + later)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "token",
    [
        "",
        "..",
        "☃.☃.☃",
        "\ud800",
        jwt.encode(CLAIMS, "", "none"),
        jwt.encode(CLAIMS, "another-secret-of-some-length-9876543210", "HS256"),
        jwt.encode(CLAIMS, SECRET * 2, "HS512"),
        jwt.encode(CLAIMS, SECRET, "HS256", headers={"kid": "1"}),
        minted() + "=",
        minted().rsplit(".", 1)[0],
    ],
    ids=["empty", "dots", "snowmen", "surrogate", "none", "secret", "HS512", "header", "padded", "unsigned"],
)
def test_what_was_not_minted_here_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated):
        TOKENS.read(token, "v1", "playback", now=NOW)


@given(st.data())
def test_one_changed_character_is_enough_to_be_refused(data: st.DataObject) -> None:
    token = minted()
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != token[at]))

    with pytest.raises(Unauthenticated):
        TOKENS.read(token[:at] + other + token[at + 1 :], "v1", "playback", now=NOW)
