"""What an owner is told of a video that they deleted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.deletion import Receipt, StepTaken
from sluice.domain.video import Video
from sluice.edge import wiring

from functions.gallery.handler import handler
from tests.builders import at, make_video
from tests.deployment import Deployment, caller
from tests.events import answer_of

call = caller(handler)
READ = "GET /api/videos/{video_id}/deletion"

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]


def stored(deployed: Deployment, user: str, status: str = "deleted") -> Video:
    return deployed.has(make_video(status, video_id=new_video_id(datetime.now(UTC)), owner_id=user))


def test_a_receipt_says_what_was_removed_when_and_how_that_was_verified(
    deployed: Deployment, user: str
) -> None:
    video = stored(deployed, user)
    taken = [
        StepTaken(name="source", check="Listed again.", removed=1, verified=True),
        StepTaken(name="records", check="Read again.", removed=0, verified=True),
    ]
    receipt = Receipt(video_id=video.video_id, requested_at=at(2)).after(taken, at=at(3), last=False)
    wiring.receipts().write(receipt, 0)
    reply = call(READ, user=user, video_id=video.video_id)
    assert reply["statusCode"] == 200, reply["body"]
    asked, looked = "2026-03-01T12:00:02.000Z", "2026-03-01T12:00:03.000Z"
    source = {"name": "source", "removed": 1, "removedAt": looked, "verifiedAt": looked}
    records = {"name": "records", "removed": 0, "removedAt": None, "verifiedAt": looked}
    assert answer_of(reply) == {
        "videoId": video.video_id,
        "status": "complete",
        "requestedAt": asked,
        "completedAt": looked,
        "confirmedAt": None,
        "steps": [{**source, "verifiedHow": "Listed again."}, {**records, "verifiedHow": "Read again."}],
        "expiresAt": "2026-05-30T12:00:02.000Z",
    }


def test_before_anything_was_done_a_receipt_says_that_it_goes_on(deployed: Deployment, user: str) -> None:
    answer = answer_of(call(READ, user=user, video_id=stored(deployed, user).video_id))
    assert (answer["status"], answer["steps"], answer["completedAt"]) == ("in_progress", [], None)


def test_what_is_not_deleted_has_no_receipt(deployed: Deployment, user: str) -> None:
    reply = call(READ, user=user, video_id=stored(deployed, user, "ready").video_id)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "not_deleted")


def test_a_receipt_is_its_owners_alone(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    assert call(READ, video_id=video.video_id)["statusCode"] == 401
    assert call(READ, user=f"{user}-other", video_id=video.video_id)["statusCode"] == 404
    assert call(READ, user=user, video_id="x")["statusCode"] == 404


def test_without_the_table_it_says_when_to_come_again(deployed: Deployment, user: str, down: Down) -> None:
    video = stored(deployed, user)
    with down("dynamodb"):
        assert call(READ, user=user, video_id=video.video_id)["statusCode"] == 503
