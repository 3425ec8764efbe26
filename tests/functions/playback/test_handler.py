"""Playing a video: everything that a grant leads to opens, and nothing else does (S5)."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain import facts
from sluice.domain.keys import hls_prefix, poster_key, source_key, sprite_key, storyboard_key
from sluice.domain.video import Video, reduce

from functions.playback.handler import handler
from tests.builders import at, make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
TOKEN, URL = "POST /api/videos/{video_id}/token", "GET /api/videos/{video_id}/url"
DOWNLOAD = "GET /api/videos/{video_id}/download"
PLAYLIST = "GET /api/videos/{video_id}/hls/{file}"
STORYBOARD, POSTER = "GET /api/videos/{video_id}/storyboard.vtt", "GET /api/videos/{video_id}/poster.jpg"
MEDIA = '#EXTM3U\n#EXT-X-MAP:URI="720p-0000.mp4",BYTERANGE="2@0"\n#EXTINF:6,\n720p-0000.mp4\n#EXT-X-ENDLIST\n'
INDEX = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n720p.m3u8\n"

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def playable(deployed: Deployment, user: str, **changes: Any) -> Video:
    """A ready video with a stream, pictures and its source in the bucket."""
    video = make_video(
        "complete", video_id=new_video_id(datetime.now(UTC)), owner_id=user, filename="Fête.mp4", **changes
    )
    name = video.video_id
    pictures = facts.PicturesReady(at=at(9), poster=poster_key(name), storyboard=storyboard_key(name))
    objects = {
        f"{hls_prefix(name)}index.m3u8": INDEX,
        f"{hls_prefix(name)}720p.m3u8": MEDIA,
        f"{hls_prefix(name)}720p-0000.mp4": "media",
        storyboard_key(name): "WEBVTT\n\n00:00.000 --> 00:05.000\nstoryboard.jpg#xywh=0,0,1,1\n",
        sprite_key(name): "sprite",
        poster_key(name): "poster",
        source_key(user, name): "original",
    }
    for key, content in objects.items():
        deployed.put(key, content.encode())
    return deployed.has(reduce(video, pictures))


def grant(user: str | None, video: Video, **body: Any) -> dict[str, Any]:
    reply = call(TOKEN, user=user, body=body, video_id=video.video_id)
    assert reply["statusCode"] == 200, reply["body"]
    return answer_of(reply)


def opened(url: str) -> dict[str, Any]:
    """What our API answers to a URL that it gave out itself."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    match parts.path.split("/"):
        case ["", "api", "videos", video_id, "hls", file]:
            return call(PLAYLIST, query=query, video_id=video_id, file=file)
        case ["", "api", "videos", video_id, "storyboard.vtt"]:
            return call(STORYBOARD, query=query, video_id=video_id)
        case ["", "api", "videos", video_id, "poster.jpg"]:
            return call(POSTER, query=query, video_id=video_id)
        case _:
            raise AssertionError(f"not ours: {url}")


def test_every_url_that_a_grant_leads_to_opens_without_further_headers(
    deployed: Deployment, user: str, web: httpx.Client
) -> None:
    video = playable(deployed, user)
    given = grant(user, video)
    index = opened(given["playbackUrl"])
    assert index["headers"]["content-type"] == "application/vnd.apple.mpegurl"
    (listed,) = [line for line in index["body"].splitlines() if line and not line.startswith("#")]
    media = opened(urljoin(given["playbackUrl"], listed))
    urls = set(re.findall(r'https?://[^"\n]+', media["body"]))
    assert [web.get(url, headers={"Range": "bytes=0-1"}).content for url in urls] == [b"me"]
    cues = opened(given["storyboardUrl"])
    assert cues["headers"]["content-type"].startswith("text/vtt")
    (sprite,) = re.findall(r"https?://[^#\n]+", cues["body"])
    assert web.get(sprite).text == "sprite"
    assert web.get(given["thumbnailUrl"], follow_redirects=True).text == "poster"


def test_the_posters_own_address_leads_to_it(deployed: Deployment, user: str, web: httpx.Client) -> None:
    video = playable(deployed, user)
    token = grant(user, video)["tokens"]["thumbnail"]
    reply = call(POSTER, query={"token": token}, video_id=video.video_id)
    assert reply["statusCode"] == 302
    assert web.get(reply["headers"]["location"]).text == "poster"


def test_the_original_is_saved_under_its_name(deployed: Deployment, user: str, web: httpx.Client) -> None:
    video = playable(deployed, user)
    answer = answer_of(call(DOWNLOAD, user=user, video_id=video.video_id))
    saved = web.get(answer["downloadUrl"])
    assert saved.text == "original"
    assert "filename*=UTF-8''F%C3%AAte.mp4" in saved.headers["content-disposition"]
    assert (answer["filename"], answer["size"]) == ("Fête.mp4", 1_000_000)


def test_a_url_says_for_how_long_it_holds(deployed: Deployment, user: str) -> None:
    video = playable(deployed, user)
    answer = answer_of(call(URL, user=user, video_id=video.video_id))
    assert opened(answer["url"])["statusCode"] == 200
    assert (answer["videoId"], answer["title"]) == (video.video_id, "Holiday")
    assert 3590 <= answer["expiresIn"] <= 3600


