"""Asking for an upload: the table knows of it before the provider does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sluice.domain.counts import Counts
from sluice.domain.errors import Conflict, NotFound, OutcomeUnknown, ProviderRefused, SluiceError, Unavailable
from sluice.domain.video import Status, Video
from sluice.usecases.provider_ports import UploadGrant
from sluice.usecases.request_upload import Origin, request_upload, take_up_upload

from tests.builders import ALICE, NOW, PATIENCE, VIDEO_ID, at, make_video, make_wish
from tests.fakes.provider import FakeUploads
from tests.fakes.videos import FakeVideos


def ask(videos: FakeVideos, provider: FakeUploads, **changes: Any) -> tuple[Video, UploadGrant]:
    origin = Origin(caller=ALICE, video_id=VIDEO_ID, correlation_id="r", provider="s3", now=NOW)
    return request_upload(
        make_wish(**changes),
        origin,
        videos=videos,
        provider=provider,
        ttl=timedelta(hours=6),
        patience=PATIENCE,
    )


def test_the_video_is_written_as_its_client_described_it() -> None:
    videos = FakeVideos()
    video, grant = ask(videos, FakeUploads(), size_bytes=5, title="T", custom={"a": 1}, visibility="public")
    found = videos.find(VIDEO_ID)
    assert found is not None
    assert found.video == video
    assert (video.status, video.owner_id, video.title.value) == (Status.UPLOADING, "alice", "T")
    assert (video.custom.value, video.visibility.value) == ({"a": 1}, "public")
    assert (video.upload.protocol, video.upload.expires_at) == ("put", NOW + timedelta(hours=6))
    assert grant.upload_url.startswith("https://")
    assert videos.counts("alice") == Counts(processing=1)


def test_what_is_left_out_has_a_sensible_value() -> None:
    video, _ = ask(FakeVideos(), FakeUploads())
    assert (video.title.value, video.visibility.value, video.custom.value) == ("holiday.mp4", "private", {})


def test_a_long_file_name_makes_a_title_that_keeps_the_limit_of_titles() -> None:
    video, _ = ask(FakeVideos(), FakeUploads(), filename="🎬" * 255)
    assert video.title.value == "🎬" * 200
    assert video.filename == "🎬" * 255


def test_what_the_provider_called_it_is_kept() -> None:
    video, _ = ask(FakeVideos(), FakeUploads(), size_bytes=1000)
    assert video.links["upload"].value == f"upload-of-{VIDEO_ID}"
    assert video.upload.part_size_bytes == 10


@pytest.mark.parametrize("error", [Unavailable("Later."), ProviderRefused("No.")])
def test_a_provider_that_fails_leaves_a_row_that_says_so(error: SluiceError) -> None:
    videos = FakeVideos()
    with pytest.raises(type(error)):
        ask(videos, FakeUploads(fails_with=error))
    found = videos.find(VIDEO_ID)
    assert found is not None
    assert found.video.status is Status.ERROR
    assert found.video.failure is not None
    assert found.video.failure.value.code == "provider_unavailable"
    assert error.settled
    assert videos.counts("alice") == Counts(failed=1)


def test_trap_43_an_upload_that_may_have_been_opened_unheard_is_looked_after_later() -> None:
    videos = FakeVideos()
    with pytest.raises(OutcomeUnknown):
        ask(videos, FakeUploads(fails_with=OutcomeUnknown("No answer.")))
    row = videos.rows[VIDEO_ID]
    assert (row.known.video.status, row.known.video.strays_possible) == (Status.ERROR, True)
    assert row.due_at == NOW + PATIENCE.strays


def test_the_pages_origin_is_kept_for_the_provider() -> None:
    origin = Origin(
        caller=ALICE,
        video_id=VIDEO_ID,
        correlation_id="r",
        provider="s3",
        now=NOW,
        web_origin="https://app.example.test",
    )
    ttl = timedelta(hours=6)
    video, _ = request_upload(
        make_wish(), origin, videos=FakeVideos(), provider=FakeUploads(), ttl=ttl, patience=PATIENCE
    )
    assert video.upload.web_origin == "https://app.example.test"


# ---------------------------------------------------------------- an attempt of which nobody heard the end


class NeverOpened(FakeUploads):
    """Has no upload to give again until it has opened one."""

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:
        if video.video_id not in self.open:
            raise Conflict("The upload was never opened.", code="upload_gone")
        return super().grant_again(video, now=now)


def take_up(videos: FakeVideos, provider: FakeUploads, *, strays: bool = True) -> tuple[Video, UploadGrant]:
    origin = Origin(caller=ALICE, video_id=VIDEO_ID, correlation_id="again", provider="mux", now=at(70))
    return take_up_upload(
        make_wish(),
        origin,
        strays=strays,
        videos=videos,
        provider=provider,
        ttl=timedelta(hours=6),
        patience=PATIENCE,
    )


def test_an_attempt_that_broke_off_before_its_row_is_made_whole() -> None:
    videos = FakeVideos()
    video, _ = take_up(videos, NeverOpened())
    assert (video.video_id, video.correlation_id) == (VIDEO_ID, "again")
    assert videos.counts("alice") == Counts(processing=1)


@pytest.mark.parametrize("strays", [True, False])
def test_an_attempt_that_broke_off_at_the_provider_is_opened_and_the_first_opening_looked_for(
    strays: bool,
) -> None:
    videos = FakeVideos(make_video())
    video, grant = take_up(videos, NeverOpened(), strays=strays)
    assert (video.correlation_id, video.strays_possible) == ("request-1", strays)
    assert VIDEO_ID in grant.upload_url
    assert videos.counts("alice") == Counts(processing=1)


def test_an_attempt_that_was_whole_is_given_again() -> None:
    videos, provider = FakeVideos(make_video()), NeverOpened()
    provider.open.add(VIDEO_ID)
    video, _ = take_up(videos, provider)
    assert video == make_video()


def test_an_attempt_that_has_failed_has_to_begin_anew() -> None:
    with pytest.raises(Unavailable) as failed:
        take_up(FakeVideos(make_video("error")), NeverOpened())
    assert failed.value.settled


def test_an_attempt_whose_video_was_deleted_meanwhile_finds_nothing() -> None:
    with pytest.raises(NotFound):
        take_up(FakeVideos(make_video("deleted")), NeverOpened())
