"""What the generator says has its effect once, whatever happens on the way (R4)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.dynamodb.generations import DynamoGenerations
from sluice.adapters.ids import new_id, new_video_id
from sluice.domain.facts import DeletionRequested
from sluice.domain.generation import Generation, GenerationStatus
from sluice.domain.video import Status
from sluice.edge import generation_wiring

from functions.provider_events.handler import handler
from tests.authority import Authority
from tests.builders import make_generation
from tests.deployment import Deployment, running
from tests.events import sample
from tests.functions.generating import generating
from tests.functions.importing import waiting
from tests.loopback import Peer, Site
from tests.mux_peer import with_facts


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    with generating(made, site, authority, Peer(url="http://127.0.0.1:9")) as deployment:
        yield deployment


pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def generation(user: str) -> Generation:
    """One that was asked for."""
    now = datetime.now(UTC)
    made = make_generation(
        generation_id=new_id("gen", now), video_id=new_video_id(now), owner_id=user, created_at=now
    )
    return generation_wiring.generations().add(made)


@pytest.fixture
def url(site: Site) -> str:
    return f"https://localhost:{site.port}/film.mp4?signature=hunter2"


def told(generation: Generation, **said: Any) -> dict[str, Any]:
    body = json.dumps({"generationId": generation.generation_id, **said})
    return {"provider": "generation", "receivedAt": datetime.now(UTC).isoformat(), "body": body}


def failed(*messages: dict[str, Any]) -> list[str]:
    (record,) = sample("provider_events/generation")["Records"]
    records = [{**record, "messageId": f"m{n}", "body": json.dumps(m)} for n, m in enumerate(messages)]
    answer = handler({"Records": records}, None)
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def heard(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [str(vars(record)["heard"]) for record in caplog.records if record.message == "heard"]


def known(generation: Generation) -> Generation:
    found = generation_wiring.generations().find(generation.generation_id)
    assert found is not None
    return found


def test_the_sample_is_about_a_generation_that_is_not_ours_and_is_done_with(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert handler(sample("provider_events/generation"), None) == {"batchItemFailures": []}
    assert heard(caplog) == ["unknown"]


def test_a_video_is_imported_when_the_generator_says_where_it_is(
    deployed: Deployment, generation: Generation, url: str
) -> None:
    assert failed(told(generation, videoUrl=url)) == []
    assert known(generation).video_url == url
    video = deployed.state_of(generation.video_id)
    assert (video.owner_id, video.title.value) == (generation.owner_id, generation.title)
    assert video.custom.value["generated"]["generationId"] == generation.generation_id
    assert generation.video_id in {one["videoId"] for one in waiting(deployed)}


def test_said_again_and_again_it_is_one_video(
    deployed: Deployment, generation: Generation, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert failed(*[told(generation, videoUrl=url)] * 3, told(generation, videoUrl=f"{url}-other")) == []
    assert heard(caplog)[0] == "applied"
    assert heard(caplog)[-1] == "known"
    assert known(generation).video_url == url
    assert deployed.videos.counts(generation.owner_id).total == 1


def test_a_generator_that_gives_up_is_believed(generation: Generation, url: str) -> None:
    assert failed(told(generation, error="Too few words."), told(generation, videoUrl=url)) == []
    trouble = known(generation).trouble(datetime.now(UTC))
    assert trouble is not None
    assert (trouble.code, trouble.message) == ("generation_failed", "Too few words.")


@pytest.mark.parametrize(
    "inside", ["http://169.254.169.254/v.mp4", "https://10.0.0.1/v.mp4", "file:///etc/passwd"]
)
def test_an_address_inside_ends_it_and_makes_no_video(
    deployed: Deployment, generation: Generation, inside: str
) -> None:
    assert failed(told(generation, videoUrl=inside)) == []
    assert known(generation).status(datetime.now(UTC)) is GenerationStatus.ERROR
    assert deployed.videos.find(generation.video_id) is None


def test_what_was_deleted_meanwhile_does_not_come_back(
    deployed: Deployment, generation: Generation, url: str
) -> None:
    failed(told(generation, videoUrl=url))
    found = deployed.videos.find(generation.video_id)
    assert found is not None
    gone = with_facts(found.video, (DeletionRequested(at=datetime.now(UTC)),))
    deployed.videos.replace(found, gone, due_at=None)
    waiting(deployed)
    assert failed(told(generation, videoUrl=url)) == []
    assert deployed.state_of(generation.video_id).status is Status.DELETED
    assert waiting(deployed) == []


@pytest.mark.parametrize("service", ["DYNAMODB", "SQS", "S3"])
def test_while_something_is_down_it_comes_again_and_nothing_is_lost(
    deployed: Deployment, generation: Generation, url: str, service: str
) -> None:
    with running(deployed, **{f"AWS_ENDPOINT_URL_{service}": "http://127.0.0.1:9"}):
        assert failed(told(generation, videoUrl=url)) == ["m0"]
    assert failed(told(generation, videoUrl=url)) == []
    assert generation.video_id in [one["videoId"] for one in waiting(deployed)]


class Killed(BaseException):
    """The process is no more."""


@pytest.mark.parametrize("step", ["answer", "import"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_step_it_is_done_when_it_comes_again(
    deployed: Deployment, generation: Generation, url: str, step: str, when: str
) -> None:
    place: tuple[Any, str] = (
        (DynamoGenerations, "answer") if step == "answer" else (generation_wiring, "import_video")
    )
    real = getattr(*place)

    def dies(*given: Any, **named: Any) -> Any:
        if when == "after":
            real(*given, **named)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*place, dies)
        with pytest.raises(Killed):
            failed(told(generation, videoUrl=url))
    assert failed(told(generation, videoUrl=url)) == []
    assert deployed.videos.counts(generation.owner_id).total == 1
    assert generation.video_id in {one["videoId"] for one in waiting(deployed)}


def test_one_bad_message_holds_nobody_back(generation: Generation, url: str) -> None:
    poison = {"provider": "generation", "receivedAt": "yesterday", "body": "{}"}
    assert failed(poison, told(generation, videoUrl=url)) == ["m0"]
    assert known(generation).video_url == url


def test_where_the_video_is_is_in_no_log(
    generation: Generation, url: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    failed(told(generation, videoUrl=url))
    assert "hunter2" not in capsys.readouterr().out + caplog.text
