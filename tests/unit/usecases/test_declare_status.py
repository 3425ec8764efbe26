"""What an owner may say of a video: what it is, that it failed, data of their own; not that it goes back."""

from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.errors import Conflict, Forbidden, InvalidFields, NotFound, SluiceError
from sluice.domain.identity import Caller
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.declare_status import declare_status

from tests.builders import ALICE, BOB, PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.videos import FakeVideos


def declare(
    video: Video | None,
    status: str,
    metadata: dict[str, Any] | None = None,
    *,
    caller: Caller = ALICE,
    when: float = 9,
) -> Video:
    videos = FakeVideos(video) if video else FakeVideos()
    return declare_status(
        VIDEO_ID, caller, status=status, metadata=metadata, now=at(when), videos=videos, patience=PATIENCE
    )


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "complete"])
@pytest.mark.parametrize("when", [9, -9])
def test_an_owner_gives_a_video_up_whatever_it_is_and_whatever_the_clock_says(
    status: str, when: float
) -> None:
    video = declare(make_video(status), "error", when=when)
    assert video.status is Status.ERROR
    assert video.failure is not None
    assert video.failure.value.code == "failed_by_owner"


def test_what_has_failed_keeps_its_own_reason() -> None:
    video = declare(make_video("error"), "error")
    assert video.failure is not None
    assert video.failure.value.code == "not_a_video"


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "error"])
def test_what_it_is_may_be_said_and_data_of_its_own_are_added(status: str) -> None:
    known = make_video(status, custom={"album": "north", "size": 1})
    video = declare(known, status, {"size": 2, "format": "mp4"})
    assert (video.status, video.custom.value) == (
        known.status,
        {"album": "north", "size": 2, "format": "mp4"},
    )
    assert declare(known, status) == known


@pytest.mark.parametrize("status", ["uploading", "processing", "error"])
def test_nothing_is_ready_before_it_can_be_played(status: str) -> None:
    with pytest.raises(Conflict) as refused:
        declare(make_video(status), "ready")
    assert refused.value.code == "video_not_ready"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("ready", "uploading"),
        ("ready", "processing"),
        ("processing", "uploading"),
        ("uploading", "processing"),
        ("error", "processing"),
    ],
)
def test_nothing_goes_back_or_ahead_because_somebody_says_so(status: str, said: str) -> None:
    with pytest.raises(Conflict) as refused:
        declare(make_video(status), said)
    assert refused.value.code == "wrong_status"


def test_another_provider_speaks_for_itself() -> None:
    with pytest.raises(Conflict) as refused:
        declare(make_video("ready", provider="mux"), "ready")
    assert refused.value.code == "not_in_our_storage"


def test_data_that_are_too_long_in_all_change_nothing() -> None:
    with pytest.raises(InvalidFields):
        declare(make_video("ready", custom={"a": "x" * 3000}), "error", {"b": "x" * 3000})


@pytest.mark.parametrize(
    ("video", "caller", "error"),
    [
        (make_video("ready"), BOB, Forbidden),
        (None, ALICE, NotFound),
        (reduce(make_video("ready"), facts.DeletionRequested(at=at(9))), ALICE, NotFound),
    ],
)
def test_only_its_owner_speaks_for_a_video(
    video: Video | None, caller: Caller, error: type[SluiceError]
) -> None:
    with pytest.raises(error):
        declare(video, "error", caller=caller)
