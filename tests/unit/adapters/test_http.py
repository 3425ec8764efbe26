"""Provider trouble is retried with jittered backoff within a budget, and then said."""

import time

import pytest
from sluice.adapters.http import Budget, Call, Http
from sluice.domain.errors import OutcomeUnknown, Unavailable

from tests.builders import NOW
from tests.loopback import Behaviour, Peer, answer, drip, half, hang, hang_up

GOOD = answer(200, {"data": {"id": "one"}}, {"Date": "Sun, 01 Mar 2026 12:00:00 GMT"})


def get(peer: Peer) -> Call:
    return Call(method="GET", url=peer.url)


def create(peer: Peer) -> Call:
    return Call(method="POST", url=peer.url, body=b"{}", makes=True)


def test_an_answer_comes_with_its_json_and_the_providers_own_time(http: Http, peer: Peer) -> None:
    peer.says(GOOD)
    seen = http.send(get(peer))
    assert (seen.status, seen.content, seen.after_silence) == (200, {"data": {"id": "one"}}, False)
    assert seen.at == NOW


@pytest.mark.parametrize("headers", [{}, {"Date": "yesterday"}])
def test_an_answer_without_a_readable_time_has_none(http: Http, peer: Peer, headers: dict[str, str]) -> None:
    peer.says(answer(200, {"a": 1}, headers))
    assert http.send(get(peer)).at is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422])
def test_what_will_not_pass_is_not_asked_again(http: Http, peer: Peer, status: int) -> None:
    peer.says(answer(status, "<html>no</html>"))
    assert (http.send(get(peer)).status, len(peer.asked)) == (status, 1)


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(answer(500), id="500"),
        pytest.param(answer(503, {"error": {}}), id="503"),
        pytest.param(answer(522, "<html>"), id="522, as Cloudflare's edge says it"),
        pytest.param(answer(408), id="408"),
        pytest.param(answer(429, {"errors": ["Too many requests"]}), id="429 without Retry-After"),
        pytest.param(answer(200, "<html>maintenance</html>"), id="HTML with status 200"),
        pytest.param(answer(200, ""), id="nothing with status 200"),
        pytest.param(answer(200, '{"data": {"id'), id="half JSON, whole body"),
        pytest.param(half('{"data": {"id": "one"}}'), id="half a body"),
        pytest.param(hang_up, id="connection closed"),
    ],
)
def test_what_may_pass_is_asked_again(
    http: Http, peer: Peer, pauses: list[float], trouble: Behaviour
) -> None:
    peer.says(trouble, GOOD)
    assert http.send(get(peer)).content == {"data": {"id": "one"}}
    assert len(peer.asked) == 2
    assert 0.25 <= pauses[0] <= 0.5


@pytest.mark.parametrize(
    "trouble",
    [pytest.param(hang(60), id="no answer"), pytest.param(drip(60), id="a byte now and then")],
)
def test_what_takes_too_long_is_asked_again(
    hasty: Http, peer: Peer, pauses: list[float], trouble: Behaviour
) -> None:
    peer.says(trouble, GOOD)
    assert hasty.send(get(peer)).content == {"data": {"id": "one"}}
    assert len(peer.asked) == len(pauses) + 1 >= 2


def test_pauses_grow_and_differ(peer: Peer, pauses: list[float]) -> None:
    peer.says(*[answer(429)] * 3, GOOD)
    with Http("Mux", Budget(total_seconds=30), pause=pauses.append) as http:
        http.send(get(peer))
    lows, highs = [0.25, 0.5, 1.0], [0.5, 1.0, 2.0]
    assert all(low <= pause <= high for low, pause, high in zip(lows, pauses, highs, strict=True))


def test_retry_after_is_obeyed_where_the_budget_allows_it(
    http: Http, peer: Peer, pauses: list[float]
) -> None:
    peer.says(answer(429, "", {"Retry-After": "1"}), GOOD)
    http.send(get(peer))
    assert pauses == [1.0]


def test_a_block_that_outlasts_the_budget_is_passed_on_at_once(http: Http, peer: Peer) -> None:
    peer.says(answer(429, "", {"Retry-After": "240"}))
    with pytest.raises(Unavailable) as caught:
        http.send(get(peer))
    assert (caught.value.code, caught.value.retry_after_seconds) == ("provider_busy", 240)
    assert len(peer.asked) == 1


def test_trouble_that_does_not_pass_ends_with_the_budget(peer: Peer, pauses: list[float]) -> None:
    peer.says(answer(503))
    budget = Budget(total_seconds=1.2, answer_seconds=0.5)
    with (
        Http("Mux", budget, clock=lambda: sum(pauses), pause=pauses.append) as http,
        pytest.raises(Unavailable) as caught,
    ):
        http.send(get(peer))
    assert caught.value.code == "provider_unavailable"
    assert sum(pauses) <= 1.0  # so that there is time for the last attempt
    assert len(peer.asked) == len(pauses) + 1 in {2, 3}


def test_an_endless_answer_does_not_outlast_the_budget(peer: Peer) -> None:
    peer.says(drip(60))
    began = time.monotonic()
    with Http("Mux", Budget(total_seconds=1, answer_seconds=0.5)) as http, pytest.raises(Unavailable):
        http.send(get(peer))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("silence", [hang(60), half('{"data": {}}'), answer(502), answer(201, "<html>")])
def test_trap_43_a_create_without_an_answer_is_remembered(
    hasty: Http, peer: Peer, silence: Behaviour
) -> None:
    peer.says(silence, answer(201, {"data": {"id": "two"}}))
    assert hasty.send(create(peer)).after_silence


def test_trap_43_a_create_that_nobody_answers_may_have_been_done(hasty: Http, peer: Peer) -> None:
    peer.says(hang(60))
    with pytest.raises(OutcomeUnknown):
        hasty.send(create(peer))


def test_a_create_that_was_refused_or_never_sent_made_nothing(http: Http, peer: Peer) -> None:
    peer.says(answer(429), answer(201, {"data": {"id": "two"}}))
    assert not http.send(create(peer)).after_silence
    nobody = Call(method="POST", url="http://127.0.0.1:1", makes=True)
    with pytest.raises(Unavailable) as caught:
        Http("Mux", Budget(total_seconds=0.4)).send(nobody)
    assert not isinstance(caught.value, OutcomeUnknown)


def test_redirects_are_not_followed_with_our_credentials(http: Http, peer: Peer) -> None:
    peer.says(answer(302, "", {"Location": "http://127.0.0.1:1/"}))
    assert http.send(get(peer)).status == 302


def test_a_notes_text_names_no_address(http: Http, peer: Peer) -> None:
    peer.says(answer(503, "", {"Retry-After": "240"}))
    with pytest.raises(Unavailable) as caught:
        http.send(Call(method="GET", url=f"{peer.url}/upload?secret=1"))
    assert caught.value.__notes__ == ["last attempt: status 503"]
    assert "secret" not in caught.value.message


def test_an_answer_of_megabytes_is_not_read_to_its_end(http: Http, peer: Peer) -> None:
    peer.says(answer(200, b'"' + b"x" * 5_000_000 + b'"'), GOOD)
    assert http.send(get(peer)).content == {"data": {"id": "one"}}
