"""What a token opens: one video, one purpose, for as long as it holds (S5)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sluice.adapters.s3.tokens import PlaybackTokens, Purpose
from sluice.domain import facts
from sluice.domain.errors import NotFound, SluiceError, Unauthenticated
from sluice.domain.video import Video, reduce
from sluice.usecases.serve_stream import Streams

from tests.builders import NOW, VIDEO_ID, at, make_video, video_id
from tests.fakes.videos import FakeVideos

FOLDER = f"videos/{VIDEO_ID}"
INDEX = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",URI="audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="audio"
720p.m3u8
"""
MEDIA = """#EXTM3U
#EXT-X-MAP:URI="720p-0000.mp4",BYTERANGE="10@0"
#EXTINF:6.0,
#EXT-X-BYTERANGE:10@10
720p-0000.mp4
#EXT-X-ENDLIST
"""
CUES = "WEBVTT\n\n00:00.000 --> 00:05.000\nstoryboard.jpg#xywh=0,0,160,90\n"
TOKENS = PlaybackTokens("s" * 64)


class Bucket:
    """``StreamFiles`` and ``UrlSigner`` in memory."""

    def __init__(self) -> None:
        self.texts = {
            f"{FOLDER}/hls/index.m3u8": INDEX,
            f"{FOLDER}/hls/720p.m3u8": MEDIA,
            f"{FOLDER}/storyboard.vtt": CUES,
            f"{FOLDER}/hls/secret.txt": "secret",
            f"videos/{video_id(2)}/hls/index.m3u8": "another's",
        }

    def text(self, key: str) -> str | None:
        return self.texts.get(key)

    def url(self, key: str, *, now: datetime, ttl: timedelta) -> str:
        return f"https://signed/{key}?seconds={int(ttl.total_seconds())}"


def ready() -> Video:
    pictures = facts.PicturesReady(
        at=at(7), poster=f"{FOLDER}/poster.jpg", storyboard=f"{FOLDER}/storyboard.vtt"
    )
    return reduce(make_video("complete"), pictures)


def streams(video: Video | None = None) -> Streams:
    bucket = Bucket()
    return Streams(FakeVideos(video or ready()), bucket, bucket, TOKENS)


def token(purpose: Purpose = "playback", video: str = VIDEO_ID, seconds: int = 600) -> str:
    return TOKENS.mint(video, purpose, "alice", now=NOW, ttl=timedelta(seconds=seconds)).token


def test_the_index_passes_the_token_on_to_every_playlist_it_names() -> None:
    ours = token()
    served = streams().playlist(VIDEO_ID, "index.m3u8", ours, now=NOW)
    assert f'URI="audio.m3u8?token={ours}"' in served
    assert f"\n720p.m3u8?token={ours}\n" in served


def test_a_playlist_signs_every_object_it_names_for_as_long_as_the_token_holds() -> None:
    served = streams().playlist(VIDEO_ID, "720p.m3u8", token(seconds=600), now=at(100))
    urls = re.findall(r"https://[^\"\n]+", served)
    assert urls == [f"https://signed/{FOLDER}/hls/720p-0000.mp4?seconds=500"] * 2
    assert "\n720p" not in served


def test_the_storyboards_cues_point_to_a_signed_picture() -> None:
    served = streams().storyboard(VIDEO_ID, token("storyboard"), now=NOW)
    assert f"https://signed/{FOLDER}/storyboard.jpg?seconds=600#xywh=0,0,160,90" in served


def test_the_poster_is_a_signed_url() -> None:
    served = streams().poster(VIDEO_ID, token("thumbnail"), now=NOW)
    assert served == f"https://signed/{FOLDER}/poster.jpg?seconds=600"


type Open = Callable[[Streams, str, datetime], str]
DOORS: dict[Purpose, Open] = {
    "playback": lambda streams, token, now: streams.playlist(VIDEO_ID, "index.m3u8", token, now=now),
    "storyboard": lambda streams, token, now: streams.storyboard(VIDEO_ID, token, now=now),
    "thumbnail": lambda streams, token, now: streams.poster(VIDEO_ID, token, now=now),
}
purposes = pytest.mark.parametrize("purpose", list(DOORS))


@purposes
def test_each_purpose_opens_its_own_door_alone(purpose: Purpose) -> None:
    for door, enter in DOORS.items():
        if door == purpose:
            assert enter(streams(), token(purpose), NOW)
        else:
            with pytest.raises(Unauthenticated):
                enter(streams(), token(purpose), NOW)


@purposes
@pytest.mark.parametrize("bad", ["", "x", "a.b.c"])
def test_without_a_good_token_no_door_opens(purpose: Purpose, bad: str) -> None:
    with pytest.raises(Unauthenticated):
        DOORS[purpose](streams(), bad, NOW)


@purposes
def test_a_token_of_another_video_opens_nothing_of_this_one(purpose: Purpose) -> None:
    with pytest.raises(Unauthenticated):
        DOORS[purpose](streams(), token(purpose, video_id(2)), NOW)


@purposes
def test_a_token_opens_nothing_once_it_has_expired(purpose: Purpose) -> None:
    ours = token(purpose, seconds=60)
    assert DOORS[purpose](streams(), ours, at(59.999))
    with pytest.raises(Unauthenticated):
        DOORS[purpose](streams(), ours, at(60))


@purposes
def test_a_token_of_a_deleted_video_opens_nothing(purpose: Purpose) -> None:
    deleted = reduce(ready(), facts.DeletionRequested(at=at(9)))
    with pytest.raises(NotFound):
        DOORS[purpose](streams(deleted), token(purpose), NOW)


@pytest.mark.parametrize(
    "name",
    ["", "other.m3u8", "secret.txt", "../hls/index.m3u8", "index.m3u8\n", "index.m3u8?x", ".m3u8",
     f"../../{video_id(2)}/hls/index.m3u8", "%2e%2e/x.m3u8", "a" * 41 + ".m3u8", "ä.m3u8", "\ud800.m3u8"],
)  # fmt: skip
def test_only_playlists_of_this_video_can_be_had(name: str) -> None:
    with pytest.raises(NotFound):
        streams().playlist(VIDEO_ID, name, token(), now=NOW)


@pytest.mark.parametrize("status", ["uploading", "processing", "error"])
def test_what_is_not_there_yet_is_not_found(status: str) -> None:
    for purpose in ("storyboard", "thumbnail"):
        error: type[SluiceError] = NotFound
        with pytest.raises(error):
            DOORS[purpose](streams(make_video(status)), token(purpose), NOW)
