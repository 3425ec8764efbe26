"""A generation is asked for once its row is there, and its first answer is imported once."""

import pytest
from sluice.domain.addresses import refused
from sluice.domain.errors import ProviderRefused, SluiceError, Unavailable
from sluice.domain.generation import Answer, Generation, Trouble
from sluice.usecases.generation_ports import GeneratorNews
from sluice.usecases.hear_generation import hear_generation
from sluice.usecases.hear_provider import Heard
from sluice.usecases.request_generation import request_generation

from tests.builders import at, make_generation, make_script
from tests.fakes.generations import FakeGenerations, FakeGenerator, FakeImports

ID, VIDEO = make_generation().generation_id, make_generation().video_id
URL, OTHER = "https://cdn.example/1.mp4", "https://cdn.example/2.mp4"
FAILED = Answer(trouble=Trouble("generation_failed", "Too few words."))


class World:
    """A generation that was asked for, unless ``asked`` is false."""

    def __init__(self, *, asked: bool = True) -> None:
        self.store = FakeGenerations()
        self.imports = FakeImports()
        if asked:
            self.store.add(make_generation())

    def hear(self, answer: Answer | None, seconds: float = 5) -> Heard:
        return hear_generation(
            GeneratorNews(generation_id=ID, answer=answer),
            received_at=at(seconds),
            now=at(seconds + 1),
            generations=self.store,
            import_video=self.imports,
        )

    def ask(self, generator: FakeGenerator) -> Generation:
        def answered(_: Generation, answer: Answer) -> None:
            self.hear(answer)

        return request_generation(
            make_script(),
            make_generation(),
            now=at(0),
            generations=self.store,
            generator=generator,
            answered=answered,
        )

    def code(self) -> str | None:
        trouble = self.store.rows[ID].trouble(at(60))
        return trouble.code if trouble else None


def test_an_answer_that_comes_at_once_is_imported_at_once() -> None:
    world = World(asked=False)
    assert world.ask(FakeGenerator(Answer(video_url=URL))).video_url == URL
    assert world.imports.begun == {VIDEO: URL}


def test_without_an_answer_it_waits() -> None:
    world = World(asked=False)
    assert world.ask(FakeGenerator()).status(at(1)) == "processing"
    assert world.imports.begun == {}


@pytest.mark.parametrize(
    "error",
    [Unavailable("It is not there.", code="generator_unavailable"), ProviderRefused("No.", code="no")],
)
def test_a_generator_that_cannot_be_asked_leaves_a_row_that_says_so(error: SluiceError) -> None:
    world = World(asked=False)
    with pytest.raises(type(error)):
        world.ask(FakeGenerator(fails_with=error))
    assert world.code() == error.code
    assert world.hear(Answer(video_url=URL)) is Heard.APPLIED
    assert world.code() is None


def test_an_attempt_that_is_taken_over_asks_under_the_ids_that_it_has() -> None:
    world, generator = World(), FakeGenerator()
    found = world.ask(generator)
    assert (found.video_id, [asked for asked, _ in generator.asked]) == (VIDEO, [ID])


def test_an_attempt_that_was_answered_meanwhile_does_not_ask_again() -> None:
    world, generator = World(), FakeGenerator()
    world.hear(Answer(video_url=URL))
    assert world.ask(generator).video_url == URL
    assert generator.asked == []


def test_repeating_an_answer_imports_once() -> None:
    world = World()
    assert [world.hear(Answer(video_url=URL), n) for n in (1, 1, 2)] == ["applied", "applied", "known"]
    assert world.imports.begun == {VIDEO: URL}


@pytest.mark.parametrize("later", [Answer(video_url=OTHER), FAILED])
def test_the_first_answer_stands(later: Answer) -> None:
    world = World()
    world.hear(Answer(video_url=URL))
    assert world.hear(later, 6) is Heard.KNOWN
    assert (world.store.rows[ID].video_url, world.imports.begun) == (URL, {VIDEO: URL})


def test_once_it_has_failed_a_video_comes_too_late() -> None:
    world = World()
    assert world.hear(FAILED) is Heard.APPLIED
    assert world.hear(Answer(video_url=URL), 6) is Heard.KNOWN
    assert (world.code(), world.imports.begun) == ("generation_failed", {})


def test_an_answer_after_days_still_counts() -> None:
    world = World()
    assert world.hear(Answer(video_url=URL), 3 * 24 * 3600) is Heard.APPLIED
    assert world.imports.begun == {VIDEO: URL}


def test_an_address_that_nobody_may_be_sent_to_ends_it_with_a_reason() -> None:
    world = World()
    world.imports.fails_with = refused("leads inside")
    assert world.hear(Answer(video_url="http://169.254.169.254/")) is Heard.APPLIED
    assert world.code() == "refused_address"
    world.imports.fails_with = None
    assert world.hear(Answer(video_url=URL), 6) is Heard.KNOWN
    assert world.imports.begun == {}


def test_an_import_that_its_provider_refuses_is_the_videos_own_trouble() -> None:
    world = World()
    world.imports.fails_with = ProviderRefused("No.")
    assert world.hear(Answer(video_url=URL)) is Heard.APPLIED
    assert world.code() is None


def test_an_import_that_cannot_start_now_is_started_when_the_answer_comes_again() -> None:
    world = World()
    world.imports.fails_with = Unavailable("Later.")
    with pytest.raises(Unavailable):
        world.hear(Answer(video_url=URL))
    world.imports.fails_with = None
    assert world.hear(Answer(video_url=URL)) is Heard.APPLIED
    assert world.imports.begun == {VIDEO: URL}


def test_what_says_nothing_or_is_about_nothing_is_done_with() -> None:
    assert World().hear(None) is Heard.NOTHING
    assert World(asked=False).hear(Answer(video_url=URL)) is Heard.UNKNOWN
