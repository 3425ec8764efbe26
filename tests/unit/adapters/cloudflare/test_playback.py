"""A video at Cloudflare plays by a token in the path, which is ours to sign and lives a day at most."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import jwt.types
import pytest
from sluice.adapters.cloudflare.playback import CloudflarePlayback
from sluice.adapters.cloudflare.tokens import CloudflareTokens
from sluice.adapters.cloudflare.webhook import news
from sluice.adapters.signing_keys import SigningKey
from sluice.domain.errors import Conflict
from sluice.domain.facts import RenditionReady
from sluice.domain.video import Video

from tests.builders import NOW, at, make_rendition
from tests.cloudflare_payloads import UID, body, failed, make_cloudflare_video, opened, shown
from tests.mux_peer import with_facts
from tests.signing import KEY_ID, signing_pair

ENCODED, PUBLIC = signing_pair()
DELIVERY = "https://customer-x.cloudflarestream.com"
PLAYBACK = CloudflarePlayback(CloudflareTokens(SigningKey(KEY_ID, ENCODED)), delivery_url=f"{DELIVERY}/")
HOUR = timedelta(hours=1)


def make_ready(visibility: str = "private", **changes: Any) -> Video:
    video = make_cloudflare_video(*opened(), visibility=visibility)
    return with_facts(video, news(body(shown("ready", **changes)), received_at=NOW).facts)


def claims(token: str) -> dict[str, object]:
    unchecked: jwt.types.Options = {"verify_exp": False, "verify_nbf": False}
    return dict(jwt.decode(token, PUBLIC, algorithms=["RS256"], options=unchecked))


def test_the_token_stands_where_the_uid_would() -> None:
    links = PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    assert links.playback_url == f"{DELIVERY}/{links.playback_token}/manifest/video.m3u8"
    assert (
        links.thumbnail_url
        == f"{DELIVERY}/{links.playback_token}/thumbnails/thumbnail.jpg?width=640&fit=scale"
    )
    assert (links.storyboard_url, links.thumbnail_token) == (None, links.playback_token)


def test_the_token_names_video_key_and_viewer() -> None:
    links = PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    said = claims(links.playback_token)
    assert (said["sub"], said["kid"], said["viewer"]) == (UID, KEY_ID, "alice")
    assert (said["exp"], links.expires_at) == (int(at(3600).timestamp()), at(3600))
    assert "downloadable" not in said


def test_trap_51_a_fresh_token_holds_for_clocks_that_are_behind() -> None:
    assert claims(PLAYBACK.links(make_ready(), "a", now=NOW, ttl=HOUR).playback_token)["nbf"] == int(
        at(-3600).timestamp()
    )


def test_trap_48_a_token_lives_as_long_as_the_video_lasts_but_never_above_a_day() -> None:
    long = make_ready(duration=7200.0)
    assert PLAYBACK.links(long, "alice", now=NOW, ttl=HOUR).expires_at == NOW + timedelta(minutes=130)
    longest = make_ready(duration=36_000.0)
    for ttl in (timedelta(hours=24), timedelta(days=7)):
        ends = PLAYBACK.links(longest, "alice", now=NOW, ttl=ttl).expires_at
        assert timedelta(hours=23) < ends - NOW < timedelta(hours=24)


def test_trap_52_tokens_are_signed_here_without_a_call() -> None:
    # There is no client that could make one.
    assert PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR).playback_token


@pytest.mark.parametrize("video", [shown(), shown("inprogress"), failed()])
def test_trap_50_before_it_is_ready_there_is_nothing_to_play(video: dict[str, Any]) -> None:
    known = with_facts(make_cloudflare_video(*opened()), news(body(video), received_at=NOW).facts)
    links = PLAYBACK.links(known, "alice", now=NOW, ttl=HOUR)
    assert (links.playback_url, links.thumbnail_url, links.playback_token) == ("", None, "")


def test_a_public_video_plays_by_its_uid_and_a_private_one_never_does() -> None:
    for visibility, place in (("public", f"/{UID}/manifest/video.m3u8"), ("private", None)):
        links = PLAYBACK.links(make_ready(visibility, requireSignedURLs=False), "alice", now=NOW, ttl=HOUR)
        assert (urlsplit(links.playback_url).path == place) is (place is not None)


def test_a_video_made_public_later_plays_by_token_until_cloudflare_says_so() -> None:
    links = PLAYBACK.links(make_ready("public"), "public", now=NOW, ttl=HOUR)
    assert links.playback_token in links.playback_url


def test_the_file_is_downloaded_under_the_videos_name_with_a_token_that_allows_it() -> None:
    video = with_facts(make_ready(), [RenditionReady(at=at(20), rendition=make_rendition("default.mp4"))])
    download = PLAYBACK.download(video, now=NOW, ttl=HOUR)
    address = urlsplit(download.url)
    _, token, *rest = address.path.split("/")
    assert (rest, parse_qs(address.query)["filename"]) == (["downloads", "default.mp4"], ["holiday"])
    assert (claims(token)["downloadable"], download.filename) == (True, "holiday.mp4")


def test_a_file_that_has_not_been_made_cannot_be_downloaded() -> None:
    with pytest.raises(Conflict) as caught:
        PLAYBACK.download(make_ready(), now=NOW, ttl=HOUR)
    assert caught.value.code == "download_not_ready"
