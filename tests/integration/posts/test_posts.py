"""From an upload to a post that others like, through the real template on the local stack."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import jwt
import pytest

from tests.clips import Clips
from tests.engine import unique
from tests.integration.providers.driving import Json, ready, send, until
from tests.stack import LocalStack, is_too_busy

USERS = 64


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video of a few seconds."""
    return Clips(tmp_path_factory.mktemp("post-clips"))["streamable"].read_bytes()


@pytest.fixture
def api(stack: LocalStack) -> Iterator[httpx.Client]:
    with stack.client(unique("user")) as client:
        yield client


def test_the_upload_flow_from_the_request_to_the_post(
    stack: LocalStack, api: httpx.Client, clip: bytes
) -> None:
    """upload-flow.md, request by request: upload URL, upload, polling, post."""
    wish = {"filename": "a.mp4", "fileSize": len(clip), "mimeType": "video/mp4", "metadata": {"scene": 4}}
    ticket = api.post("/api/videos/upload-url", json=wish).raise_for_status().json()
    assert set(ticket) >= {"videoId", "uploadUrl", "provider", "expiresAt"}
    video_id = ticket["videoId"]
    body = {"content": "Look!", "videoId": video_id, "type": "video"}
    early = api.post("/api/posts", json=body)
    assert (early.status_code, early.json()["code"], early.json()["error"][-1]) == (
        409,
        "video_not_ready",
        ".",
    )
    send(ticket, clip)

    def polled() -> Json | None:
        answer: Json = api.get(f"/api/videos/{video_id}/status").raise_for_status().json()
        assert set(answer) >= {"videoId", "status", "playbackUrl", "thumbnailUrl", "duration", "provider"}
        return answer if answer["status"] == "ready" else None

    status = until(polled, "the video is ready")
    with stack.client("stranger") as stranger:
        refused = stranger.post("/api/posts", json=body)
        assert (refused.status_code, refused.json()["code"]) == (404, "video_not_found")

    answer = api.post("/api/posts", json=body)
    assert answer.is_success, answer.text
    post = answer.json()
    claims = jwt.decode(api.headers["authorization"].split()[1], options={"verify_signature": False})
    assert post | {"id": 0, "timestamp": 0, "media": 0, "author": 0} == {
        "id": 0,
        "timestamp": 0,
        "media": 0,
        "author": 0,
        "community": None,
        "content": "Look!",
        "type": "video",
        "isLiked": False,
        "isSaved": False,
        "likes": 0,
        "comments": 0,
        "shares": 0,
        "views": 0,
    }
    assert set(post["author"]) == {"id", "name", "username", "avatar", "verified"}
    assert (post["author"]["id"], post["author"]["name"]) == (claims["sub"], claims["name"])
    assert post["timestamp"].endswith("Z")
    media = post["media"]
    assert set(media) == {"type", "videoId", "url", "thumbnail", "duration"}
    assert (media["type"], media["videoId"], media["duration"]) == ("video", video_id, status["duration"])
    assert httpx.get(media["url"]).text.startswith("#EXTM3U")
    without = api.post("/api/posts", json={"content": "No video.", "type": "text"}).json()
    assert (without["type"], without["media"]) == ("text", None)

    ready(api, video_id)
    assert api.delete(f"/api/videos/{video_id}").status_code == 202
    seen = api.get(f"/api/posts/{post['id']}").json()
    assert (seen["media"], seen["type"], seen["content"]) == (None, "video", "Look!")
    with stack.client() as nobody:
        assert nobody.post("/api/posts", json=body).status_code == 401


def test_64_users_like_one_post_at_once(stack: LocalStack, api: httpx.Client) -> None:
    """R3, with a request of each user's own that comes twice."""
    community = api.post("/api/communities", json={"name": "Harbours"}).json()
    post = api.post("/api/posts", json={"content": "x", "communityId": community["id"]}).json()
    path = f"/api/posts/{post['id']}"

    tokens = [stack.token(f"reader-{number}") for number in range(USERS)]
    with (
        httpx.Client(base_url=stack.base_url, timeout=40) as readers,
        ThreadPoolExecutor(USERS) as pool,
    ):

        def call(token: str, how: str, what: str) -> int:
            """How many times they had to be asked again: 64 at once are many for two processors."""
            headers = {"authorization": f"Bearer {token}"}
            for again in range(30):
                answer = readers.request(how, f"{path}/{what}", headers=headers)
                if not is_too_busy(answer):
                    assert answer.status_code == 200, answer.text
                    return again
                time.sleep(2)
            raise AssertionError(f"{how} {path}/{what} was never answered")

        def react(token: str) -> int:
            for _ in range(2):
                call(token, "PUT", "like")
            return call(token, "POST", "view")

        seen_again = sum(pool.map(react, tokens))
    with stack.client("reader-5") as reader:
        assert reader.delete(f"{path}/like").json()["likes"] == USERS - 1
        assert reader.put(f"{path}/save").json()["isSaved"] is True
        said = reader.post(f"{path}/comments", json={"content": "Well said."}).json()
        assert reader.get(f"{path}/comments").json() == {"comments": [said], "nextCursor": None}
        (seen,) = reader.get("/api/posts", params={"communityId": community["id"]}).json()["posts"]
        assert reader.delete(path).status_code == 403
    assert USERS <= seen["views"] <= USERS + seen_again  # an answer that was lost may have counted
    counts = {name: seen[name] for name in ("likes", "comments", "shares", "isLiked", "isSaved")}
    assert counts == {
        "likes": USERS - 1,
        "comments": 1,
        "shares": 0,
        "isLiked": False,
        "isSaved": True,
    }
    assert api.delete(path).status_code == 204
    assert api.delete(path).status_code == 404
    assert api.get("/api/posts", params={"communityId": community["id"]}).json()["posts"] == []
