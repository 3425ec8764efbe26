"""The reduction: one end state for a set of facts, in whatever order and however often they come (R1)."""

import json
from functools import reduce as fold

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sluice.domain import facts
from sluice.domain.facts import Fact
from sluice.domain.video import Status, Video, reduce

from tests.builders import at, facts_of, make_import, make_rendition, make_video
from tests.strategies import any_fact, deletions, fact_logs, living_logs

_RANK = {
    Status.UPLOADING: 0,
    Status.PROCESSING: 1,
    Status.READY: 2,
    Status.ERROR: 2,
    Status.DELETED: 3,
}


def told(*log: Fact, video: Video | None = None) -> Video:
    return fold(reduce, log, video or make_video())


@given(fact_logs, st.data())
def test_any_order_of_the_same_facts_ends_in_the_same_video(log: list[Fact], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(log))
    assert told(*shuffled) == told(*log)


@given(st.lists(any_fact, min_size=1, max_size=8), st.data())
def test_facts_that_are_repeated_change_nothing(log: list[Fact], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(log), max_size=8))
    assert told(*log, *again) == told(*log)


@given(fact_logs, st.data())
def test_facts_that_were_dropped_and_come_again_end_in_the_same_video(
    log: list[Fact], data: st.DataObject
) -> None:
    kept = [fact for fact in log if data.draw(st.booleans())]
    assert told(*kept, *log) == told(*log)


@given(any_fact | deletions, any_fact | deletions, fact_logs)
@example(
    facts.DetailsEdited(at=at(0), custom={"k": {}}),
    facts.DetailsEdited(at=at(0), custom={"k": []}),
    [],
)
def test_two_facts_commute_whatever_was_known_before(one: Fact, other: Fact, log: list[Fact]) -> None:
    assert told(*log, one, other) == told(*log, other, one)


@given(fact_logs, any_fact | deletions)
def test_a_status_never_goes_backwards(log: list[Fact], fact: Fact) -> None:
    before = told(*log)
    assert _RANK[reduce(before, fact).status] >= _RANK[before.status]


@given(living_logs, deletions, living_logs)
def test_a_deleted_video_stays_deleted_whatever_is_heard_later(
    earlier: list[Fact], deletion: Fact, later: list[Fact]
) -> None:
    assert told(*earlier, deletion, *later).status is Status.DELETED


def test_a_deleted_video_still_learns_the_ids_that_purging_needs() -> None:
    linked = facts.ProviderLinked(at=at(9), kind="upload", provider_id="u1")
    started = facts.ProcessingStarted(at=at(9), reference="arn")
    video = told(linked, started, video=make_video("deleted"))
    assert video.links["upload"].value == "u1"
    assert video.reference is not None
    assert video.reference.value == "arn"


_SAID = ("filename", "title", "custom", "secret_key", "opened", "media", "pictures", "failure", "renditions")


@given(living_logs, deletions, living_logs)
def test_a_tombstone_holds_nothing_that_was_said_about_the_video(
    earlier: list[Fact], deletion: Fact, later: list[Fact]
) -> None:
    blank = told(deletion, video=make_video(custom={"k": "v"}))
    grave = told(*earlier, deletion, *later, video=make_video(custom={"k": "v"}))
    assert [getattr(grave, name) for name in _SAID] == [getattr(blank, name) for name in _SAID]
    assert not any(word in str(grave) for word in ("Holiday", "holiday", "video/mp4", "'k'"))


@given(fact_logs, st.sampled_from([make_video(), make_import()]))
def test_progress_never_falls_while_it_is_told(log: list[Fact], video: Video) -> None:
    highest = -1
    for fact in log:
        video = reduce(video, fact)
        if video.progress is not None:
            assert video.progress >= highest
            highest = video.progress


@pytest.mark.parametrize(
    ("ready_at", "failed_at", "status"),
    [(5, 6, Status.ERROR), (6, 5, Status.READY), (5, 5, Status.READY)],
)
def test_between_ready_and_error_the_later_one_by_the_sources_clock_wins(
    ready_at: int, failed_at: int, status: Status
) -> None:
    ready = facts.PlaybackReady(at=at(ready_at))
    failed = facts.Failed(at=at(failed_at), code="broken", message="It broke.")
    assert told(ready, failed).status is status
    assert told(failed, ready).status is status


