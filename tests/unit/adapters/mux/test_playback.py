"""A video at Mux plays by tokens that open one thing for one purpose, for as long as it lasts."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import jwt.types
import pytest
from sluice.adapters.mux.playback import MuxPlayback
from sluice.adapters.mux.tokens import MuxTokens
from sluice.adapters.mux.webhook import news
from sluice.adapters.signing_keys import SigningKey
from sluice.domain.errors import Conflict
from sluice.domain.video import Video

from tests.builders import NOW, at
from tests.mux_payloads import ASSET_ID, PUBLIC_ID, SIGNED_ID, asset, event, rendition
from tests.mux_peer import make_mux_video, opened, with_facts
from tests.signing import KEY_ID, signing_pair

ENCODED, PUBLIC = signing_pair()
KEY = SigningKey(KEY_ID, ENCODED)
BOTH = [{"id": PUBLIC_ID, "policy": "public"}, {"id": SIGNED_ID, "policy": "signed"}]
HOUR = timedelta(hours=1)
PLAYBACK = MuxPlayback(
    MuxTokens(KEY), stream_url="https://stream.mux.com", image_url="https://image.mux.com/"
)


def make_ready(visibility: str = "private", status: str = "ready", **changes: object) -> Video:
    video = make_mux_video(*opened(), visibility=visibility)
    return with_facts(
        video, news(event("video.asset.updated", asset(status, **changes)), received_at=NOW).facts
    )


def claims(token: str, audience: str) -> dict[str, object]:
    unchecked: jwt.types.Options = {"verify_exp": False}
    return dict(jwt.decode(token, PUBLIC, algorithms=["RS256"], audience=audience, options=unchecked))


def test_trap_46_each_purpose_has_a_token_of_its_own() -> None:
    links = PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    for token, audience in (
        (links.playback_token, "v"),
        (links.thumbnail_token, "t"),
        (links.storyboard_token, "s"),
    ):
        said = claims(token, audience)
        assert (said["sub"], said["kid"], said["exp"]) == (SIGNED_ID, KEY_ID, int(at(3600).timestamp()))
        assert said["custom"] == {"viewer": "alice"}


def test_trap_16_urls_are_by_playback_id_and_carry_the_right_token() -> None:
    links = PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    assert links.playback_url == f"https://stream.mux.com/{SIGNED_ID}.m3u8?token={links.playback_token}"
    assert (
        links.thumbnail_url
        == f"https://image.mux.com/{SIGNED_ID}/thumbnail.jpg?token={links.thumbnail_token}"
    )
    assert (
        links.storyboard_url
        == f"https://image.mux.com/{SIGNED_ID}/storyboard.vtt?token={links.storyboard_token}"
    )
    assert ASSET_ID not in repr(links)


def test_trap_47_what_shapes_a_signed_picture_stands_in_the_claims_alone() -> None:
    links = PLAYBACK.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    assert claims(links.thumbnail_token, "t")["width"] == 640
    assert links.thumbnail_url is not None
    assert set(parse_qs(urlsplit(links.thumbnail_url).query)) == {"token"}


def test_trap_48_a_token_lives_as_long_as_the_video_lasts() -> None:
    long = make_ready(duration=7200.0)
    assert PLAYBACK.links(long, "alice", now=NOW, ttl=HOUR).expires_at == NOW + timedelta(minutes=130)
    assert PLAYBACK.links(long, "alice", now=NOW, ttl=timedelta(hours=5)).expires_at == NOW + timedelta(
        hours=5
    )


def test_trap_49_a_restriction_is_in_every_token_or_it_restricts_nothing() -> None:
    restricted = MuxPlayback(
        MuxTokens(KEY, restriction_id="RST1"), stream_url="https://s", image_url="https://i"
    )
    links = restricted.links(make_ready(), "alice", now=NOW, ttl=HOUR)
    for token, audience in (
        (links.playback_token, "v"),
        (links.thumbnail_token, "t"),
        (links.storyboard_token, "s"),
    ):
        assert claims(token, audience)["playback_restriction_id"] == "RST1"


@pytest.mark.parametrize("status", ["preparing", "errored"])
def test_trap_50_before_it_is_ready_there_is_nothing_to_play(status: str) -> None:
    links = PLAYBACK.links(make_ready(status=status), "alice", now=NOW, ttl=HOUR)
    assert (links.playback_url, links.thumbnail_url, links.playback_token) == ("", None, "")


def test_trap_22_a_private_video_never_plays_by_a_public_id() -> None:
    left_over = make_ready(playback_ids=BOTH)
    assert PUBLIC_ID not in repr(PLAYBACK.links(left_over, "alice", now=NOW, ttl=HOUR))
    assert PLAYBACK.links(make_ready(playback_ids=BOTH[:1]), "alice", now=NOW, ttl=HOUR).playback_url == ""


def test_a_public_video_plays_by_addresses_that_do_not_end() -> None:
    links = PLAYBACK.links(make_ready("public", playback_ids=BOTH), "public", now=NOW, ttl=HOUR)
    assert links.playback_url == f"https://stream.mux.com/{PUBLIC_ID}.m3u8"
    assert links.thumbnail_url == f"https://image.mux.com/{PUBLIC_ID}/thumbnail.jpg?width=640"
    assert claims(links.playback_token, "v")["sub"] == SIGNED_ID


def test_a_video_made_public_later_plays_by_its_signed_id_until_it_has_another() -> None:
    links = PLAYBACK.links(make_ready("public"), "public", now=NOW, ttl=HOUR)
    assert links.playback_url == f"https://stream.mux.com/{SIGNED_ID}.m3u8?token={links.playback_token}"


def test_the_best_file_is_downloaded_under_the_videos_name() -> None:
    files = [rendition(), rendition(name="360p.mp4", height=360, width=640)]
    video = make_ready(static_renditions={"files": files})
    download = PLAYBACK.download(video, now=NOW, ttl=HOUR)
    address = urlsplit(download.url)
    assert (address.path, parse_qs(address.query)["download"]) == (f"/{SIGNED_ID}/highest.mp4", ["holiday"])
    assert claims(parse_qs(address.query)["token"][0], "v")["sub"] == SIGNED_ID
    assert download.filename == "holiday.mp4"


def test_a_file_that_has_not_been_made_cannot_be_downloaded() -> None:
    with pytest.raises(Conflict) as caught:
        PLAYBACK.download(make_ready(), now=NOW, ttl=HOUR)
    assert caught.value.code == "download_not_ready"
