"""The generator is asked as it expects, and whatever it says becomes one of our words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.generator import HttpGenerator, news
from sluice.adapters.http import Budget, Http
from sluice.adapters.standard_webhooks import secret_of
from sluice.domain.errors import Malformed, ProviderRefused, Unavailable
from sluice.domain.generation import Answer, Trouble
from standardwebhooks import Webhook

from tests.builders import make_generation, make_script
from tests.loopback import Behaviour, Peer, answer, drip, hang, hang_up

SECRET, OLD = secret_of(b"n" * 32), secret_of(b"o" * 32)
GENERATION = make_generation()
URL = "https://cdn.example/v.mp4?signature=x"


def ask(http: Http, peer: Peer, *said: Behaviour) -> Answer | None:
    peer.says(*said)
    generator = HttpGenerator(
        http,
        url=f"{peer.url}/generate",
        keys=(SECRET, OLD),
        callback_url="https://api.example/api/webhooks/generation",
    )
    return generator.ask(GENERATION, make_script(), now=datetime.now(UTC))


def test_it_is_told_the_script_and_where_to_answer_and_can_verify_it(http: Http, peer: Peer) -> None:
    ask(http, peer, answer(202))
    (asked,) = peer.asked
    assert (asked.method, asked.path) == ("POST", "/generate")
    for secret in (SECRET, OLD):
        told = Webhook(secret).verify(asked.body.decode(), dict(asked.headers))
        assert told["generationId"] == GENERATION.generation_id
    assert asked.json == {
        "generationId": GENERATION.generation_id,
        "callbackUrl": "https://api.example/api/webhooks/generation",
        "hook": "Three things",
        "body": "They are many.",
        "conclusion": "Ask us.",
        "company_name": "Harbour Homes",
        "social_handles": "@harbour",
        "license": "NMLS 1",
        "avatar": "Ada",
        "email": "ada@example.com",
    }


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (answer(200, {"videoUrl": URL}), Answer(video_url=URL)),
        (answer(202, {"status": "processing"}), None),
        (answer(202), None),
        (answer(200, "thanks"), None),
        (answer(200, {"videoUrl": 7, "error": None}), None),
        (answer(200, {"error": "No."}), Answer(trouble=Trouble("generation_failed", "No."))),
        (answer(200, {"error": {"message": "No\n."}}), Answer(trouble=Trouble("generation_failed", "No ."))),
    ],
)
def test_what_it_says_at_once_is_understood(
    http: Http, peer: Peer, said: Behaviour, heard: Answer | None
) -> None:
    assert ask(http, peer, said) == heard


def test_a_repetition_has_the_same_id(http: Http, peer: Peer) -> None:
    assert ask(http, peer, hang_up, answer(500), answer(200, {"videoUrl": URL})) == Answer(video_url=URL)
    assert {one.headers["webhook-id"] for one in peer.asked} == {GENERATION.generation_id}
    assert len(peer.asked) == 3


@pytest.mark.parametrize("said", [hang(60), drip(60)])
def test_one_that_takes_its_time_may_answer_later(hasty: Http, peer: Peer, said: Behaviour) -> None:
    assert ask(hasty, peer, said) is None


@pytest.mark.parametrize("status", [301, 400, 401, 404, 422])
def test_one_that_refuses_is_said_to_refuse(http: Http, peer: Peer, status: int) -> None:
    with pytest.raises(ProviderRefused) as caught:
        ask(http, peer, answer(status, {"videoUrl": URL}))
    assert caught.value.code == "generator_refused"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_one_that_fails_again_and_again_is_said_to_fail(http: Http, peer: Peer, status: int) -> None:
    with pytest.raises(Unavailable) as caught:
        ask(http, peer, answer(status))
    assert caught.value.code == "generator_unavailable"


def test_one_that_is_not_there_is_said_not_to_be() -> None:
    with Http("The generator", Budget(total_seconds=0.3), pause=lambda _: None) as http:
        generator = HttpGenerator(http, url="http://127.0.0.1:1/", keys=(SECRET,), callback_url="")
        with pytest.raises(Unavailable) as caught:
            generator.ask(GENERATION, make_script(), now=datetime.now(UTC))
    assert caught.value.code == "generator_unavailable"


def told(**said: Any) -> bytes:
    return json.dumps({"generationId": GENERATION.generation_id, **said}).encode()


@pytest.mark.parametrize(
    ("raw", "heard"),
    [
        (told(videoUrl=URL), Answer(video_url=URL)),
        (told(videoUrl=URL, error="No."), Answer(video_url=URL)),
        (told(error="No."), Answer(trouble=Trouble("generation_failed", "No."))),
        (
            told(error=["?"]),
            Answer(trouble=Trouble("generation_failed", "The generator could not make the video.")),
        ),
        (told(error="x" * 900), Answer(trouble=Trouble("generation_failed", "x" * 500))),
        (told(), None),
        (told(videoUrl="https://cdn.example/" + "x" * 4096), None),
        (told(videoUrl=URL, generationId="gen_1"), None),
        (told(videoUrl=URL, generationId=None), None),
    ],
)
def test_what_it_says_later_is_understood(raw: bytes, heard: Answer | None) -> None:
    assert news(raw).answer == heard


@given(
    st.binary()
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
def test_whatever_comes_it_is_understood_or_malformed(raw: bytes) -> None:
    try:
        assert news(raw).answer is None
    except Malformed:
        return
