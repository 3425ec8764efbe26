"""Generated videos on the local stack: from a script to a video that plays, whatever the generator does."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.engine import unique
from tests.integration.providers.driving import ready, until
from tests.stack import LocalStack

type Json = dict[str, Any]
SCRIPT = {"hook": "Three things", "body": "They are many.", "conclusion": "Ask us."}


@pytest.fixture
def api(stack: LocalStack) -> Iterator[httpx.Client]:
    with stack.client(unique("user")) as client:
        yield client


def ask(api: httpx.Client, mode: str, path: str = "/api/generations") -> httpx.Response:
    """A request whose avatar tells the twin how to behave."""
    return api.post(path, json={**SCRIPT, "avatar": mode})


def asked(api: httpx.Client, mode: str) -> str:
    answer = ask(api, mode)
    assert answer.status_code in {200, 202}, answer.text
    return str(answer.json()["generationId"])


def known(api: httpx.Client, generation_id: str) -> Json:
    told: Json = api.get(f"/api/generations/{generation_id}").raise_for_status().json()
    return told


def settled(api: httpx.Client, generation_id: str) -> Json:
    def look() -> Json | None:
        told = known(api, generation_id)
        return told if told["status"] != "processing" else None

    return until(look, f"{generation_id} is answered")


def gallery(api: httpx.Client) -> list[Json]:
    videos: list[Json] = api.get("/api/videos").raise_for_status().json()["videos"]
    return videos


def test_a_script_becomes_a_video_that_plays_and_says_who_made_it(api: httpx.Client) -> None:
    answer = ask(api, "quick")
    assert answer.status_code == 200, answer.text
    made = answer.json()
    video = ready(api, made["videoId"])
    assert (video["title"], video["duration"]) == ("Three things", pytest.approx(4, abs=0.2))
    assert video["custom"]["generated"]["generationId"] == made["generationId"]
    assert httpx.get(video["playbackUrl"]).status_code == 200
    download = api.get(f"/api/videos/{made['videoId']}/download").json()["downloadUrl"]
    original = httpx.get(download).content
    assert original == httpx.get(made["videoUrl"]).content
    assert b"trainedAlgorithmicMedia" in original


def test_an_answer_that_comes_later_counts_and_what_is_said_twice_is_one_video(
    api: httpx.Client, stack: LocalStack
) -> None:
    slow, doubling = asked(api, "slow"), asked(api, "doubling")
    forging, silent = asked(api, "forging"), asked(api, "silent")
    later = settled(api, slow)
    assert (later["status"], later["error"]) == ("ready", None)
    first = known(api, doubling)["videoUrl"]

    def called() -> bool | None:
        with httpx.Client(base_url=f"{stack.base_url}/twins/generator") as twin:
            calls = twin.get("/control/calls").json()["calls"]
        done = [(one["body"]["generationId"], one["status"]) for one in calls]
        return ((forging, 401) in done and done.count((doubling, 200)) == 2) or None

    until(called, "the twin has called back")
    until(lambda: len(gallery(api)) == 2 or None, "both are imported")
    assert {video["videoId"] for video in gallery(api)} == {
        later["videoId"],
        known(api, doubling)["videoId"],
    }
    assert known(api, doubling)["videoUrl"] == first
    assert [known(api, one)["status"] for one in (forging, silent)] == ["processing"] * 2


@pytest.mark.parametrize("mode", ["failing", "private"])
def test_what_cannot_be_had_is_said_and_leaves_no_video(api: httpx.Client, mode: str) -> None:
    answer = ask(api, mode)
    assert (answer.status_code, answer.json()["code"]) == (502, "generation_failed")
    assert gallery(api) == []


def test_the_earlier_documents_path_answers_in_its_envelope(api: httpx.Client) -> None:
    answer = ask(api, "silent", "/api/auth/create-video/generate-video")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["success"], told["data"]["status"], told["data"]["estimatedTime"]) == (
        True,
        "processing",
        15,
    )
