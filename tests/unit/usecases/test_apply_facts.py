"""Facts change a video in one write, whoever else is writing at the same time."""

from collections.abc import Callable

import pytest
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.errors import NotFound, WriteConflict
from sluice.domain.video import Status
from sluice.usecases.apply_facts import add_video, apply_facts

from tests.builders import PATIENCE, VIDEO_ID, at, make_video
from tests.fakes.videos import FakeVideos

READY = facts.PlaybackReady(at=at(9))


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluice.usecases.contention.uniform", lambda _least, _most: 0)


def once(action: Callable[[], object]) -> Callable[[], None]:
    """``action`` at the first call alone."""
    left = [action]

    def call() -> None:
        if left:
            left.pop()()

    return call


def test_facts_that_are_told_together_are_one_write() -> None:
    videos = FakeVideos(make_video())
    written = videos.writes
    stored = facts.SourceStored(at=at(1), size_bytes=1, etag="e")
    applied = apply_facts(videos, VIDEO_ID, stored, READY, patience=PATIENCE)
    assert (applied.changed, applied.video.status) == (True, Status.READY)
    assert videos.writes == written + 1


def test_a_fact_that_is_known_is_not_written_again() -> None:
    videos = FakeVideos(make_video())
    apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE)
    written = videos.writes
    assert not apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE).changed
    assert videos.writes == written


def test_a_fact_about_a_row_that_is_not_there_yet_is_refused_so_that_it_comes_again() -> None:
    with pytest.raises(NotFound):
        apply_facts(FakeVideos(), VIDEO_ID, READY, patience=PATIENCE)


def test_who_loses_a_race_reads_again_and_loses_neither_change() -> None:
    videos = FakeVideos(make_video())
    edit = facts.DetailsEdited(at=at(5), title="New")
    videos.before_write = once(lambda: apply_facts(videos, VIDEO_ID, edit, patience=PATIENCE))
    applied = apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE)
    assert (applied.video.title.value, applied.video.status) == ("New", Status.READY)
    assert videos.counts("alice") == Counts(ready=1)


def test_a_first_read_that_has_become_stale_is_not_trusted_twice() -> None:
    videos = FakeVideos(make_video())
    known = videos.find(VIDEO_ID)
    apply_facts(videos, VIDEO_ID, facts.DetailsEdited(at=at(5), title="New"), patience=PATIENCE)
    applied = apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE, known=known)
    assert (applied.video.title.value, applied.video.status) == ("New", Status.READY)


def test_a_row_that_vanishes_during_a_race_is_not_found() -> None:
    videos = FakeVideos(make_video())
    videos.before_write = videos.rows.clear
    with pytest.raises(NotFound):
        apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE)


def _contended() -> None:
    raise WriteConflict("Contended.")


def test_endless_contention_ends_in_an_error_that_may_be_tried_again() -> None:
    videos = FakeVideos(make_video())
    videos.before_write = _contended
    with pytest.raises(WriteConflict):
        apply_facts(videos, VIDEO_ID, READY, patience=PATIENCE)
    with pytest.raises(WriteConflict):
        add_video(videos, make_video(), patience=PATIENCE)


def test_a_new_video_is_added_although_the_counts_were_contended_at_first() -> None:
    videos = FakeVideos()
    videos.before_write = once(_contended)
    add_video(videos, make_video(), patience=PATIENCE)
    assert videos.find(VIDEO_ID) is not None


def test_the_deadline_is_written_with_each_change() -> None:
    videos = FakeVideos()
    add_video(videos, make_video(), patience=PATIENCE)
    assert videos.rows[VIDEO_ID].due_at == make_video().upload.expires_at + PATIENCE.upload_grace
    apply_facts(videos, VIDEO_ID, facts.ProcessingStarted(at=at(9)), patience=PATIENCE)
    assert videos.rows[VIDEO_ID].due_at == at(9) + PATIENCE.processing
    apply_facts(videos, VIDEO_ID, facts.DeletionRequested(at=at(10)), patience=PATIENCE)
    assert videos.rows[VIDEO_ID].due_at is None
