"""One contract for the videos' table, held by the fake and by DynamoDB alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sluice.adapters.dynamodb.videos import DynamoVideos, decode_video, timestamp
from sluice.domain import facts
from sluice.domain.counts import Counts
from sluice.domain.deadlines import due_at
from sluice.domain.errors import WriteConflict
from sluice.domain.video import Video, reduce
from sluice.usecases.apply_facts import add_video, apply_facts
from sluice.usecases.ports import VideoStore

from tests.builders import NOW, PATIENCE, at, make_video, video_id
from tests.engine import Aws, unique
from tests.fakes.videos import FakeVideos
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> VideoStore:
    if request.param == "fake":
        return FakeVideos()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoVideos(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def new() -> Callable[..., Video]:
    """Videos of an owner whom no other test knows, each a second younger than the one before."""
    owner, seconds = unique("owner"), count()

    def make(status: str = "uploading", **changes: Any) -> Video:
        known = {"video_id": f"vid_{unique('0')}", "owner_id": owner, "created_at": at(next(seconds))}
        return make_video(status, **{**known, **changes})

    return make


type New = Callable[..., Video]


@pytest.mark.parametrize("status", ["uploading", "processing", "ready", "complete", "error", "deleted"])
def test_a_video_is_found_again_exactly_as_it_was_written(store: VideoStore, new: New, status: str) -> None:
    video = reduce(
        new(status, title="Ünïcode 🎬", custom={"a": [1, 2.5, None, {"b": "ß"}], "big": 10**30}),
        facts.ProviderLinked(at=at(0.123456), kind="upload", provider_id="u/1+2=="),
    )
    store.add(video, due_at=NOW)
    found = store.find(video.video_id)
    assert found is not None
    assert found.video == video


def test_a_video_that_was_never_written_is_not_found(store: VideoStore) -> None:
    assert store.find(video_id(404)) is None


def test_adding_the_same_video_twice_keeps_the_first_row_and_counts_it_once(
    store: VideoStore, new: New
) -> None:
    video = new()
    store.add(video, due_at=None)
    store.add(replace(video, filename="other.mp4"), due_at=None)
    found = store.find(video.video_id)
    assert found is not None
    assert found.video.filename == "holiday.mp4"
    assert store.counts(video.owner_id) == Counts(processing=1)


def test_only_the_first_of_two_writers_who_read_the_same_version_succeeds(
    store: VideoStore, new: New
) -> None:
    video = new()
    store.add(video, due_at=None)
    read = store.find(video.video_id)
    assert read is not None
    ready = reduce(video, facts.PlaybackReady(at=at(9)))
    store.replace(read, ready, due_at=None)
    with pytest.raises(WriteConflict):
        store.replace(read, reduce(video, facts.DeletionRequested(at=at(9))), due_at=None)
    with pytest.raises(WriteConflict):
        store.replace(read, reduce(video, facts.DetailsEdited(at=at(9), title="Late")), due_at=None)
    found = store.find(video.video_id)
    assert found is not None
    assert found.video == ready
    assert store.counts(video.owner_id) == Counts(ready=1)


def test_a_video_that_was_never_added_cannot_be_replaced(store: VideoStore, new: New) -> None:
    video = new()
    known = FakeVideos(video).find(video.video_id)
    assert known is not None
    with pytest.raises(WriteConflict):
        store.replace(known, reduce(video, facts.PlaybackReady(at=at(9))), due_at=None)
    assert store.counts(video.owner_id) == Counts()


def _link(kind: str, provider_id: str, seconds: float = 1) -> facts.ProviderLinked:
    return facts.ProviderLinked(at=at(seconds), kind=kind, provider_id=provider_id)


def test_a_providers_id_leads_to_the_video_for_as_long_as_it_holds(store: VideoStore, new: New) -> None:
    video, name = new(provider="mux"), unique("id")
    add_video(store, video, patience=PATIENCE)

    def learn(*learnt: facts.Fact) -> None:
        apply_facts(store, video.video_id, *learnt, patience=PATIENCE)

    def found(kind: str, provider_id: str) -> str | None:
        return store.linked("mux", kind, provider_id)

    learn(_link("upload", f"{name}-u"), _link("playback_public", f"{name}-p"))
    assert found("upload", f"{name}-u") == found("playback_public", f"{name}-p") == video.video_id
    assert found("asset", f"{name}-u") is None
    assert store.linked("cloudflare", "upload", f"{name}-u") is None
    learn(_link("asset", f"{name}-a"), _link("playback_public", "", 2))
    assert found("asset", f"{name}-a") == video.video_id
    assert found("playback_public", f"{name}-p") is None
    assert found("playback_public", "") is None
    learn(_link("asset", f"{name}-b", 3))
    assert (found("asset", f"{name}-a"), found("asset", f"{name}-b")) == (None, video.video_id)


def test_nothing_leads_to_a_deleted_video_not_even_what_is_learnt_late(store: VideoStore, new: New) -> None:
    video, name = new(provider="mux"), unique("id")
    store.add(reduce(video, _link("upload", f"{name}-u")), due_at=None)
    assert store.linked("mux", "upload", f"{name}-u") == video.video_id
    deleted = facts.DeletionRequested(at=at(2))
    apply_facts(store, video.video_id, deleted, _link("asset", f"{name}-a"), patience=PATIENCE)
    apply_facts(store, video.video_id, _link("playback", f"{name}-p", 3), patience=PATIENCE)
    ids = {"upload": "u", "asset": "a", "playback": "p"}
    assert [store.linked("mux", kind, f"{name}-{one}") for kind, one in ids.items()] == [None, None, None]


def test_counts_follow_each_change_of_status(store: VideoStore, new: New) -> None:
    video = new()
    add_video(store, video, patience=PATIENCE)
    steps = [
        (facts.ProcessingStarted(at=at(1)), Counts(processing=1)),
        (facts.Failed(at=at(2), code="c", message="m"), Counts(failed=1)),
        (facts.PlaybackReady(at=at(3)), Counts(ready=1)),
        (facts.DeletionRequested(at=at(4)), Counts()),
        (facts.DeletionRequested(at=at(5)), Counts()),
    ]
    for fact, counts in steps:
        apply_facts(store, video.video_id, fact, patience=PATIENCE)
        assert store.counts(video.owner_id) == counts


def test_an_owner_without_videos_has_zero_of_each(store: VideoStore) -> None:
    assert store.counts(unique("nobody")) == Counts()


def _walked(store: VideoStore, owner: str, limit: int, status: str | None = None) -> Iterator[Video]:
    after: str | None = None
    while True:
        page = store.page(owner, status=status, limit=limit, after=after)
        assert len(page.videos) <= limit
        yield from page.videos
        if page.next_key is None:
            return
        after = page.next_key


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_walking_the_pages_shows_each_video_once_newest_first(
    store: VideoStore, new: New, limit: int
) -> None:
    videos = [new(status) for status in ("uploading", "ready", "error", "complete", "ready", "processing")]
    for video in (*videos, new("deleted")):
        store.add(video, due_at=None)
    assert list(_walked(store, videos[0].owner_id, limit)) == videos[::-1]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_filter_shows_the_videos_of_one_status_alone(store: VideoStore, new: New, limit: int) -> None:
    videos = [new(status) for status in ("ready", "error", "ready", "uploading", "complete", "deleted")]
    for video in videos:
        store.add(video, due_at=None)
    owner = videos[0].owner_id
    shown = {status: list(_walked(store, owner, limit, status)) for status in ("ready", "error", "uploading")}
    assert shown["ready"] == [videos[4], videos[2], videos[0]]
    assert shown["error"] == [videos[1]]
    assert shown["uploading"] == [videos[3]]


def test_videos_made_in_the_same_instant_are_all_shown(store: VideoStore, new: New) -> None:
    videos = [new(created_at=NOW) for _ in range(5)]
    for video in videos:
        store.add(video, due_at=None)
    shown = list(_walked(store, videos[0].owner_id, 2))
    assert sorted(video.video_id for video in shown) == sorted(video.video_id for video in videos)


def test_one_owner_never_sees_anothers_videos(store: VideoStore, new: New) -> None:
    mine, name = new(), unique("owner")
    lookalike = new(owner_id=f"{name}#ready")
    for video in (mine, lookalike):
        store.add(video, due_at=None)
    assert list(_walked(store, name, 10)) == []
    assert list(_walked(store, name, 10, "ready")) == []


def test_walking_on_from_a_video_that_was_deleted_meanwhile_misses_nothing(
    store: VideoStore, new: New
) -> None:
    videos = [new() for _ in range(4)]
    for video in videos:
        store.add(video, due_at=None)
    owner = videos[0].owner_id
    first = store.page(owner, status=None, limit=2, after=None)
    apply_facts(store, videos[2].video_id, facts.DeletionRequested(at=at(9)), patience=PATIENCE)
    rest = store.page(owner, status=None, limit=10, after=first.next_key)
    assert list(rest.videos) == [videos[1], videos[0]]


def test_what_is_overdue_is_found_until_it_is_settled(store: VideoStore, new: New) -> None:
    video = new()
    add_video(store, video, patience=PATIENCE)
    deadline = due_at(video, PATIENCE)
    assert deadline is not None

    def overdue(moment: float) -> bool:
        return video.video_id in set(store.due(deadline + timedelta(seconds=moment), limit=1000))

    assert not overdue(-1)
    assert overdue(0)
    apply_facts(store, video.video_id, facts.DeletionRequested(at=at(1)), patience=PATIENCE)
    assert not overdue(1)


def test_what_is_postponed_lets_others_go_first_and_comes_again(store: VideoStore, new: New) -> None:
    first, second = new(), new()
    for video in (first, second):
        add_video(store, video, patience=PATIENCE)
    deadline = due_at(second, PATIENCE)
    assert deadline is not None

    def waiting(moment: float) -> set[str]:
        ours = {first.video_id, second.video_id}
        return ours & set(store.due(deadline + timedelta(seconds=moment), limit=1000))

    store.postpone(first.video_id, until=deadline + timedelta(seconds=100))
    assert waiting(99) == {second.video_id}
    assert waiting(100) == {first.video_id, second.video_id}
    store.postpone(first.video_id, until=deadline)
    assert waiting(99) == {second.video_id}


def test_what_nobody_waits_for_cannot_be_postponed(store: VideoStore, new: New) -> None:
    settled = new("complete")
    store.add(settled, due_at=None)
    store.postpone(settled.video_id, until=at(5))
    store.postpone("vid_nobody", until=at(5))
    assert not {settled.video_id, "vid_nobody"} & set(store.due(at(10**9), limit=1000))


def test_a_provider_is_asked_by_one_alone_in_each_interval(store: VideoStore, new: New) -> None:
    name = new().video_id
    with ThreadPoolExecutor(16) as pool:
        leases = list(pool.map(lambda _: store.lease_refresh(name, now=NOW, seconds=10), range(16)))
    assert leases.count(True) == 1
    assert not store.lease_refresh(name, now=at(9), seconds=10)
    assert store.lease_refresh(name, now=at(9), seconds=10, about="download")
    assert store.lease_refresh(name, now=at(10), seconds=10)


def test_sixty_four_writers_at_once_lose_no_change_and_miscount_nothing(store: VideoStore, new: New) -> None:
    """R3, and R1's promise that every fact which was accepted is there."""
    videos = [new() for _ in range(64)]
    with ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda video: add_video(store, video, patience=PATIENCE), videos))
    owner = videos[0].owner_id
    assert store.counts(owner) == Counts(processing=64)

    def live(numbered: tuple[int, Video]) -> None:
        number, video = numbered
        ends = (
            facts.PlaybackReady(at=at(100)),
            facts.Failed(at=at(100), code="c", message="m"),
            facts.DeletionRequested(at=at(100)),
            facts.ProcessingStarted(at=at(100)),
        )
        apply_facts(store, video.video_id, ends[number % 4], patience=PATIENCE)
        if number % 8 == 0:
            apply_facts(store, video.video_id, facts.DeletionRequested(at=at(101)), patience=PATIENCE)
            add_video(store, new(), patience=PATIENCE)

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(live, enumerate(videos)))
    recount = [video.status.value for video in _walked(store, owner, 100)]
    counted = store.counts(owner)
    assert (recount.count("ready"), recount.count("error")) == (counted.ready, counted.failed)
    assert len(recount) == counted.total == 64 - 16 - 8 + 8


