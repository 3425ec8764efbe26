"""A source is fetched once, whole or not at all; what cannot be had says why; nothing is left behind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sluice.domain.errors import Unavailable
from sluice.domain.facts import (
    DeletionRequested,
    Fact,
    Failed,
    FetchProgressed,
    ProviderLinked,
    SourceStored,
)
from sluice.domain.fetching import FetchFailed, FetchInterrupted, SourceReplaced
from sluice.domain.parts import MIB
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.fetch_source import Fetched, Workshop, fetch_source

from tests.builders import PATIENCE, VIDEO_ID, at, make_import, make_video
from tests.fakes.imports import FakeFetchQueue, FakeFlow, FakeLeases, FakeSeal, FakeSink, FakeSource, Piece
from tests.fakes.videos import FakeVideos

URL = "https://example.com/video.mp4"
HEAD = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 400
BROKEN = FetchInterrupted("The server broke off.", code="import_unreachable")


class Works:
    """A worker, and everything that it works with. Each piece that comes takes a second."""

    def __init__(self, *script: FakeFlow | Exception, video: Video | None = None) -> None:
        self.videos = FakeVideos(video or make_import(url=URL))
        self.source, self.sink = FakeSource(*script), FakeSink()
        self.leases, self.queue = FakeLeases(), FakeFetchQueue()
        self.now = at(10)
        self.rests: list[int] = []

    def fetch(self, holder: str = "worker-1", **changes: Any) -> Fetched:
        known: dict[str, Any] = {
            "videos": self.videos,
            "leases": self.leases,
            "queue": self.queue,
            "source": self.source,
            "sink": self.sink,
            "seal": FakeSeal(),
            "clock": lambda: self.now,
            "rest": self.rests.append,
            "patience": PATIENCE,
            "largest_bytes": 100 * MIB,
            "timeout": timedelta(seconds=600),
        }
        return fetch_source(VIDEO_ID, holder, Workshop(**{**known, **changes}))

    def passes(self, seconds: float) -> Callable[[], None]:
        def pass_() -> None:
            self.now += timedelta(seconds=seconds)

        return pass_

    def hears(self, *facts: Fact) -> Callable[[], None]:
        """Something else happens to the video meanwhile."""

        def happen() -> None:
            for fact in facts:
                found = self.videos.find(VIDEO_ID)
                assert found
                self.videos.replace(found, reduce(found.video, fact), due_at=None)

        return happen

    @property
    def video(self) -> Video:
        found = self.videos.find(VIDEO_ID)
        assert found
        return found.video

    @property
    def code(self) -> str | None:
        return self.video.failure.value.code if self.video.failure else None

    @property
    def left(self) -> tuple[Any, Any]:
        """What should never be left: parts, and a lease."""
        return self.sink.open, self.leases.rows


def test_a_source_is_fetched_and_stored() -> None:
    works = Works(FakeFlow([HEAD, b"more"], total=len(HEAD) + 4, media_type="video/webm"))
    assert works.fetch() is Fetched.STORED
    assert works.sink.sources[VIDEO_ID] == HEAD + b"more"
    assert works.source.asked[0][0] == URL
    assert (works.video.status, works.video.progress, works.video.fetches) == (Status.PROCESSING, 40, False)
    assert works.video.source
    assert works.video.source.value.size_bytes == len(HEAD) + 4
    assert works.sink.media_types == ["video/webm"]
    assert works.left == ({}, {})


def test_a_large_source_is_stored_in_parts_and_never_held_whole() -> None:
    largest = 0

    def measure() -> None:
        nonlocal largest
        largest = max(
            largest, sum(len(body) for parts in works.sink.open.values() for body in parts.values())
        )

    pieces: list[Piece] = [HEAD]
    pieces += [bytes(MIB), measure] * 40
    works = Works(FakeFlow(pieces))
    assert works.fetch() is Fetched.STORED
    assert len(works.sink.sources[VIDEO_ID]) == len(HEAD) + 40 * MIB
    assert largest >= 32 * MIB
    assert works.video.links["upload"].value == "sink-1", "a purge in between finds the parts"


def test_what_is_stored_ends_with_the_last_part_also_where_nothing_is_left_of_it() -> None:
    works = Works(FakeFlow([HEAD[:12] + bytes(16 * MIB - 12)]))
    assert works.fetch() is Fetched.STORED
    assert len(works.sink.sources[VIDEO_ID]) == 16 * MIB


def test_a_source_shorter_than_any_head_is_judged_too() -> None:
    assert Works(FakeFlow([HEAD[:12]])).fetch() is Fetched.STORED


def test_progress_is_told_every_few_seconds() -> None:
    works = Works()
    seen: list[int | None] = []

    def look() -> None:
        seen.append(works.video.progress)

    works.source.script = [
        FakeFlow([HEAD, works.passes(4), bytes(1000), look, bytes(1000), look], total=2 * (1000 + len(HEAD)))
    ]
    works.fetch()
    assert seen == [20, 20]
    assert works.video.heard_at == at(14)


# ---------------------------------------------------------------- what is done already, or by somebody else


@pytest.mark.parametrize(
    "video",
    [
        make_video("uploading"),
        make_video("processing"),
        make_import(SourceStored(at=at(1), size_bytes=1, etag="e")),
        make_import(Failed(at=at(1), code="import_timeout", message="m")),
        make_import(DeletionRequested(at=at(1))),
    ],
)
def test_what_does_not_wait_to_be_fetched_is_left_alone(video: Video) -> None:
    works = Works(BROKEN, video=video)
    assert works.fetch() is Fetched.SETTLED
    assert (works.video, works.source.asked) == (video, [])


def test_a_video_that_is_gone_is_left_alone() -> None:
    works = Works(BROKEN)
    works.videos.rows.clear()
    assert works.fetch() is Fetched.SETTLED


def test_a_second_worker_leaves_it_to_the_first_and_looks_again_later() -> None:
    works = Works()
    came_of_it: list[Fetched] = []
    works.source.script = [FakeFlow([HEAD, lambda: came_of_it.append(works.fetch("worker-2")), b"x"])]
    assert works.fetch() is Fetched.STORED
    assert came_of_it == [Fetched.BUSY]
    assert works.queue.announced == [(VIDEO_ID, timedelta(seconds=120))]
    assert works.fetch("worker-2") is Fetched.SETTLED


def test_a_worker_takes_over_from_one_that_died_and_drops_what_it_left() -> None:
    works = Works(FakeFlow([HEAD, RuntimeError("killed")]), FakeFlow([HEAD]))
    works.sink.open["sink-of-the-dead"] = {1: b"x"}
    works.hears(ProviderLinked(at=at(1), kind="upload", provider_id="sink-of-the-dead"))()
    works.leases.take(VIDEO_ID, "the dead", now=at(0), holds=timedelta(seconds=5))
    with pytest.raises(RuntimeError):
        works.fetch()
    assert works.fetch("worker-2") is Fetched.STORED
    assert works.left == ({}, {})


def test_a_source_that_kills_its_workers_is_given_up() -> None:
    works = Works(FakeFlow([HEAD]))
    for death in range(3):
        moment = at(-1000 + death)
        works.leases.take(VIDEO_ID, f"dead-{death}", now=moment, holds=timedelta(microseconds=1))
    assert works.fetch() is Fetched.FAILED
    assert (works.code, works.source.asked, works.left) == ("import_failed", [], ({}, {}))


def test_a_worker_whose_lease_is_another_s_stops() -> None:
    works = Works()

    def overtake() -> None:
        works.now += timedelta(seconds=200)
        works.leases.take(VIDEO_ID, "worker-2", now=works.now, holds=timedelta(seconds=120))

    works.source.script = [FakeFlow([HEAD, overtake, b"x", b"never read"])]
    assert works.fetch() is Fetched.STOPPED
    assert (works.video.status, works.sink.open, works.sink.sources) == (Status.PROCESSING, {}, {})
    assert works.leases.rows[VIDEO_ID][0] == "worker-2"


# ---------------------------------------------------------------- deletion


@pytest.mark.parametrize("size", [1, 20 * MIB])
@pytest.mark.parametrize(
    "end", [DeletionRequested(at=at(5)), Failed(at=at(5), code="import_timeout", message="Given up.")]
)
def test_a_video_that_is_deleted_or_given_up_meanwhile_is_no_longer_fetched(size: int, end: Fact) -> None:
    works = Works()
    works.source.script = [
        FakeFlow([HEAD, bytes(size), works.hears(end), works.passes(4), b"x", RuntimeError("it went on")])
    ]
    assert works.fetch() is Fetched.STOPPED
    assert (works.sink.sources, works.left) == ({}, ({}, {}))


def test_a_video_that_is_deleted_at_the_very_end_is_not_stored() -> None:
    works = Works()
    works.source.script = [FakeFlow([HEAD, works.hears(DeletionRequested(at=at(5)))])]
    assert works.fetch() is Fetched.STOPPED
    assert works.sink.sources == {}


def test_parts_that_a_purge_has_dropped_make_no_source() -> None:
    works = Works()

    def purge() -> None:
        works.sink.open.clear()

    class PurgedAtTheEnd(FakeSink):
        def join(self, video: Video, sink_id: str, etags: Sequence[str]) -> Sequence[Fact]:
            purge()
            return super().join(video, sink_id, etags)

    works.sink = PurgedAtTheEnd()
    works.source.script = [FakeFlow([HEAD])]
    assert works.fetch() is Fetched.STOPPED
    assert works.video.source is None


def test_a_purge_in_between_ends_it() -> None:
    works = Works()
    works.source.script = [FakeFlow([HEAD, bytes(20 * MIB), works.sink.open.clear, bytes(20 * MIB)])]
    assert works.fetch() is Fetched.STOPPED
    assert works.sink.sources == {}


# ---------------------------------------------------------------- connections that break


def test_a_broken_connection_is_gone_on_with_where_it_broke() -> None:
    works = Works(
        FakeFlow([HEAD, b"one", BROKEN], version='"v1"', total=len(HEAD) + 6),
        BROKEN,
        FakeFlow([b"two"], starts_at=len(HEAD) + 3, version='"v1"', total=len(HEAD) + 6),
    )
    assert works.fetch() is Fetched.STORED
    assert works.sink.sources[VIDEO_ID] == HEAD + b"onetwo"
    bookmarks = [(at.offset, at.version, at.total) for _, at in works.source.asked]
    assert bookmarks[1] == bookmarks[2] == (len(HEAD) + 3, '"v1"', len(HEAD) + 6)
    assert works.rests == [1, 2]


@pytest.mark.parametrize("size", [3, 20 * MIB])
def test_a_server_that_cannot_go_on_is_fetched_from_its_beginning(size: int) -> None:
    works = Works(FakeFlow([HEAD, bytes(size), BROKEN]), FakeFlow([HEAD, b"other"]))
    assert works.fetch() is Fetched.STORED
    assert works.sink.sources[VIDEO_ID] == HEAD + b"other"


def test_what_has_changed_meanwhile_is_fetched_from_its_beginning() -> None:
    works = Works(
        FakeFlow([HEAD, bytes(20 * MIB), BROKEN], version='"v1"'),
        SourceReplaced("The file has changed while it was fetched."),
        FakeFlow([HEAD, b"new"], version='"v2"'),
    )
    assert works.fetch() is Fetched.STORED
    assert works.sink.sources[VIDEO_ID] == HEAD + b"new"
    assert [at.offset for _, at in works.source.asked] == [0, len(HEAD) + 20 * MIB, 0]


def test_what_changes_every_time_is_given_up() -> None:
    works = Works(FakeFlow([HEAD, BROKEN]), SourceReplaced("The file has changed while it was fetched."))
    assert works.fetch() is Fetched.FAILED
    assert works.code == "import_changed"


def test_attempts_that_bring_nothing_are_counted_and_those_that_bring_something_are_not() -> None:
    pieces = [FakeFlow([HEAD, BROKEN])]
    pieces += [FakeFlow([b"x", BROKEN], starts_at=len(HEAD) + n) for n in range(10)]
    works = Works(*pieces, BROKEN)
    assert works.fetch() is Fetched.FAILED
    assert works.code == "import_unreachable"
    assert works.rests == [1] * 11 + [2, 3, 4]


def test_a_server_that_gives_a_byte_each_time_does_not_go_on_for_ever() -> None:
    works = Works(FakeFlow([HEAD, BROKEN]))
    works.source.script += [FakeFlow([b"x", BROKEN], starts_at=len(HEAD) + n) for n in range(100)]
    assert works.fetch() is Fetched.FAILED
    assert len(works.source.asked) == 60


def test_no_attempt_begins_after_the_end_of_time() -> None:
    works = Works(BROKEN)
    assert works.fetch(rest=lambda _: works.passes(601)()) is Fetched.FAILED
    assert (works.code, len(works.source.asked)) == ("import_timeout", 1)


def test_each_attempt_has_the_time_that_is_left() -> None:
    left: list[float] = []

    class Timed(FakeSource):
        def open(self, url: str, at: Any, *, seconds: float) -> Any:
            left.append(seconds)
            return super().open(url, at, seconds=seconds)

    works = Works()
    works.source = Timed(BROKEN, FakeFlow([HEAD]))
    works.fetch(rest=lambda _: works.passes(100)())
    assert left == [600, 500]


# ---------------------------------------------------------------- what cannot be had


@pytest.mark.parametrize(
    ("flow", "code"),
    [
        (FetchFailed("No.", code="import_http_404"), "import_http_404"),
        (FakeFlow([HEAD], total=100 * MIB + 1), "import_too_large"),
        (FakeFlow([HEAD, *[bytes(10 * MIB)] * 10]), "import_too_large"),
        (FakeFlow([HEAD, *[bytes(10 * MIB)] * 10], total=5), "import_too_large"),
        (FakeFlow([b"<!DOCTYPE html><html>" + b" " * 500]), "import_not_video"),
        (FakeFlow([b"<html></html>"]), "import_not_video"),
        (FakeFlow([]), "import_not_video"),
        (FakeFlow([b"plain text " * 50], media_type="text/plain"), "import_not_video"),
        (FakeFlow([HEAD, FetchFailed("Slow.", code="import_timeout")]), "import_timeout"),
    ],
)
def test_what_cannot_be_had_says_why_and_leaves_nothing(flow: FakeFlow | Exception, code: str) -> None:
    works = Works(flow)
    assert works.fetch() is Fetched.FAILED
    assert (works.code, works.video.status, works.video.link("upload")) == (code, Status.ERROR, None)
    assert (works.sink.sources, works.left) == ({}, ({}, {}))
    assert works.fetch() is Fetched.SETTLED


def test_a_url_that_can_no_longer_be_opened_fails() -> None:
    of_another = make_import(video_id="vid_another").upload
    works = Works(FakeFlow([HEAD]), video=replace(make_import(), upload=of_another))
    assert works.fetch() is Fetched.FAILED
    assert works.code == "import_failed"


def test_storage_that_does_not_answer_lets_the_message_come_again() -> None:
    works = Works(FakeFlow([HEAD]))
    works.sink.fails_with = Unavailable("Later.")
    with pytest.raises(Unavailable):
        works.fetch()
    assert (works.video.status, works.leases.rows) == (Status.PROCESSING, {})
    works.sink.fails_with = None
    assert works.fetch("worker-2") is Fetched.STORED
    assert works.sink.open == {}


def test_a_late_word_of_progress_takes_nothing_back() -> None:
    video = reduce(
        make_import(SourceStored(at=at(1), size_bytes=1, etag="e")), FetchProgressed(at=at(0), percent=3)
    )
    assert video.progress == 40
