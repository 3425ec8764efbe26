"""From a link to a video that plays, through the real template: by our own worker, and by providers."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.clips import Clips
from tests.engine import unique
from tests.loopback import Behaviour, Handler, Site, answer, serves
from tests.stack import LocalStack

PATIENCE_SECONDS = 90
type Json = dict[str, Any]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video of a few seconds that plays as it is."""
    return Clips(tmp_path_factory.mktemp("import-clips"))["streamable"].read_bytes()


@pytest.fixture
def api(stack: LocalStack) -> Iterator[httpx.Client]:
    """The API for a new user."""
    with stack.client(unique("user")) as client:
        yield client


@pytest.fixture
def path() -> str:
    return f"/{unique('film')}.mp4"


def asked(api: httpx.Client, url: str, **more: Any) -> Json:
    reply = api.post("/api/videos/import", json={"videoUrl": url, **more})
    assert reply.status_code == 202, reply.text
    found: Json = reply.json()
    return found


def settled(api: httpx.Client, video_id: str) -> tuple[Json, list[int]]:
    """The video once it can be played or has failed, and the progress seen on the way."""
    deadline, seen = time.monotonic() + PATIENCE_SECONDS, [0]
    while True:
        video: Json = api.get(f"/api/videos/{video_id}").raise_for_status().json()
        seen.append(video["progress"] or seen[-1])
        if video["status"] in {"ready", "error"}:
            return video, seen
        assert time.monotonic() < deadline, f"still {video['status']} at {video['progress']} %"
        time.sleep(0.2)


def test_what_is_imported_plays_also_after_a_broken_connection(
    stack: LocalStack, api: httpx.Client, site: Site, path: str, clip: bytes
) -> None:
    url = site.has(f"{path}?token=hunter2", serves(clip, breaks_at=len(clip) // 2))
    made = asked(api, url, title="Harbour")
    video, seen = settled(api, made["videoId"])
    assert (video["status"], video["title"], video["metadata"]["size"]) == ("ready", "Harbour", len(clip))
    assert seen == sorted(seen)
    assert [asked.headers.get("range") for asked in site.asked(f"{path}?token=hunter2")] == [
        None,
        f"bytes={len(clip) // 2}-",
    ]
    playing = httpx.get(api.get(f"/api/videos/{made['videoId']}/url").json()["url"])
    assert playing.text.startswith("#EXTM3U")
    with stack.client() as nobody:
        status = f"/api/videos/{made['videoId']}/status"
        assert nobody.get(status).status_code == 401
        assert nobody.get(status, headers={"x-video-key": made["secretKey"]}).json()["status"] == "ready"
    for log in stack.data.rglob("*.log"):
        assert "hunter2" not in log.read_text(errors="replace"), log


def test_the_old_path_imports_as_well(api: httpx.Client, site: Site, path: str, clip: bytes) -> None:
    url = site.has(path, serves(clip))
    reply = api.post("/api/auth/video/download", json={"videoUrl": url})
    data = reply.json()["data"]
    assert (reply.status_code, data["status"]) == (200, "processing")
    video, _ = settled(api, data["videoId"])
    assert video["status"] == "ready"


@pytest.mark.parametrize("provider", ["mux", "cloudflare"])
def test_a_provider_fetches_it_by_itself(
    api: httpx.Client, site: Site, path: str, clip: bytes, provider: str
) -> None:
    made = asked(api, site.has(path, serves(clip)), provider=provider)
    assert (made["provider"], made["status"]) == (provider, "processing")
    video, _ = settled(api, made["videoId"])
    assert (video["status"], video["provider"]) == ("ready", provider)


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (answer(404), "import_http_404"),
        (answer(200, b"<!DOCTYPE html>", {"Content-Type": "text/html"}), "import_not_video"),
        (answer(302, b"", {"Location": "https://169.254.169.254/latest/"}), "import_refused_address"),
    ],
)
def test_what_cannot_be_imported_says_why(
    api: httpx.Client, site: Site, path: str, behaviour: Behaviour, code: str
) -> None:
    video, _ = settled(api, asked(api, site.has(path, behaviour))["videoId"])
    assert (video["status"], video["error"]["code"]) == ("error", code)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:{port}/", "http://localhost:{port}/", "https://10.0.0.1/"]
)
def test_what_is_not_public_is_refused_at_once(api: httpx.Client, site: Site, url: str) -> None:
    reply = api.post("/api/videos/import", json={"videoUrl": url.format(port=site.port)})
    assert (reply.status_code, reply.json()["code"]) == (422, "refused_address")


def test_a_video_that_is_deleted_while_it_is_fetched_leaves_nothing(
    stack: LocalStack, api: httpx.Client, site: Site, path: str, clip: bytes
) -> None:
    """R6."""
    videos: list[str] = []

    def deleted_meanwhile(handler: Handler) -> None:
        assert api.delete(f"/api/videos/{videos[0]}").status_code == 202
        serves(clip)(handler)

    url = site.has(path, answer(503))
    videos.append(asked(api, url)["videoId"])
    site.has(path, deleted_meanwhile)
    s3 = stack.aws("s3")
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"] if "media" in each["Name"].lower()]

    def left() -> list[str]:
        kept = s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        begun = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
        return [each["Key"] for each in (*kept, *begun) if videos[0] in each["Key"]]

    deadline = time.monotonic() + PATIENCE_SECONDS
    while api.get(f"/api/videos/{videos[0]}").status_code != 404 or left():
        assert time.monotonic() < deadline, left()
        time.sleep(0.2)
    assert api.get(f"/api/videos/{videos[0]}").status_code == 404
