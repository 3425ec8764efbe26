"""A generation is asked for once, and tells how it is doing to its owner alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from sluice.domain.video import Status
from standardwebhooks import Webhook

from functions.generations.handler import handler
from tests.authority import Authority
from tests.deployment import Deployment, caller, running
from tests.engine import unique
from tests.events import answer_of
from tests.functions.generating import NEW, OLD, generating
from tests.functions.importing import waiting
from tests.loopback import Behaviour, Peer, Site, answer, hang, running_peer

call = caller(handler)
ASK, OLD_ASK = "POST /api/generations", "POST /api/auth/create-video/generate-video"
READ = "GET /api/generations/{generation_id}"
both = pytest.mark.parametrize("route", [ASK, OLD_ASK])


@pytest.fixture(scope="module")
def generator() -> Iterator[Peer]:
    with running_peer() as peer:
        yield peer


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority, generator: Peer) -> Iterator[Deployment]:
    with generating(made, site, authority, generator) as deployment:
        yield deployment


pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def url(site: Site) -> str:
    return f"https://localhost:{site.port}/{unique('film')}.mp4?signature=hunter2"


def ask(
    user: str, generator: Peer, said: Behaviour, *, route: str = ASK, key: str | None = None, **script: str
) -> dict[str, Any]:
    generator.asked.clear()
    generator.says(said)
    script = {"hook": "Three things", "body": "They are many.", "conclusion": "Ask us.", **script}
    return call(route, user=user, body=script, headers={"idempotency-key": key} if key else {})


def read(user: str, generation_id: str) -> dict[str, Any]:
    return answer_of(call(READ, user=user, generation_id=generation_id))


def test_a_video_that_is_made_at_once_is_imported_at_once(
    deployed: Deployment, user: str, generator: Peer, url: str
) -> None:
    reply = ask(user, generator, answer(200, {"videoUrl": url}))
    made = answer_of(reply)
    assert (reply["statusCode"], made["status"], made["videoUrl"]) == (200, "ready", url)
    video = deployed.state_of(made["videoId"])
    assert (video.status, video.owner_id, video.title.value) == (Status.PROCESSING, user, "Three things")
    assert video.custom.value["generated"]["generationId"] == made["generationId"]
    assert made["videoId"] in {one["videoId"] for one in waiting(deployed)}
    known = read(user, made["generationId"])
    assert (known["status"], known["videoId"], known["error"]) == ("ready", made["videoId"], None)


def test_the_generator_is_asked_with_our_signature(user: str, generator: Peer) -> None:
    made = answer_of(ask(user, generator, answer(202), email="ada@example.com"))
    (asked,) = generator.asked
    for secret in (NEW, OLD):
        told = Webhook(secret).verify(asked.body.decode(), dict(asked.headers))
        assert told["generationId"] == made["generationId"]
    assert asked.json["callbackUrl"] == "https://api.example/api/webhooks/generation"
    assert (asked.json["hook"], asked.json["email"]) == ("Three things", "ada@example.com")


@pytest.mark.parametrize("said", [answer(202), answer(200, {"status": "queued"}), hang(1.5)])
def test_a_video_that_takes_longer_is_waited_for(user: str, generator: Peer, said: Behaviour) -> None:
    reply = ask(user, generator, said)
    made = answer_of(reply)
    assert (reply["statusCode"], made["status"], made["estimatedTime"]) == (202, "processing", 15)
    assert "15 minutes" in made["message"]
    known = read(user, made["generationId"])
    assert (known["status"], known["videoUrl"], known["videoId"], known["error"]) == (
        "processing",
        None,
        None,
        None,
    )


def test_the_earlier_documents_envelope(user: str, generator: Peer, url: str) -> None:
    ready = answer_of(ask(user, generator, answer(200, {"videoUrl": url}), route=OLD_ASK))
    assert (ready["success"], ready["message"]) == (True, "Video generated successfully")
    assert (ready["data"]["status"], ready["data"]["videoUrl"]) == ("ready", url)
    reply = ask(user, generator, answer(202), route=OLD_ASK)
    later = answer_of(reply)
    assert (reply["statusCode"], later["success"]) == (200, True)
    assert later["message"] == "Video generation request submitted successfully"
    assert (later["data"]["status"], later["data"]["estimatedTime"]) == ("processing", 15)
    assert later["data"]["timestamp"].endswith("Z")


@both
def test_the_same_request_again_is_the_same_generation(user: str, generator: Peer, route: str) -> None:
    first = ask(user, generator, answer(202), route=route, key="k")
    again = ask(user, generator, answer(500), route=route, key="k")
    assert "gen_" in first["body"]
    assert (again["statusCode"], again["headers"]["idempotent-replayed"]) == (first["statusCode"], "true")
    ids = [answer_of(one).get("data", answer_of(one))["generationId"] for one in (first, again)]
    assert ids[0] == ids[1]
    assert generator.asked == []


@both
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"hook": ""}, "hook"), ({"body": "x" * 5001}, "body"), ({"email": "nobody"}, "email")],
)
def test_a_script_that_cannot_be_used_asks_nobody(
    user: str, generator: Peer, route: str, changes: dict[str, str], field: str
) -> None:
    reply = ask(user, generator, answer(202), route=route, **changes)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "invalid_fields")
    assert [one["field"] for one in answer_of(reply)["details"]] == [field]
    assert generator.asked == []


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        (answer(200, {"error": "Too few words."}), 502, "generation_failed"),
        (answer(200, {"videoUrl": "http://169.254.169.254/v.mp4"}), 502, "generation_failed"),
        (answer(400), 502, "generator_refused"),
        (answer(500), 503, "generator_unavailable"),
        (answer(429, "", {"Retry-After": "30"}), 503, "generator_unavailable"),
    ],
)
def test_a_generator_that_fails_is_said_to_and_the_key_is_not_used_up(
    user: str, generator: Peer, said: Behaviour, status: int, code: str, url: str
) -> None:
    reply = ask(user, generator, said, key="k")
    assert (reply["statusCode"], answer_of(reply)["code"]) == (status, code)
    again = ask(user, generator, answer(200, {"videoUrl": url}), key="k")
    assert (again["statusCode"], answer_of(again)["videoUrl"]) == (200, url)


def test_an_address_inside_is_not_fetched_from(deployed: Deployment, user: str, generator: Peer) -> None:
    waiting(deployed)
    ask(user, generator, answer(200, {"videoUrl": "http://169.254.169.254/v.mp4"}))
    assert waiting(deployed) == []


def test_another_users_generation_is_not_shown(user: str, generator: Peer) -> None:
    made = answer_of(ask(user, generator, answer(202)))
    reply = call(READ, user=f"{user}-other", generation_id=made["generationId"])
    assert (reply["statusCode"], answer_of(reply)["code"]) == (403, "forbidden")


@pytest.mark.parametrize("name", ["gen_0195a1c2-0000-7000-8000-00000000dead", "gen_", "x" * 3000])
def test_what_there_is_not_is_not_found(user: str, name: str) -> None:
    reply = call(READ, user=user, generation_id=name)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (404, "generation_not_found")


def test_without_a_generator_it_says_so(made: Deployment, user: str, generator: Peer) -> None:
    with running(made):
        reply = ask(user, generator, answer(202))
    assert (reply["statusCode"], answer_of(reply)["code"]) == (503, "generator_not_configured")


@pytest.mark.parametrize("service", ["DYNAMODB", "SQS"])
def test_while_something_is_down_it_says_so(
    deployed: Deployment, user: str, generator: Peer, url: str, service: str
) -> None:
    with running(deployed, **{f"AWS_ENDPOINT_URL_{service}": "http://127.0.0.1:9"}):
        reply = ask(user, generator, answer(200, {"videoUrl": url}))
    assert reply["statusCode"] == 503


def test_where_the_video_is_is_in_no_log(
    user: str, generator: Peer, url: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ask(user, generator, answer(200, {"videoUrl": url}))
    assert "hunter2" not in capsys.readouterr().out + caplog.text
