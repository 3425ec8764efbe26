"""Links to play: with tokens of their own purpose, signed for exactly as long as they are promised."""

from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from sluice.adapters.s3.playback import S3Playback
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.signing_role import SigningCredentials
from sluice.adapters.s3.tokens import PlaybackTokens

from tests.builders import NOW, VIDEO_ID, at, make_video

TOKENS = PlaybackTokens("s" * 64)
TTL = timedelta(minutes=10)


def playback(base_url: str = "https://api.example") -> S3Playback:
    credentials = SigningCredentials("A", "s", "t", at(3600))
    presigner = Presigner(lambda _now: credentials, bucket="b", region="r")
    return S3Playback(presigner, TOKENS, base_url)


def token_in(url: str | None) -> str:
    assert url is not None
    return parse_qs(urlsplit(url).query)["token"][0]


def test_a_ready_video_has_a_link_for_each_purpose() -> None:
    links = playback().links(make_video("ready"), "alice", now=NOW, ttl=TTL)
    assert links.playback_url.startswith(f"https://api.example/api/videos/{VIDEO_ID}/hls/index.m3u8?token=")
    assert token_in(links.playback_url) == links.playback_token
    assert token_in(links.storyboard_url) == links.storyboard_token
    claim = TOKENS.read(links.playback_token, VIDEO_ID, "playback", now=NOW)
    assert (claim.viewer, claim.expires_at, links.expires_at) == ("alice", at(600), at(600))
    assert TOKENS.read(links.thumbnail_token, VIDEO_ID, "thumbnail", now=NOW).viewer == "alice"
    assert TOKENS.read(links.storyboard_token, VIDEO_ID, "storyboard", now=NOW).viewer == "alice"


def test_pictures_that_do_not_exist_have_no_link() -> None:
    links = playback().links(make_video("uploading"), "alice", now=NOW, ttl=TTL)
    assert (links.thumbnail_url, links.storyboard_url) == (None, None)


def test_a_slash_at_the_end_of_the_apis_address_is_not_doubled() -> None:
    links = playback("https://api.example/").links(make_video("ready"), "alice", now=NOW, ttl=TTL)
    assert links.playback_url.startswith("https://api.example/api/")


def test_the_original_is_saved_under_its_own_name() -> None:
    download = playback().download(make_video("ready", filename="Fête.mp4"), now=NOW, ttl=TTL)
    assert (download.filename, download.size_bytes, download.expires_at) == ("Fête.mp4", 1_000_000, at(600))
    assert "attachment" in unquote(download.url)
    assert "F%C3%AAte.mp4" in unquote(unquote(download.url)) or "Fête" in unquote(unquote(download.url))


def test_a_download_whose_size_nobody_knows_says_so() -> None:
    assert playback().download(make_video("uploading"), now=NOW, ttl=TTL).size_bytes is None
