"""Rows of figures, held by the fake and by DynamoDB alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sluice.adapters.dynamodb.figures import DynamoFigures
from sluice.domain.errors import Unavailable, WriteConflict
from sluice.domain.figure_rows import (
    SHARDS,
    Known,
    day_row,
    owner_scope,
    session_row,
    totals_row,
    video_row,
    video_scope,
    view_row,
    viewer_row,
)
from sluice.domain.qoe_counts import Tally, Totals
from sluice.domain.qoe_timeline import Timeline
from sluice.usecases.analytics_ports import Add, Delete, FigureStore, Put

from tests.builders import NOW, at
from tests.engine import Aws, unique
from tests.fakes.clients import Failing, refused
from tests.fakes.figures import FakeFigures
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("AnalyticsTable")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> FigureStore:
    if request.param == "fake":
        return FakeFigures()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoFigures(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def video() -> str:
    """One that nobody has watched."""
    return unique("vid")


TIMELINE = Timeline(
    began_ms=1,
    played_ms=2,
    play_ms=3,
    last_total=(4, 5),
    moves=((1, -1, 2), (3, 4, 5)),
    stalls=((1, 0),),
    errors=((7, "decode"),),
    device=(1, "tv"),
    view="ab",
)


def test_what_is_written_is_read(store: FigureStore, video: str) -> None:
    scope = video_scope(video)
    documents = {
        session_row(video, "s"): TIMELINE,
        view_row(video, "ab"): "s",
        viewer_row(scope, "x"): Known(2, 1),
        totals_row(scope, 3): Totals({"views": 1}, {}, NOW),
    }
    store.commit([Put(key, 0, document, kept_until=at(60)) for key, document in documents.items()])
    rows = store.read([*documents, session_row(video, "other")])
    assert {key: rows.document(key) for key in documents} == documents
    assert {rows.version(key) for key in documents} == {1}
    assert rows.version(session_row(video, "other")) == 0
    assert rows.document(session_row(video, "other")) is None


def test_more_rows_than_one_request_takes_are_read(store: FigureStore, video: str) -> None:
    keys = [session_row(video, str(number)) for number in range(230)]
    for start in range(0, 230, 100):
        store.commit([Put(key, 0, TIMELINE) for key in keys[start : start + 100]])
    rows = store.read(keys)
    assert all(rows.document(key) == TIMELINE for key in keys)


def test_all_is_written_or_nothing(store: FigureStore, video: str) -> None:
    one, other, day = (
        session_row(video, "1"),
        session_row(video, "2"),
        day_row(video_scope(video), 0, "2026-03-01"),
    )
    store.commit([Put(one, 0, TIMELINE)])
    for version in (0, 2):
        with pytest.raises(WriteConflict):
            store.commit([Put(other, 0, TIMELINE), Add(day, Tally(1)), Put(one, version, Timeline())])
    assert store.read([other]).document(other) is None
    assert list(store.tallies(video_scope(video))) == []
    store.commit([Put(one, 1, Timeline(began_ms=9))])
    assert store.read([one]).document(one) == Timeline(began_ms=9)


def test_tallies_are_added_up_over_all_shards(store: FigureStore, video: str) -> None:
    scope, owner = video_scope(video), owner_scope(f"owner-{video}")
    for shard in (0, 5, SHARDS - 1):
        store.commit(
            [
                Add(day_row(scope, shard, "2026-03-01"), Tally(1, 10, 1, 10)),
                Add(day_row(scope, shard, "2026-03-02"), Tally(2, 20)),
                Add(video_row(owner, shard, video), Tally(3, 30)),
                Put(totals_row(scope, shard), 0, Totals({"views": 3}, {"views": 1}, at(shard))),
            ]
        )
    store.commit([Add(day_row(scope, 0, "2026-03-02"), Tally(-6, -60))])
    found = store.collected(scope)
    assert found.days == {"2026-03-01": Tally(3, 30, 3, 30)}
    assert (found.totals.counts, found.totals.verified) == ({"views": 9}, {"views": 3})
    assert found.totals.updated_at == at(SHARDS - 1)
    assert store.collected(owner).videos == {video: Tally(9, 90)}


def test_nothing_is_collected_of_nothing(store: FigureStore, video: str) -> None:
    found = store.collected(video_scope(video))
    assert (found.totals, found.days, found.videos) == (Totals(), {}, {})


def test_a_row_is_deleted_only_as_it_was_read(store: FigureStore, video: str) -> None:
    scope = video_scope(video)
    totals, day = totals_row(scope, 0), day_row(scope, 0, "2026-03-01")
    store.commit([Put(totals, 0, Totals()), Add(day, Tally(1, 2))])
    for stale in (Delete(totals, 2), Delete(day, Tally(1, 3))):
        with pytest.raises(WriteConflict):
            store.commit([stale])
    store.commit([Delete(totals, 1), Delete(day, Tally(1, 2)), Delete(video_row(scope, 0, video))])
    assert store.is_empty(scope)


def test_rows_are_found_by_what_they_are(store: FigureStore, video: str) -> None:
    scope = video_scope(video)
    keys = [viewer_row(scope, str(number)) for number in range(40)]
    store.commit([Put(key, 0, Known(1)) for key in keys])
    store.commit([Put(session_row(video, "s"), 0, TIMELINE)])
    found = list(store.rows(scope, "VIEWER#", Known))
    assert {key for key, _, _ in found} == set(keys)
    assert {(version, known) for _, version, known in found} == {(1, Known(1))}


def test_everything_of_a_scope_is_removed_and_nothing_of_another(store: FigureStore, video: str) -> None:
    other = f"{video}1"
    for name in (video, other):
        store.commit([Put(session_row(name, str(number)), 0, TIMELINE) for number in range(60)])
        store.commit([Add(day_row(video_scope(name), 1, "2026-03-01"), Tally(1))])
    assert store.remove_all(video_scope(video)) == 61
    assert store.remove_all(video_scope(video)) == 0
    assert store.is_empty(video_scope(video))
    assert not store.is_empty(video_scope(other))


def test_of_writers_that_meet_one_wins_and_tallies_lose_nothing(store: FigureStore, video: str) -> None:
    scope = video_scope(video)

    def write(number: int) -> bool:
        store.commit([Add(day_row(scope, 0, "2026-03-01"), Tally(1))])
        try:
            store.commit([Put(totals_row(scope, 0), 0, Totals({"views": number}))])
        except WriteConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(24))) == 1
    assert store.collected(scope).days == {"2026-03-01": Tally(24)}


type Call = Callable[[DynamoFigures], object]


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.read([session_row("v", "s")]),
        lambda store: store.commit([Put(session_row("v", "s"), 0, TIMELINE)]),
        lambda store: store.collected(video_scope("v")),
        lambda store: store.is_empty(video_scope("v")),
    ],
)
def test_a_table_that_is_busy_is_said_to_be(call: Call) -> None:
    store = DynamoFigures(Failing(refused("ThrottlingException")), "table")  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        call(store)


class Stingy:
    """Removes some of what it is asked to, and leaves the rest for the next time."""

    def __init__(self, *, removes: int) -> None:
        self.removes = removes

    def pages(self, **_asked: object) -> Iterator[object]:
        yield {"Items": [{"pk": {"S": "p"}, "sk": {"S": "s"}}]}

    def batch_write_item(self, *, RequestItems: Any) -> object:  # noqa: N803 - AWS's
        left = RequestItems["table"][self.removes :]
        return {"UnprocessedItems": {"table": left} if left else {}}


def test_what_was_left_is_removed_by_asking_again() -> None:
    store = DynamoFigures(Stingy(removes=4), "table")  # type: ignore[arg-type]
    assert store.remove_all(video_scope("v")) == SHARDS


def test_what_is_left_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluice.adapters.dynamodb.figures.rounds", lambda: range(2))
    store = DynamoFigures(Stingy(removes=0), "table")  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        store.remove_all(video_scope("v"))
