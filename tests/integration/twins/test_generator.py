"""The generator twin behaves as its mode says, signs what it says, and believes nobody else."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from local.binaries import find_ffmpeg
from local.twins.alone import running
from local.twins.generator import Generator, app
from local.twins.generator.app import INSIDE
from tests.integration.providers.driving import until
from tests.loopback import Peer, answer, running_peer

SECRET = "whsec_" + "c2VjcmV0" * 5


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as peer:
        peer.says(answer(503), answer(200))
        yield peer


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    def make(url: str) -> Any:
        twin = Generator(
            public_url=url, folder=tmp_path, ffmpeg=find_ffmpeg(os.environ), secret=SECRET, pace=0.01
        )
        return app(twin)

    with running(make, "/twins/generator") as address:
        yield address


def ask(url: str, peer: Peer, mode: str, *, secret: str = SECRET) -> httpx.Response:
    asked = {"generationId": f"gen-{mode}", "callbackUrl": f"{peer.url}/hook", "avatar": mode}
    raw, now = json.dumps(asked), datetime.now(UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", now, raw),
    }
    return httpx.post(f"{url}/generate", content=raw, headers=headers, timeout=10)


def told(peer: Peer, count: int) -> list[dict[str, Any]]:
    """What was called back and is signed as the public package expects."""
    until(lambda: len(peer.asked) >= count or None, "it calls back", every=0.02)
    return [Webhook(SECRET).verify(one.body.decode(), dict(one.headers)) for one in peer.asked]


def test_quick_answers_with_a_film_that_says_that_a_model_made_it(url: str, peer: Peer) -> None:
    film = httpx.get(ask(url, peer, "quick").json()["videoUrl"], timeout=30)
    assert film.headers["content-type"] == "video/mp4"
    assert b"trainedAlgorithmicMedia" in film.content
    part = httpx.get(ask(url, peer, "quick").json()["videoUrl"], headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")


def test_an_address_expires(url: str) -> None:
    assert httpx.get(f"{url}/videos/x.mp4?expires=1").status_code == 403
    assert httpx.get(f"{url}/videos/x.mp4").status_code == 403


def test_slow_calls_back_until_it_is_heard(url: str, peer: Peer) -> None:
    assert ask(url, peer, "slow").status_code == 202
    first, again = told(peer, 2)
    assert first == again
    assert first["generationId"] == "gen-slow"
    assert len({one.headers["webhook-id"] for one in peer.asked}) == 1


def test_doubling_answers_and_calls_back_twice_with_something_else(url: str, peer: Peer) -> None:
    peer.says(answer(200))
    now = ask(url, peer, "doubling").json()["videoUrl"]
    one, other = told(peer, 2)
    assert one == other
    assert one["videoUrl"] != now


def test_forging_signs_with_another_secret(url: str, peer: Peer) -> None:
    peer.says(answer(401))
    ask(url, peer, "forging")
    with pytest.raises(Exception, match="signature"):
        told(peer, 1)


def test_the_others_do_as_they_are_called(url: str, peer: Peer) -> None:
    assert "error" in ask(url, peer, "failing").json()
    assert ask(url, peer, "broken").status_code == 500
    assert ask(url, peer, "silent").status_code == 202
    assert ask(url, peer, "private").json() == {"videoUrl": INSIDE}


def test_any_other_avatar_is_served_in_the_mode_that_was_set(url: str, peer: Peer) -> None:
    assert "videoUrl" in ask(url, peer, "Ada").json()
    assert httpx.put(f"{url}/control/mode", json={"mode": "failing"}).status_code == 204
    assert "error" in ask(url, peer, "Ada").json()
    assert httpx.get(f"{url}/control/mode").json()["mode"] == "failing"
    assert httpx.put(f"{url}/control/mode", json={"mode": "shy"}).status_code == 400


def test_whoever_does_not_know_the_secret_is_refused(url: str, peer: Peer) -> None:
    assert ask(url, peer, "quick", secret="whsec_" + "b3RoZXI=" * 5).status_code == 401
    assert httpx.post(f"{url}/generate", json={}).status_code == 401
