"""From an upload to playback, through the real template and its state machine, with real clips."""

import re
import time
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.clips import Clips
from tests.integration.providers.departures import delete
from tests.integration.providers.driving import PURGES_TAKE_SECONDS
from tests.stack import LocalStack

PATIENCE_SECONDS = 120


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    return Clips(tmp_path_factory.mktemp("integration-clips"))


def upload(api: httpx.Client, name: str, body: bytes) -> str:
    """Upload a source as a browser does; the video's id."""
    wish = {"filename": f"{name} 🎬.mp4", "fileSize": max(1, len(body)), "mimeType": "video/mp4"}
    answer = api.post("/api/videos/upload-url", json=wish).raise_for_status().json()
    httpx.put(answer["uploadUrl"], content=body, headers=answer["upload"]["headers"]).raise_for_status()
    return str(answer["videoId"])


def settled(api: httpx.Client, video_id: str) -> tuple[dict[str, Any], list[int]]:
    """The video once nothing more will happen to it, and the progress seen on the way."""
    deadline, seen = time.monotonic() + PATIENCE_SECONDS, [0]
    while True:
        video = api.get(f"/api/videos/{video_id}").raise_for_status().json()
        seen.append(video["progress"] or seen[-1])
        if video["status"] == "error" or video["progress"] == 100:
            return video, seen
        assert time.monotonic() < deadline, f"still {video['status']} at {video['progress']} %"
        time.sleep(0.2)


def playlist(url: str) -> tuple[str, list[str]]:
    """A playlist's text, and the address of everything that it lists."""
    text = httpx.get(url).raise_for_status().text
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    named = re.findall(r'[:,]URI="([^"]+)"', text)
    return text, [urljoin(url, uri) for uri in (*listed, *named)]


@pytest.mark.parametrize(
    ("name", "renditions"),
    [("streamable", ["108p"]), ("rare_keyframes", ["108p"]), ("rotated", ["108p"]), ("hd", ["720p", "480p"])],
)
def test_what_is_uploaded_plays(stack: LocalStack, clips: Clips, name: str, renditions: list[str]) -> None:
    with stack.client("alice") as api:
        video_id = upload(api, name, clips[name].read_bytes())
        video, seen = settled(api, video_id)
        assert video["status"] == "ready"
        assert seen == sorted(seen)
        assert {rung["name"] for rung in video["metadata"]["renditions"]} == set(renditions)
        assert httpx.get(video["thumbnailUrl"], follow_redirects=True).headers["content-type"] == "image/jpeg"
        index, media = playlist(api.get(f"/api/videos/{video_id}/url").raise_for_status().json()["url"])
    assert re.findall(r"(\w+)\.m3u8\?", index.split("#EXT-X-STREAM-INF", 1)[1]) == renditions
    for url in media:
        text, objects = playlist(url)
        assert text.endswith("#EXT-X-ENDLIST\n")
        for item in set(objects):
            head = httpx.get(item, headers={"Range": "bytes=0-7"})
            assert (head.status_code, head.content[4:8]) == (206, b"ftyp")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("web_page", "not_a_video"),
        ("cut_behind_moov", "broken_source"),
        ("garbage_streamable", "broken_source"),
        ("huge", "dimensions_too_large"),
    ],
)
def test_what_cannot_play_says_why(stack: LocalStack, clips: Clips, name: str, code: str) -> None:
    with stack.client("alice") as api:
        video, _ = settled(api, upload(api, name, clips[name].read_bytes()))
    assert (video["status"], video["error"]["code"]) == ("error", code)
    assert video["error"]["message"].endswith(".")


def test_a_video_deleted_in_mid_encode_leaves_no_object(stack: LocalStack, clips: Clips) -> None:
    with stack.client("alice") as api:
        video_id = upload(api, "hd", clips["hd"].read_bytes())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while api.get(f"/api/videos/{video_id}").json()["status"] == "uploading":
            assert time.monotonic() < deadline
            time.sleep(0.1)
        delete(api, video_id)
    deadline = time.monotonic() + PURGES_TAKE_SECONDS
    s3 = stack.aws("s3")
    bucket = next(b["Name"] for b in s3.list_buckets()["Buckets"] if "media" in b["Name"].lower())
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < 8:
        keys = [
            item["Key"]
            for item in s3.list_objects_v2(Bucket=bucket).get("Contents", [])
            if video_id in item["Key"]
        ]
        if keys:
            quiet_since = time.monotonic()
        assert time.monotonic() < deadline, keys
        time.sleep(0.25)
