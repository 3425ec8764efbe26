"""s3-bucket.md, request by request, as the frontend that it describes speaks: all fields it documents."""

from collections.abc import Iterator

import httpx
import jwt
import pytest

from tests.engine import unique
from tests.integration.providers.driving import Json, until
from tests.loopback import Site, serves
from tests.stack import LocalStack

SCRIPT = {
    "hook": "Video prompt",
    "body": "Video description",
    "conclusion": "Video conclusion",
    "company_name": "Company Name",
    "social_handles": "@handle",
    "license": "License Info",
    "avatar": "Avatar Name",
}
GALLERY, STATUS, DELETE = "/api/auth/video/gallery", "/api/auth/video/status", "/api/auth/video/delete"
GENERATE, DOWNLOAD = "/api/auth/create-video/generate-video", "/api/auth/video/download"


class Frontend:
    """The document's client, signed in as a new user."""

    def __init__(self, client: httpx.Client, token: str) -> None:
        claims = jwt.decode(token, options={"verify_signature": False})
        self.user_id, self.email = str(claims["sub"]), str(claims["email"])
        self._client = client

    def asked(self, method: str, path: str, **given: object) -> httpx.Response:
        """``given`` goes as JSON, or in the query of a GET."""
        if method == "GET":
            return self._client.get(path, params={name: str(value) for name, value in given.items()})
        return self._client.request(method, path, json=given)

    def told(self, method: str, path: str, message: str, **given: object) -> Json:
        """The data inside the envelope of a success."""
        answer = self.asked(method, path, **given)
        assert answer.status_code == 200, answer.text
        said: Json = answer.json()
        assert (said["success"], said["message"]) == (True, message)
        data: Json = said["data"]
        return data

    def gallery(self) -> Json:
        return self.told("GET", GALLERY, "Video gallery retrieved successfully", userId=self.user_id)

    def video(self, video_id: str) -> Json | None:
        """A video of the gallery once it is ready."""
        shown = {one["videoId"]: one for one in self.gallery()["videos"]}
        return shown[video_id] if shown[video_id]["status"] == "ready" else None


def opens_for_anybody(stack: LocalStack, video_id: str, key: str) -> None:
    """A video's key opens it, is written down nowhere, and no other opens it."""
    path = f"/api/videos/{video_id}/download"
    with stack.client() as anybody:
        assert anybody.get(path).status_code == 401
        assert anybody.get(path, params={"key": key[::-1]}).status_code == 403
        assert anybody.get(path, headers={"X-Video-Key": key}).status_code == 200
        assert anybody.get(path, params={"key": key}).status_code == 200
    for log in stack.data.glob("*.log"):
        assert key not in log.read_text(errors="replace"), log


@pytest.fixture
def frontend(stack: LocalStack) -> Iterator[Frontend]:
    name = unique("reader")
    with stack.client(name) as client:
        yield Frontend(client, stack.token(name))


def test_a_video_is_generated_stored_shown_downloaded_and_deleted(
    frontend: Frontend, stack: LocalStack
) -> None:
    made = frontend.told("POST", GENERATE, "Video generated successfully", **SCRIPT, email=frontend.email)
    assert made.keys() >= {"videoUrl", "status", "timestamp"}
    assert made["status"] == "ready"

    stored = frontend.told(
        "POST",
        DOWNLOAD,
        "Video download started successfully",
        videoUrl=made["videoUrl"],
        userEmail=frontend.email,
    )
    assert stored.keys() >= {"videoId", "title", "s3Key", "secretKey", "status", "size", "createdAt"}
    video_id = stored["videoId"]
    assert stored["s3Key"].endswith(f"/{video_id}/source")

    video = until(lambda: frontend.video(video_id), "it is stored and ready", every=0.5)
    assert video.keys() >= {"videoId", "title", "status", "createdAt", "updatedAt", "metadata", "downloadUrl"}
    assert video["metadata"].keys() >= {"duration", "size", "format"}
    assert video["createdAt"] == stored["createdAt"]
    saved = httpx.get(video["downloadUrl"])
    assert (saved.status_code, len(saved.content)) == (200, video["metadata"]["size"])
    opens_for_anybody(stack, video_id, stored["secretKey"])

    said = {"duration": 120, "size": 10485760, "format": "mp4"}
    changed = frontend.told(
        "PUT",
        STATUS,
        "Video status updated successfully",
        userId=frontend.user_id,
        videoId=video_id,
        status="ready",
        metadata=said,
    )
    assert (changed["videoId"], changed["status"]) == (video_id, "ready")
    assert changed["custom"].items() >= said.items()
    assert "generated" in changed["custom"], "what a model made stays labelled"

    before = frontend.gallery()
    assert before["totalCount"] == sum(before[f"{name}Count"] for name in ("ready", "processing", "failed"))
    named = {"userId": frontend.user_id, "videoId": video_id}
    gone = frontend.told("DELETE", DELETE, "Video deleted successfully", **named)
    assert gone["videoId"] == video_id
    after = frontend.gallery()
    assert after["totalCount"] == before["totalCount"] - 1
    assert video_id not in {one["videoId"] for one in after["videos"]}
    assert frontend.asked("DELETE", DELETE, **named).status_code == 404


def test_a_video_that_takes_its_time_is_told_to_do_so(frontend: Frontend) -> None:
    message = "Video generation request submitted successfully"
    told = frontend.told("POST", GENERATE, message, **{**SCRIPT, "avatar": "silent"}, email=frontend.email)
    assert told.keys() >= {"status", "estimatedTime", "timestamp", "message"}
    assert (told["status"], told["estimatedTime"]) == ("processing", 15)
    assert "15 minutes" in told["message"]


def test_whoever_it_is_not_is_refused_and_what_is_missing_is_said(
    frontend: Frontend, stack: LocalStack, site: Site, clip: bytes
) -> None:
    url = site.has("/stored.mp4", serves(clip))
    with stack.client("another") as other:
        other.get("/api/videos").raise_for_status()
        theirs = jwt.decode(stack.token("another"), options={"verify_signature": False})
    for email, status in ((unique("nobody") + "@example.com", 404), (theirs["email"], 403)):
        assert frontend.asked("POST", DOWNLOAD, videoUrl=url, userEmail=email).status_code == status
    for method, path, given in (
        ("GET", GALLERY, {}),
        ("PUT", STATUS, {"videoId": "x", "status": "ready"}),
        ("DELETE", DELETE, {"videoId": "x"}),
    ):
        assert frontend.asked(method, path, **given, userId=theirs["sub"]).status_code == 403
    for method, path in (("POST", GENERATE), ("POST", DOWNLOAD), ("PUT", STATUS), ("DELETE", DELETE)):
        refused = frontend.asked(method, path)
        assert refused.status_code == 422
        assert refused.json().keys() >= {"error", "code", "requestId", "details"}
