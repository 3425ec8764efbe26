"""An owner's videos: listed, read, asked about, edited, deleted."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.keys import source_key
from sluice.domain.video import Status, Video, reduce
from sluice.edge import wiring

from functions.gallery.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
LIST, READ, STATUS = "GET /api/videos", "GET /api/videos/{video_id}", "GET /api/videos/{video_id}/status"
EDIT, DELETE = "PATCH /api/videos/{video_id}", "DELETE /api/videos/{video_id}"

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def fresh(user: str, status: str = "ready", *, age: float = 0, **changes: Any) -> Video:
    """A video that was asked for ``age`` seconds ago."""
    created = datetime.now(UTC) - timedelta(seconds=age)
    known = {"video_id": new_video_id(created), "owner_id": user, "created_at": created}
    return make_video(status, **{**known, **changes})


def listed(user: str, **query: str) -> dict[str, Any]:
    reply = call(LIST, user=user, query=query)
    assert reply["statusCode"] == 200, reply["body"]
    return answer_of(reply)


# ---------------------------------------------------------------- the list


def test_a_gallery_shows_its_owners_videos_newest_first_with_their_counts(
    deployed: Deployment, user: str
) -> None:
    statuses = ["uploading", "processing", "ready", "complete", "error", "deleted"]
    videos = [deployed.has(fresh(user, status, age=100 - n)) for n, status in enumerate(statuses)]
    answer = listed(user)
    assert [video["videoId"] for video in answer["videos"]] == [v.video_id for v in videos[4::-1]]
    counts = {name: answer[f"{name}Count"] for name in ("total", "ready", "processing", "failed")}
    assert counts == {"total": 5, "ready": 2, "processing": 2, "failed": 1}
    assert answer["nextCursor"] is None


def test_an_empty_gallery_is_empty(user: str) -> None:
    answer = listed(user)
    assert (answer["videos"], answer["totalCount"], answer["nextCursor"]) == ([], 0, None)


def test_a_page_goes_on_where_the_last_one_ended(deployed: Deployment, user: str) -> None:
    videos = [deployed.has(fresh(user, age=n)) for n in range(5)]
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = listed(user, **query)
        seen += [video["videoId"] for video in page["videos"]]
        if page["nextCursor"] is None:
            break
        query["cursor"] = page["nextCursor"]
    assert seen == [video.video_id for video in videos]


def test_a_status_filters(deployed: Deployment, user: str) -> None:
    ready, failed = (deployed.has(fresh(user, status)) for status in ("ready", "error"))
    assert [v["videoId"] for v in listed(user, status="ready")["videos"]] == [ready.video_id]
    assert [v["videoId"] for v in listed(user, status="error")["videos"]] == [failed.video_id]
    assert listed(user, status="uploading")["videos"] == []


def test_a_cursor_is_good_for_its_owner_its_filter_and_its_spelling_alone(
    deployed: Deployment, user: str
) -> None:
    for n in range(2):
        deployed.has(fresh(user, age=n))
    cursor = listed(user, limit="1")["nextCursor"]
    assert cursor is not None
    for who, query in (
        (f"{user}-other", {"cursor": cursor}),
        (user, {"cursor": cursor, "status": "ready"}),
        (user, {"cursor": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")}),
        (user, {"cursor": cursor + "!"}),
        (user, {"cursor": "x"}),
    ):
        reply = call(LIST, user=who, query=query)
        assert (reply["statusCode"], answer_of(reply)["code"]) == (400, "invalid_cursor")


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"status": "deleted"}, {"status": "x"}]
)
def test_a_query_that_is_not_valid_is_refused(user: str, query: dict[str, str]) -> None:
    assert call(LIST, user=user, query=query)["statusCode"] == 422


# ---------------------------------------------------------------- one video


def test_a_video_is_shown_in_the_contracts_words(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user, "complete", custom={"album": "Summer", "n": [1, 2.5]}))
    shown = answer_of(call(READ, user=user, video_id=video.video_id))
    assert {name: shown[name] for name in ("videoId", "title", "filename", "status", "progress")} == {
        "videoId": video.video_id,
        "title": "Holiday",
        "filename": "holiday.mp4",
        "status": "ready",
        "progress": 100,
    }
    assert shown["custom"] == {"album": "Summer", "n": [1, 2.5]}
    assert (shown["duration"], shown["error"], shown["visibility"]) == (12.5, None, "private")
    assert shown["metadata"] == {
        "duration": 12.5, "size": 1_000_000, "format": "mp4", "width": 1280, "height": 720, "bitrate": None,
        "codec": "h264", "frameRate": 30.0, "hasAudio": True,
        "renditions": [{"name": "720p", "width": 1280, "height": 720, "bitrate": 2_500_000}],
    }  # fmt: skip
    for name in ("createdAt", "updatedAt", "processedAt"):
        assert shown[name].endswith("Z")
        assert len(shown[name]) == len("2026-03-01T12:00:00.000Z")


def test_a_video_that_is_not_ready_has_nothing_to_play(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user, "uploading", mime_type="video/webm;codecs=vp9"))
    shown = answer_of(call(READ, user=user, video_id=video.video_id))
    assert (shown["playbackUrl"], shown["thumbnailUrl"], shown["storyboardUrl"]) == (None, None, None)
    assert (shown["status"], shown["progress"], shown["processedAt"]) == ("uploading", None, None)
    assert (shown["metadata"]["format"], shown["metadata"]["size"]) == ("webm", 1_000_000)


def test_a_failed_video_says_why(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user, "error"))
    shown = answer_of(call(READ, user=user, video_id=video.video_id))
    assert shown["error"] == {"code": "not_a_video", "message": "This is not a video."}


STRANGE = ["x", "vid_1", "a" * 3000, "%00", "vid_\ud800", "..", "vid_0195a1c2-0000-7000-8000-00000000000g"]


@pytest.mark.parametrize("video_id", STRANGE, ids=lambda video_id: ascii(video_id)[:30])
def test_whatever_is_no_id_is_not_found(user: str, video_id: str) -> None:
    for key in (READ, STATUS, DELETE):
        reply = call(key, user=user, video_id=video_id)
        assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "video_not_found")
    assert call(EDIT, user=user, body={"title": "x"}, video_id=video_id)["statusCode"] == 404


# ---------------------------------------------------------------- its status


def status_of(user: str | None, video: Video) -> dict[str, Any]:
    reply = call(STATUS, user=user, video_id=video.video_id)
    assert reply["statusCode"] == 200, reply["body"]
    return answer_of(reply)


def test_a_status_says_all_that_polling_needs(deployed: Deployment, user: str) -> None:
    answer = status_of(user, deployed.has(fresh(user, "complete")))
    assert set(answer) == {
        "videoId", "status", "progress", "playbackUrl", "thumbnailUrl", "duration", "provider", "error",
    }  # fmt: skip
    assert (answer["status"], answer["progress"]) == ("ready", 100)


def test_polling_finds_a_source_of_which_nobody_was_told(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user, "uploading", age=60))
    deployed.put(source_key(user, video.video_id))
    assert status_of(user, video)["status"] == "processing"
    assert deployed.state_of(video.video_id).status is Status.PROCESSING


def test_polling_finds_an_execution_that_failed_without_a_word(deployed: Deployment, user: str) -> None:
    reference = wiring.executions().start(new_video_id(datetime.now(UTC)), {})

    def worked_on() -> Video:
        video = fresh(user, "uploading", age=60)
        return deployed.has(reduce(video, facts.ProcessingStarted(at=video.created_at, reference=reference)))

    assert status_of(user, worked_on())["status"] == "processing"
    wiring.executions().stop(reference)
    answer = status_of(user, worked_on())
    assert (answer["status"], answer["error"]["code"]) == ("error", "processing_failed")


def test_polling_asks_at_most_once_an_interval(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user, "uploading", age=60))
    assert status_of(user, video)["status"] == "uploading"
    deployed.put(source_key(user, video.video_id))
    assert status_of(user, video)["status"] == "uploading"


def test_a_video_of_which_something_was_heard_just_now_is_not_asked_about(
    deployed: Deployment, user: str, down: Down
) -> None:
    video = deployed.has(fresh(user, "uploading", age=1))
    with down("s3"):
        assert status_of(user, video)["status"] == "uploading"


@pytest.mark.parametrize("status", ["complete", "error"])
def test_a_settled_video_is_answered_from_the_table_alone(
    deployed: Deployment, user: str, down: Down, status: str
) -> None:
    video = deployed.has(fresh(user, status, age=60))
    with down("s3", "stepfunctions"):
        assert status_of(user, video)["status"] in {"ready", "error"}


# ---------------------------------------------------------------- changes


def test_an_edit_changes_what_it_names_and_is_kept(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user))
    changes = {"title": "Neu 🎬", "visibility": "public", "custom": {"a": None}}
    reply = call(EDIT, user=user, body=changes, video_id=video.video_id)
    assert reply["statusCode"] == 200
    for shown in (answer_of(reply), answer_of(call(READ, user=user, video_id=video.video_id))):
        assert {name: shown[name] for name in changes} == changes


def test_an_edit_of_nothing_changes_nothing(deployed: Deployment, user: str) -> None:
    video = deployed.has(fresh(user))
    assert answer_of(call(EDIT, user=user, body={}, video_id=video.video_id))["title"] == "Holiday"


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"title": ""}, 422), ({"title": "a" * 201}, 422), ({"title": 1}, 422), ({"visibility": "x"}, 422),
     ({"custom": []}, 422), ({"custom": {"k": "x" * 4096}}, 422), ("{", 400), ("[]", 400)],
    ids=lambda value: json.dumps(value)[:30],
)  # fmt: skip
def test_an_edit_that_is_not_valid_is_refused(
    deployed: Deployment, user: str, changes: Any, status: int
) -> None:
    video = deployed.has(fresh(user))
    assert call(EDIT, user=user, body=changes, video_id=video.video_id)["statusCode"] == status
    assert deployed.state_of(video.video_id) == video


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "error"])
def test_a_deleted_video_is_gone_from_every_answer_at_once(
    deployed: Deployment, user: str, status: str
) -> None:
    video = deployed.has(fresh(user, status))
    reply = call(DELETE, user=user, video_id=video.video_id)
    assert (reply["statusCode"], reply["body"]) == (202, "")
    assert listed(user)["videos"] == []
    assert deployed.videos.counts(user) == Counts()
    for key in (READ, STATUS, DELETE):
        assert call(key, user=user, video_id=video.video_id)["statusCode"] == 404
    assert call(EDIT, user=user, body={"title": "x"}, video_id=video.video_id)["statusCode"] == 404


# ---------------------------------------------------------------- who may


def test_a_public_videos_status_is_for_everybody_and_the_rest_its_owners(
    deployed: Deployment, user: str
) -> None:
    video = deployed.has(fresh(user, visibility="public"))
    for who in (None, "somebody"):
        assert status_of(who, video)["status"] == "ready"
    assert call(READ, video_id=video.video_id)["statusCode"] == 401
    assert call(READ, user="somebody", video_id=video.video_id)["statusCode"] == 403
    assert call(DELETE, user="somebody", video_id=video.video_id)["statusCode"] == 403


def test_a_stranger_learns_nothing_of_what_is_private_deleted_or_never_was(
    deployed: Deployment, user: str
) -> None:
    videos = [
        deployed.has(fresh(user)),
        deployed.has(fresh(user, "deleted", visibility="public")),
        fresh(user),
    ]
    replies = [call(STATUS, video_id=video.video_id) for video in videos]
    assert {reply["statusCode"] for reply in replies} == {401}
    assert len({answer_of(reply)["error"] for reply in replies}) == 1


# ---------------------------------------------------------------- upstream down


@pytest.mark.parametrize("service", ["dynamodb", "sts"])
def test_without_what_it_needs_a_gallery_says_when_to_come_again(
    deployed: Deployment, user: str, down: Down, service: str
) -> None:
    video = deployed.has(fresh(user))
    with down(service):
        replies = [call(LIST, user=user), call(READ, user=user, video_id=video.video_id)]
    for reply in replies:
        assert (reply["statusCode"], int(reply["headers"]["retry-after"]) > 0) == (503, True)


@pytest.mark.parametrize(("service", "status"), [("s3", "uploading"), ("stepfunctions", "processing")])
def test_a_poll_that_cannot_ask_the_provider_says_what_the_table_knows(
    deployed: Deployment, user: str, down: Down, service: str, status: str
) -> None:
    video = deployed.has(fresh(user, status, age=60))
    with down(service):
        assert status_of(user, video)["status"] == status
    assert deployed.state_of(video.video_id) == video


def test_without_its_secrets_nobody_can_be_known(deployed: Deployment, user: str, down: Down) -> None:
    with down("secretsmanager"):
        assert call(LIST, user=user)["statusCode"] == 503
