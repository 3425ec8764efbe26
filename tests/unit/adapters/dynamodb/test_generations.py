"""One contract for generations' rows, held by the fake and by DynamoDB alike."""

from dataclasses import replace

import pytest
from sluice.adapters.dynamodb.generations import DynamoGenerations
from sluice.adapters.sealing import Seal
from sluice.domain.generation import Answer, Generation, Trouble
from sluice.domain.stamped import Stamped
from sluice.usecases.generation_ports import GenerationStore

from tests.builders import at, make_generation
from tests.engine import Aws, unique
from tests.fakes.generations import FakeGenerations
from tests.resources import Resources

URL = "https://cdn.example/v.mp4?signature=hunter2"
READY = Stamped(at(5), Answer(video_url=URL))
FAILED = Stamped(at(6), Answer(trouble=Trouble("generation_failed", "Too few words.")))
TROUBLE = Stamped(at(7), Trouble("refused_address", "Not from there."))


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> GenerationStore:
    if request.param == "fake":
        return FakeGenerations()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoGenerations(aws.dynamo, request.getfixturevalue("table"), Seal("s" * 64, "generation"))


@pytest.fixture
def generation() -> Generation:
    return make_generation(generation_id=unique("gen"))


def test_what_was_added_is_found(store: GenerationStore, generation: Generation) -> None:
    assert store.find(generation.generation_id) is None
    assert store.add(generation) == generation
    assert store.find(generation.generation_id) == generation


def test_adding_it_again_changes_nothing_and_says_how_it_stands(
    store: GenerationStore, generation: Generation
) -> None:
    store.add(generation)
    store.answer(generation.generation_id, READY)
    again = store.add(make_generation(generation_id=generation.generation_id, video_id="vid_other"))
    assert (again.video_id, again.answer) == (generation.video_id, READY)


@pytest.mark.parametrize(("one", "other"), [(READY, FAILED), (FAILED, READY)])
def test_the_first_answer_stands(
    store: GenerationStore, generation: Generation, one: Stamped[Answer], other: Stamped[Answer]
) -> None:
    store.add(generation)
    for answer in (one, other, one):
        known = store.answer(generation.generation_id, answer)
        assert known == store.find(generation.generation_id)
        assert known is not None
        assert known.answer == one


def test_a_video_is_found_by_where_the_generator_put_it_for_its_owner(
    store: GenerationStore, generation: Generation
) -> None:
    owner, url = generation.generation_id, f"{URL}&of={generation.generation_id}"
    store.add(replace(generation, owner_id=owner))
    store.answer(generation.generation_id, Stamped(at(5), Answer(video_url=url)))
    store.answer(generation.generation_id, Stamped(at(6), Answer(video_url=f"{url}-again")))
    assert store.made_at(owner, url) == generation.video_id
    assert store.made_at(owner, f"{url}-again") is None
    assert store.made_at(f"{owner}-other", url) is None


def test_an_answer_to_nothing_is_not_kept(store: GenerationStore, generation: Generation) -> None:
    assert store.answer(generation.generation_id, READY) is None
    store.set_back(generation.generation_id, TROUBLE)
    store.refuse(generation.generation_id, TROUBLE)
    assert store.find(generation.generation_id) is None


def test_what_went_wrong_is_kept_beside_the_answer(store: GenerationStore, generation: Generation) -> None:
    store.add(generation)
    store.set_back(generation.generation_id, TROUBLE)
    store.set_back(generation.generation_id, Stamped(at(9), TROUBLE.value))
    store.answer(generation.generation_id, READY)
    store.refuse(generation.generation_id, TROUBLE)
    known = store.find(generation.generation_id)
    assert known is not None
    assert (known.setback, known.answer, known.refusal) == (TROUBLE, READY, TROUBLE)


def test_where_the_video_is_stands_in_no_row_in_clear(engine: Aws, table: str) -> None:
    client, generation = engine.dynamo, make_generation(generation_id=unique("gen"))
    store = DynamoGenerations(client, table, Seal("s" * 64, "generation"))
    store.add(generation)
    store.answer(generation.generation_id, READY)
    key = {"pk": {"S": f"GENERATION#{generation.generation_id}"}, "sk": {"S": "GENERATION"}}
    item = client.get_item(TableName=table, Key=key)["Item"]
    assert "hunter2" not in str(item)
    assert "cdn.example" not in str(item)
    assert int(item["ttlEpochSeconds"]["N"]) == int(at(90 * 24 * 3600).timestamp())


def test_a_row_sealed_by_a_secret_that_is_gone_reads_as_an_error(engine: Aws, table: str) -> None:
    client, generation = engine.dynamo, make_generation(generation_id=unique("gen"))
    before = DynamoGenerations(client, table, Seal("s" * 64, "generation"))
    before.add(generation)
    before.answer(generation.generation_id, READY)
    known = DynamoGenerations(client, table, Seal("t" * 64, "generation")).find(generation.generation_id)
    assert known is not None
    trouble = known.trouble(at(10))
    assert trouble is not None
    assert trouble.code == "generation_unreadable"