def test_sixty_four_facts_at_once_about_one_video_are_all_kept(store: VideoStore, new: New) -> None:
    video = new()
    store.add(video, due_at=None)
    with ThreadPoolExecutor(64) as pool:
        links = [facts.ProviderLinked(at=at(1), kind=f"k{n}", provider_id=str(n)) for n in range(64)]
        list(pool.map(lambda link: apply_facts(store, video.video_id, link, patience=PATIENCE), links))
    found = store.find(video.video_id)
    assert found is not None
    assert len(found.video.links) == 64


def test_a_deleted_videos_row_ends_some_months_later_and_is_in_no_index(engine: Aws, table: str) -> None:
    client, video = engine.dynamo, make_video("deleted", video_id=video_id(77))
    DynamoVideos(client, table).add(video, due_at=None)
    key = {"pk": {"S": f"VIDEO#{video.video_id}"}, "sk": {"S": "VIDEO"}}
    row = client.get_item(TableName=table, Key=key)["Item"]
    assert decode_video(row["doc"]["S"]) == video
    assert int(row["ttlEpochSeconds"]["N"]) == int((at(2) + timedelta(days=90)).timestamp())
    assert not {name for name in row if name.startswith("gsi")}


def test_timestamps_sort_as_time_does() -> None:
    moments = [at(0), at(0.000001), at(0.1), at(1), at(60)]
    assert sorted(map(timestamp, moments)) == list(map(timestamp, moments))