@pytest.mark.parametrize(
    ("status", "expected", "progress", "settled"),
    [
        ("uploading", Status.UPLOADING, None, False),
        ("processing", Status.PROCESSING, 0, False),
        ("ready", Status.READY, 0, False),
        ("complete", Status.READY, 100, True),
        ("error", Status.ERROR, None, True),
        ("deleted", Status.DELETED, None, True),
    ],
)
def test_status_progress_and_whether_more_is_expected_follow_from_the_facts(
    status: str, expected: Status, progress: int | None, settled: bool
) -> None:
    video = make_video(status)
    assert (video.status, video.progress, video.settled) == (expected, progress, settled)


@pytest.mark.parametrize(
    ("known", "progress", "fetches"),
    [
        ([], 0, True),
        ([facts.FetchProgressed(at=at(1), percent=50)], 20, True),
        ([facts.FetchProgressed(at=at(2), percent=99), facts.FetchProgressed(at=at(1), percent=5)], 39, True),
        ([facts.SourceStored(at=at(3), size_bytes=1, etag="e")], 40, False),
        ([*facts_of("processing"), facts.ProgressMade(at=at(4), percent=50)], 70, False),
        ([*facts_of("complete")], 100, False),
        ([facts.Failed(at=at(1), code="import_timeout", message="Too slow.")], None, True),
    ],
)
def test_of_a_source_that_we_fetch_fetching_is_two_fifths_of_the_work(
    known: list[Fact], progress: int | None, fetches: bool
) -> None:
    video = make_import(*known)
    assert (video.progress, video.fetches) == (progress, fetches)


def test_progress_says_a_hundred_only_when_the_whole_ladder_is_there() -> None:
    video = reduce(make_video("ready"), facts.ProgressMade(at=at(7), percent=100))
    assert video.progress == 99
    assert reduce(video, facts.LadderCompleted(at=at(8))).progress == 100


@pytest.mark.parametrize(
    "fact",
    [
        facts.SourceStored(at=at(1), size_bytes=1, etag="e"),
        facts.ProcessingStarted(at=at(1)),
        facts.ProgressMade(at=at(1), percent=1),
        facts.RenditionReady(at=at(1), rendition=make_rendition()),
        facts.LadderCompleted(at=at(1)),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_whatever_needs_a_whole_source_proves_that_processing_has_begun(fact: Fact) -> None:
    assert told(fact).status is Status.PROCESSING


def test_the_first_version_of_a_source_is_the_one_that_counts() -> None:
    first = facts.SourceStored(at=at(1), size_bytes=1, etag="first")
    second = facts.SourceStored(at=at(2), size_bytes=2, etag="second")
    for log in ((first, second), (second, first)):
        video = told(*log)
        assert video.source is not None
        assert video.source.value.etag == "first"


def test_an_edit_leaves_alone_what_it_does_not_name() -> None:
    video = told(facts.DetailsEdited(at=at(1), title="New"), video=make_video(custom={"a": 1}))
    assert (video.title.value, video.visibility.value, video.custom.value) == ("New", "private", {"a": 1})


def test_an_older_edit_that_arrives_late_changes_nothing_that_is_newer() -> None:
    new, old = facts.DetailsEdited(at=at(2), title="New"), facts.DetailsEdited(at=at(1), title="Old")
    assert told(new, old).title.value == "New"


def test_an_edit_before_creation_by_a_slow_clock_does_not_undo_what_was_given_at_creation() -> None:
    assert told(facts.DetailsEdited(at=at(-1), title="Old")).title.value == "Holiday"


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "complete", "error", "deleted"])
def test_a_log_replayed_in_reverse_ends_in_the_same_video(status: str) -> None:
    log = facts_of(status)
    assert told(*reversed(log)) == told(*log)


def test_custom_data_nested_as_deep_as_it_may_be_long_is_merged_like_any_other() -> None:
    deep = json.loads("[" * 2000 + "]" * 2000)
    one, other = (facts.DetailsEdited(at=at(1), custom={"k": value}) for value in (deep, [deep]))
    assert told(one, other).custom.value == told(other, one).custom.value


def test_a_fact_of_an_unknown_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError, match="unknown fact"):
        told(Fact(at=at(1)))
