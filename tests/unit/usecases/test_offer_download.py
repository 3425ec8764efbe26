"""A file to download is there at once, or is asked for once an interval until it is."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sluice.domain import facts
from sluice.domain.errors import Conflict, NotFound, Unavailable
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.offer_download import offer_download
from sluice.usecases.provider_ports import Download

from tests.builders import PATIENCE, VIDEO_ID, at, make_rendition, make_video
from tests.fakes.videos import FakeVideos

FILE = facts.RenditionReady(at=at(20), rendition=make_rendition("highest.mp4"))


class Maker:
    """``DownloadMaker`` that says the same whenever it is asked."""

    def __init__(self, *says: facts.Fact) -> None:
        self.says, self.asked = says, 0

    def make_download(self, video: Video, *, now: datetime) -> Sequence[facts.Fact]:
        self.asked += 1
        return self.says


def show(video: Video) -> Download:
    if FILE.rendition.name not in video.renditions:
        raise Conflict("Not yet.", code="download_not_ready")
    return Download(url="https://file", expires_at=at(3600), filename="holiday.mp4", size_bytes=None)


def offer(videos: FakeVideos, maker: Maker, moment: float = 20) -> Download:
    found = videos.find(VIDEO_ID)
    assert found is not None
    return offer_download(
        found,
        show=show,
        maker=lambda _: maker,
        every_seconds=10,
        now=at(moment),
        videos=videos,
        patience=PATIENCE,
    )


def refusal(videos: FakeVideos, maker: Maker, moment: float = 20) -> str:
    with pytest.raises(Conflict) as error:
        offer(videos, maker, moment)
    return error.value.code


def test_a_file_that_is_there_is_offered_without_asking_anybody() -> None:
    videos, maker = FakeVideos(make_video("complete")), Maker()
    apply_facts(videos, VIDEO_ID, FILE, patience=PATIENCE)
    assert offer(videos, maker).url == "https://file"
    assert maker.asked == 0


def test_a_file_that_the_provider_has_is_offered_and_remembered() -> None:
    videos = FakeVideos(make_video("complete"))
    assert offer(videos, Maker(FILE)).url == "https://file"
    assert offer(videos, Maker()).url == "https://file"


def test_until_the_file_is_made_the_provider_is_asked_once_an_interval() -> None:
    videos, maker = FakeVideos(make_video("complete")), Maker()
    assert [refusal(videos, maker, moment) for moment in (20, 25, 29.9)] == ["download_not_ready"] * 3
    assert maker.asked == 1
    assert refusal(videos, maker, 30) == "download_not_ready"
    assert maker.asked == 2


def test_facts_that_do_not_tell_of_a_file_are_kept_all_the_same() -> None:
    videos = FakeVideos(make_video("complete"))
    public = facts.ProviderLinked(at=at(20), kind="playback_public", provider_id="P")
    assert refusal(videos, Maker(public)) == "download_not_ready"
    assert videos.linked("s3", "playback_public", "P") == VIDEO_ID


@pytest.mark.parametrize("status", ["uploading", "processing", "error"])
def test_what_cannot_be_played_cannot_be_downloaded(status: str) -> None:
    maker = Maker(FILE)
    assert refusal(FakeVideos(make_video(status)), maker) == "video_not_ready"
    assert maker.asked == 0


def test_a_video_that_is_deleted_while_its_provider_is_asked_is_not_found() -> None:
    videos = FakeVideos(make_video("complete"))
    with pytest.raises(NotFound):
        offer(videos, Maker(FILE, facts.DeletionRequested(at=at(20))))


def test_a_refusal_of_another_kind_is_told_as_it_is() -> None:
    videos = FakeVideos(make_video("complete"))

    class Down(Maker):
        def make_download(self, video: Video, *, now: datetime) -> Sequence[facts.Fact]:
            raise Unavailable("Not now.")

    with pytest.raises(Unavailable):
        offer(videos, Down())
