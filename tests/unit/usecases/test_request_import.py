"""An import is asked for once, whoever fetches it, and the table knows of it first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from sluice.domain.errors import (
    InvalidFields,
    OutcomeUnknown,
    ProviderRefused,
    RefusedAddress,
    SluiceError,
    Unavailable,
)
from sluice.domain.facts import DeletionRequested, Fact, Failed, ProcessingStarted, ProviderLinked
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.request_import import ImportWish, filename_of, request_import
from sluice.usecases.request_upload import Origin

from tests.builders import ALICE, PATIENCE, VIDEO_ID, at
from tests.fakes.imports import FakeAddresses, FakeImporter, FakeSeal
from tests.fakes.videos import FakeVideos

URL = "https://example.com/films/Harbour%20at%20dawn.mp4?token=hunter2"


class World:
    """Everything that an import is asked of."""

    def __init__(self, provider: str = "s3", fails_with: SluiceError | None = None) -> None:
        self.provider = provider
        self.videos = FakeVideos()
        self.addresses = FakeAddresses()
        self.importer = FakeImporter(fails_with, links=provider != "s3")
        self.seal = FakeSeal()

    def ask(
        self, seconds: float = 0, *, video_id: str = VIDEO_ID, comes_again: bool = False, **wish: Any
    ) -> Video:
        return request_import(
            ImportWish(**{"video_url": URL, **wish}),
            Origin(
                caller=ALICE,
                video_id=video_id,
                correlation_id="request-1",
                provider=self.provider,
                now=at(seconds),
            ),
            videos=self.videos,
            addresses=self.addresses,
            importer=self.importer,
            seal=self.seal if self.provider == "s3" else None,
            patience=PATIENCE,
            comes_again=comes_again,
        )

    @property
    def row(self) -> Video:
        found = self.videos.find(VIDEO_ID)
        assert found
        return found.video


def test_an_import_is_a_video_that_is_being_processed() -> None:
    world = World()
    video = world.ask()
    assert video == world.row
    assert (video.status, video.progress, video.provider, video.owner_id) == (
        Status.PROCESSING,
        0,
        "s3",
        "alice",
    )
    assert (video.title.value, video.filename) == ("Harbour at dawn", "Harbour at dawn.mp4")
    assert (video.upload.protocol, video.upload.size_bytes, video.upload.mime_type) == ("import", 0, "")
    assert video.visibility.value == "private"
    assert world.videos.rows[VIDEO_ID].due_at == at(0) + PATIENCE.processing
    assert world.importer.told == [(VIDEO_ID, URL)]


def test_the_url_lies_sealed_in_the_row_and_nowhere_else() -> None:
    world = World()
    video = world.ask()
    assert "hunter2" not in repr(video)
    assert world.seal.open(video.upload.sealed_url or "", VIDEO_ID) == URL


def test_what_a_provider_fetches_is_not_kept() -> None:
    world = World("mux")
    video = world.ask(title="Mine", custom={"a": 1})
    assert (video.upload.sealed_url, video.link("asset")) == (None, f"asset-of-{VIDEO_ID}")
    assert (video.title.value, video.custom.value, video.status) == ("Mine", {"a": 1}, Status.PROCESSING)


@pytest.mark.parametrize("title", [None, ""])
def test_a_title_that_is_none_is_the_name_in_the_url(title: str | None) -> None:
    assert World().ask(title=title).title.value == "Harbour at dawn"


@pytest.mark.parametrize("wish", [{"title": "x" * 201}, {"title": "a\nb"}, {"custom": {"x": "y" * 5000}}])
def test_details_that_cannot_be_are_refused_and_leave_nothing(wish: dict[str, Any]) -> None:
    world = World()
    with pytest.raises(InvalidFields):
        world.ask(**wish)
    assert (world.videos.rows, world.addresses.asked, world.importer.told) == ({}, [], [])


def test_an_address_that_is_refused_leaves_nothing() -> None:
    world = World()
    world.addresses.refused.add(URL)
    with pytest.raises(RefusedAddress) as caught:
        world.ask(field="source")
    assert caught.value.problems[0].field == "source"
    assert (world.videos.rows, world.importer.told) == ({}, [])


@pytest.mark.parametrize("error", [ProviderRefused("No."), Unavailable("Later."), OutcomeUnknown("Silence.")])
@pytest.mark.parametrize("provider", ["s3", "mux"])
def test_what_cannot_be_started_says_so_in_its_row(provider: str, error: SluiceError) -> None:
    world = World(provider, fails_with=error)
    with pytest.raises(type(error)):
        world.ask()
    assert world.row.failure
    assert (world.row.status, world.row.failure.value.code) == (Status.ERROR, "provider_unavailable")
    assert world.row.strays_possible is isinstance(error, OutcomeUnknown)


# ---------------------------------------------------------------- the same again


def test_repeating_it_tells_a_provider_nothing_more() -> None:
    world = World("mux")
    first = world.ask()
    assert world.ask(100) == first
    assert len(world.importer.told) == 1
    assert world.videos.counts("alice").processing == 1


def test_repeating_it_after_a_death_in_between_tells_the_provider_again_and_looks_for_strays() -> None:
    world = World("mux")
    world.importer.dies = True
    with pytest.raises(RuntimeError):
        world.ask()
    world.importer.dies = False
    assert world.ask(30).link("asset") is None, "another may be at it"
    video = world.ask(61)
    assert (video.link("asset"), video.strays_possible) == (f"asset-of-{VIDEO_ID}", True)


def test_two_at_once_tell_a_provider_once() -> None:
    world = World("mux")
    asked = world.importer.import_url

    def meanwhile(video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        world.importer.import_url = asked  # type: ignore[method-assign]  # the first call only
        world.ask()
        return asked(video, url, now=now)

    world.importer.import_url = meanwhile  # type: ignore[method-assign]  # what another does
    world.ask()
    assert len(world.importer.told) == 1


def test_repeating_it_announces_a_source_of_ours_again_until_it_is_there() -> None:
    world = World()
    world.ask()
    world.ask(1)
    assert len(world.importer.told) == 2
    assert len(world.addresses.asked) == 1


@pytest.mark.parametrize(
    "fact",
    [
        DeletionRequested(at=at(1)),
        Failed(at=at(1), code="import_http_404", message="It is not there."),
        ProviderLinked(at=at(1), kind="asset", provider_id="a"),
    ],
)
def test_repeating_it_changes_nothing_that_has_come_further(fact: Fact) -> None:
    world = World("mux")
    world.importer.dies = True
    with pytest.raises(RuntimeError):
        world.ask()
    found = world.videos.find(VIDEO_ID)
    assert found
    world.videos.replace(found, reduce(found.video, fact), due_at=None)
    assert world.ask(100) == world.row
    assert world.importer.told == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.com/a/b.mp4?x=/c.mp4", "b.mp4"),
        ("https://example.com/", "video"),
        ("https://example.com", "video"),
        ("https://example.com/%2e%2e", "video"),
        ("https://example.com/a%2Fb%5Cc.mp4", "b c.mp4"),
        ("https://example.com/%F0%9F%8E%AC%00%0A.webm", "🎬.webm"),
        ("https://example.com/" + "x" * 300 + ".mp4", "x" * 251 + ".mp4"),
    ],
)
def test_a_file_is_called_what_its_url_calls_it(url: str, name: str) -> None:
    assert filename_of(url) == name


def test_a_provider_s_facts_are_those_of_the_video() -> None:
    world = World("mux")
    world.importer.also = (ProcessingStarted(at=at(5)),)
    assert world.ask().heard_at == at(5)


def test_one_who_comes_again_is_not_told_that_it_has_failed_for_good() -> None:
    world = World(fails_with=Unavailable("Later."))
    with pytest.raises(Unavailable) as refused:
        world.ask(comes_again=True)
    assert not refused.value.settled
    assert world.row.status is Status.PROCESSING
    world.importer = FakeImporter(links=False)
    world.ask(1, comes_again=True)
    assert world.importer.told == [(VIDEO_ID, URL)]


def test_one_who_comes_again_is_told_what_will_not_pass() -> None:
    world = World(fails_with=ProviderRefused("No."))
    with pytest.raises(ProviderRefused):
        world.ask(comes_again=True)
    assert world.row.status is Status.ERROR
