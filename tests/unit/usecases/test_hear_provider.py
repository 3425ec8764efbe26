"""A provider's news reach the video they are about, in whatever order and however often they come (R1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sluice.adapters.cloudflare import webhook as cloudflare
from sluice.adapters.mux import webhook as mux
from sluice.adapters.mux.assets import asset_facts, upload_facts
from sluice.domain.errors import NotFound, Unavailable
from sluice.domain.facts import DeletionRequested, Fact, ProviderLinked
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.hear_provider import Heard, hear_provider
from sluice.usecases.provider_ports import ProviderNews

from tests import cloudflare_payloads, mux_payloads
from tests.builders import NOW, PATIENCE, VIDEO_ID, at
from tests.cloudflare_payloads import failed, make_cloudflare_video, shown
from tests.fakes.deletion import FakePurges
from tests.fakes.videos import FakeVideos
from tests.mux_payloads import asset, event, life, rendition, upload
from tests.mux_peer import make_mux_video, with_facts


def mux_news(raw: bytes) -> ProviderNews:
    return mux.news(raw, received_at=NOW)


def cloudflare_news(video: dict[str, Any]) -> ProviderNews:
    return cloudflare.news(cloudflare_payloads.body(video), received_at=NOW)


def hear(
    news: ProviderNews,
    videos: FakeVideos,
    *,
    age: timedelta = timedelta(),
    purges: FakePurges | None = None,
) -> Heard:
    return hear_provider(
        news,
        received_at=NOW,
        now=NOW + age,
        videos=videos,
        purges=purges or FakePurges(),
        patience=PATIENCE,
    )


def test_news_of_a_video_that_nobody_ever_wrote_is_waited_for_and_then_done_with() -> None:
    with pytest.raises(NotFound):
        hear(mux_news(READY), FakeVideos(), age=timedelta(seconds=119))
    assert hear(mux_news(READY), FakeVideos(), age=timedelta(seconds=121)) is Heard.UNKNOWN


def opened_at_mux() -> Video:
    return make_mux_video(ProviderLinked(at=NOW, kind="upload", provider_id=mux_payloads.UPLOAD_ID))


def opened_at_cloudflare() -> Video:
    return make_cloudflare_video(ProviderLinked(at=NOW, kind="asset", provider_id=cloudflare_payloads.UID))


READY = event("video.asset.ready", asset("ready"), seconds=15)


def test_news_are_applied_once_and_then_known() -> None:
    videos = FakeVideos(opened_at_mux())
    assert hear(mux_news(READY), videos) is Heard.APPLIED
    assert hear(mux_news(READY), videos) is Heard.KNOWN
    assert videos.rows[VIDEO_ID].known.video.status is Status.READY


def test_trap_18_a_late_event_does_not_move_a_video_back() -> None:
    videos = FakeVideos(opened_at_mux())
    for raw in (READY, event("video.asset.created", asset(), seconds=11), *life()[:2]):
        hear(mux_news(raw), videos)
    assert videos.rows[VIDEO_ID].known.video.status is Status.READY


def test_news_that_say_nothing_are_done_with() -> None:
    videos = FakeVideos(opened_at_mux())
    assert hear(mux_news(event("video.live_stream.active", {"id": "x"})), videos) is Heard.NOTHING
    assert hear(mux_news(event("video.upload.created", upload())), FakeVideos()) is Heard.NOTHING


def test_trap_31_news_of_somebody_elses_assets_are_done_with() -> None:
    videos = FakeVideos(opened_at_mux())
    assert (
        hear(mux_news(event("video.asset.ready", asset("ready", passthrough="42"))), videos) is Heard.FOREIGN
    )


@pytest.mark.parametrize(
    "other", [{"upload_id": "STRAY"}, {"upload_id": mux_payloads.UPLOAD_ID, "id": "STRAY"}]
)
def test_trap_32_news_of_an_upload_that_is_not_the_videos_own_change_nothing(other: dict[str, str]) -> None:
    known = with_facts(
        opened_at_mux(), [ProviderLinked(at=at(1), kind="asset", provider_id=mux_payloads.ASSET_ID)]
    )
    videos = FakeVideos(known)
    assert hear(mux_news(event("video.asset.ready", asset("ready", **other))), videos) is Heard.STRAY
    assert videos.writes == 1


def test_news_of_another_providers_video_change_nothing() -> None:
    assert hear(mux_news(READY), FakeVideos(opened_at_cloudflare())) is Heard.STRAY


def test_news_that_are_faster_than_our_own_write_come_again() -> None:
    with pytest.raises(NotFound):
        hear(mux_news(READY), FakeVideos())
    with pytest.raises(Unavailable):
        hear(mux_news(READY), FakeVideos(make_mux_video()))


def test_an_import_is_linked_by_whichever_comes_first() -> None:
    videos = FakeVideos(make_mux_video())
    assert hear(mux_news(event("video.asset.ready", asset("ready", upload_id=None))), videos) is Heard.APPLIED
    assert videos.rows[VIDEO_ID].known.video.link("asset") == mux_payloads.ASSET_ID


def test_news_of_a_deleted_video_bring_nothing_back() -> None:
    videos = FakeVideos(reduce(opened_at_mux(), DeletionRequested(at=at(5))))
    hear(mux_news(READY), videos)
    video = videos.rows[VIDEO_ID].known.video
    assert (video.status, video.link("asset")) == (Status.DELETED, mux_payloads.ASSET_ID)


def test_what_a_deleted_video_turns_out_to_have_at_its_provider_is_removed_once() -> None:
    videos, purges = FakeVideos(reduce(opened_at_mux(), DeletionRequested(at=at(5)))), FakePurges()
    for raw in (READY, READY, event("video.asset.deleted", asset("ready"), seconds=20)):
        hear(mux_news(raw), videos, purges=purges)
    assert purges.asked == [VIDEO_ID]


def test_news_of_a_video_that_is_there_remove_nothing() -> None:
    purges = FakePurges()
    hear(mux_news(READY), FakeVideos(opened_at_mux()), purges=purges)
    assert purges.asked == []


@pytest.mark.parametrize(("seconds", "status"), [(14, Status.READY), (16, Status.ERROR)])
def test_between_ready_and_error_the_later_by_the_providers_clock_holds(
    seconds: float, status: Status
) -> None:
    errored = event("video.asset.errored", asset("errored"), seconds=seconds)
    for order in ((READY, errored), (errored, READY)):
        videos = FakeVideos(opened_at_mux())
        for raw in order:
            hear(mux_news(raw), videos)
        assert videos.rows[VIDEO_ID].known.video.status is status


@dataclass(frozen=True)
class Log:
    """All that a provider says about one video by itself, and what it answers in the end when it is asked."""

    begun: Video
    told: Sequence[ProviderNews]
    answers: Sequence[Fact]


FILES = {"static_renditions": {"files": [rendition()]}}
LOGS = {
    "mux, ready": Log(
        opened_at_mux(), [mux_news(raw) for raw in life()], asset_facts(asset("ready", **FILES), at(40))
    ),
    "mux, errored": Log(
        opened_at_mux(), [mux_news(raw) for raw in life("errored")], asset_facts(asset("errored"), at(40))
    ),
    "mux, cancelled": Log(
        opened_at_mux(),
        [mux_news(raw) for raw in life("cancelled")],
        upload_facts(upload("cancelled"), at(40)),
    ),
    "cloudflare, ready": Log(
        opened_at_cloudflare(),
        [
            *[cloudflare_news(shown("inprogress", modified=5, percent=part)) for part in (0, 10, 20)],
            cloudflare_news(shown("ready", modified=9, percent=39)),
            cloudflare_news(shown("ready", modified=12, percent=100)),
        ],
        cloudflare_news(shown("ready", modified=12, percent=100)).facts,
    ),
    "cloudflare, error": Log(
        opened_at_cloudflare(),
        [cloudflare_news(shown("queued", modified=4)), cloudflare_news(failed())],
        cloudflare_news(failed()).facts,
    ),
}
logs = st.sampled_from(sorted(LOGS)).map(LOGS.__getitem__)


def after(video: Video, told: Sequence[ProviderNews]) -> Video:
    videos = FakeVideos(video)
    for news in told:
        hear(news, videos)
    return videos.rows[VIDEO_ID].known.video


def outcome(video: Video) -> object:
    """All that a user may see of it, but for when it was heard."""
    ids = {kind: video.link(kind) for kind in ("upload", "asset", "playback", "playback_public")}
    media, failure = video.media and video.media.value, video.failure and video.failure.value
    return video.status, video.progress, ids, media, failure, sorted(video.renditions)


@given(logs, st.data())
@settings(max_examples=500)
def test_order_and_repetition_do_not_matter(log: Log, data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(log.told), max_size=6))
    shuffled = data.draw(st.permutations([*log.told, *again]))
    assert after(log.begun, shuffled) == after(log.begun, log.told)


@given(logs, st.data())
@settings(max_examples=500)
def test_what_was_lost_is_made_up_for_by_asking(log: Log, data: st.DataObject) -> None:
    come = data.draw(st.permutations(data.draw(st.lists(st.sampled_from(log.told), max_size=8))))
    asked_after = data.draw(st.integers(0, len(come)))
    asked = with_facts(after(log.begun, come[:asked_after]), log.answers)
    assert outcome(after(asked, come[asked_after:])) == outcome(
        with_facts(after(log.begun, log.told), log.answers)
    )


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)
def test_with_every_webhook_dropped_the_end_is_the_same(log: Log) -> None:
    assert outcome(with_facts(log.begun, log.answers)) == outcome(after(log.begun, log.told))