@pytest.mark.parametrize("seconds", [60, 86_400])
def test_a_grant_holds_for_as_long_as_asked(deployed: Deployment, user: str, seconds: int) -> None:
    answer = grant(user, playable(deployed, user), ttlSeconds=seconds)
    left = datetime.fromisoformat(answer["expiresAt"]) - datetime.now(UTC)
    assert seconds - 10 <= left.total_seconds() <= seconds


@pytest.mark.parametrize("seconds", [59, 86_401, 0, -1, "60", 1.5, True])
def test_a_grant_for_a_time_that_cannot_be_had_is_refused(
    deployed: Deployment, user: str, seconds: Any
) -> None:
    video = playable(deployed, user)
    reply = call(TOKEN, user=user, body={"ttlSeconds": seconds}, video_id=video.video_id)
    assert reply["statusCode"] == 422


@pytest.mark.parametrize("status", ["uploading", "processing", "error"])
@pytest.mark.parametrize("key", [TOKEN, URL, DOWNLOAD])
def test_what_is_not_ready_cannot_be_played(deployed: Deployment, user: str, status: str, key: str) -> None:
    video = deployed.has(make_video(status, video_id=new_video_id(datetime.now(UTC)), owner_id=user))
    reply = call(key, user=user, video_id=video.video_id)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "video_not_ready")


def test_a_public_video_plays_for_anybody_and_its_original_is_its_owners(
    deployed: Deployment, user: str
) -> None:
    video = playable(deployed, user, visibility="public")
    for who in (None, "somebody"):
        assert opened(grant(who, video)["playbackUrl"])["statusCode"] == 200
        assert call(URL, user=who, video_id=video.video_id)["statusCode"] == 200
    assert call(DOWNLOAD, video_id=video.video_id)["statusCode"] == 401
    assert call(DOWNLOAD, user="somebody", video_id=video.video_id)["statusCode"] == 403


DOORS = [(PLAYLIST, "playback"), (STORYBOARD, "storyboard"), (POSTER, "thumbnail")]


@pytest.mark.parametrize(("key", "purpose"), DOORS)
def test_a_door_opens_for_its_own_purpose_and_video_alone(
    deployed: Deployment, user: str, key: str, purpose: str
) -> None:
    video, other = playable(deployed, user), playable(deployed, user)
    tokens, others = (grant(user, one)["tokens"] for one in (video, other))

    def status(query: dict[str, str]) -> int:
        file = {"file": "index.m3u8"} if key == PLAYLIST else {}
        return int(call(key, query=query, video_id=video.video_id, **file)["statusCode"])

    assert status({"token": tokens[purpose]}) in {200, 302}
    wrong = [token for name, token in tokens.items() if name != purpose]
    for token in [*wrong, others[purpose], tokens[purpose][:-2], "", "x", "\ud800"]:
        assert status({"token": token}) == 401
    assert status({}) == 401


def test_a_bearer_token_does_not_open_a_stream(deployed: Deployment, user: str) -> None:
    video = playable(deployed, user)
    assert call(PLAYLIST, user=user, query={}, video_id=video.video_id)["statusCode"] == 401


@pytest.mark.parametrize("file", ["1080p.m3u8", "720p-0000.mp4", "..%2Findex.m3u8", "../../x.m3u8", "\ud800"])
def test_only_playlists_that_there_are_can_be_had(deployed: Deployment, user: str, file: str) -> None:
    video = playable(deployed, user)
    token = grant(user, video)["token"]
    reply = call(PLAYLIST, query={"token": token}, video_id=video.video_id, file=file)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "playlist_not_found")


def test_a_deleted_video_plays_no_more_although_its_grant_has_not_expired(
    deployed: Deployment, user: str
) -> None:
    video = playable(deployed, user)
    given = grant(user, video)
    found = deployed.videos.find(video.video_id)
    assert found is not None
    deletion = facts.DeletionRequested(at=datetime.now(UTC))
    deployed.videos.replace(found, reduce(found.video, deletion), due_at=None)
    for url in (given["playbackUrl"], given["storyboardUrl"]):
        assert opened(url)["statusCode"] == 404


@pytest.mark.parametrize(("service", "key"), [("dynamodb", TOKEN), ("sts", TOKEN), ("sts", DOWNLOAD)])
def test_without_what_it_needs_it_says_when_to_come_again(
    deployed: Deployment, user: str, down: Down, service: str, key: str
) -> None:
    video = playable(deployed, user)
    with down(service):
        reply = call(key, user=user, body={}, video_id=video.video_id)
    assert (reply["statusCode"], int(reply["headers"]["retry-after"]) > 0) == (503, True)


def test_a_playlist_that_cannot_be_read_now_can_be_tried_again(
    deployed: Deployment, user: str, down: Down
) -> None:
    given = grant(user, playable(deployed, user))
    with down("s3"):
        reply = opened(given["playbackUrl"])
    assert (reply["statusCode"], "retry-after" in reply["headers"]) == (503, True)
