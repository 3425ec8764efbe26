"""A URL is taken or refused at once; what is taken is a video that waits to be fetched."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.guarded_http import GuardedHttp
from sluice.adapters.ids import new_id, new_video_id
from sluice.adapters.s3.playback import S3Playback
from sluice.domain.counts import Counts
from sluice.domain.facts import DeletionRequested
from sluice.domain.generation import Answer
from sluice.domain.keys import source_key
from sluice.domain.secret_keys import hash_of
from sluice.domain.stamped import Stamped
from sluice.domain.video import Status
from sluice.edge import generation_wiring, import_wiring, wiring
from sluice.edge.settings import settings

from functions.imports.handler import handler
from tests.authority import Authority
from tests.builders import make_generation
from tests.deployment import Deployment, caller, token_for
from tests.events import answer_of
from tests.fakes.imports import FakeImporter
from tests.functions.importing import importing, waiting
from tests.hostile_urls import NAMES_THAT_LEAD_INSIDE, WRONG_IN_THEMSELVES
from tests.loopback import Site
from tests.mux_peer import with_facts

call = caller(handler)
IMPORT, OLD_IMPORT = "POST /api/videos/import", "POST /api/auth/video/download"
type Down = Callable[..., AbstractContextManager[Deployment]]


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    with importing(made, site, authority) as deployment:
        yield deployment


pytestmark = pytest.mark.usefixtures("deployed")


@pytest.fixture
def url(site: Site) -> str:
    return f"https://localhost:{site.port}/Harbour%20at%20dawn.mp4?token=hunter2"


def ask(user: str, url: str, *, key: str | None = None, **more: Any) -> dict[str, Any]:
    headers = {"idempotency-key": key} if key else {}
    return call(IMPORT, user=user, body={"videoUrl": url, **more}, headers=headers)


def test_a_url_is_a_video_that_waits_to_be_fetched(deployed: Deployment, user: str, url: str) -> None:
    reply = ask(user, url)
    answer = answer_of(reply)
    assert reply["statusCode"] == 202
    assert (answer["status"], answer["progress"], answer["provider"]) == ("processing", 0, "s3")
    assert (answer["title"], answer["filename"]) == ("Harbour at dawn", "Harbour at dawn.mp4")
    assert (answer["metadata"]["size"], answer["metadata"]["format"]) == (None, None)
    video = deployed.state_of(answer["videoId"])
    assert (video.status, video.owner_id) == (Status.PROCESSING, user)
    assert video.secret_key
    assert video.secret_key.value == hash_of(answer["secretKey"])
    assert len(answer["secretKey"]) == 43
    assert {"videoId": answer["videoId"]} in waiting(deployed)
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_what_the_url_holds_is_in_no_row_and_no_log(
    deployed: Deployment, user: str, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """S8."""
    answer = answer_of(ask(user, url))
    found = deployed.aws("dynamodb").query(
        TableName=deployed["VIDEOS_TABLE"],
        KeyConditionExpression="pk = :video",
        ExpressionAttributeValues={":video": {"S": f"VIDEO#{answer['videoId']}"}},
    )
    assert found["Count"] >= 1
    assert "hunter2" not in json.dumps(found["Items"], default=str)
    assert answer["secretKey"] not in json.dumps(found["Items"], default=str)
    assert "hunter2" not in str([vars(record) for record in caplog.records])
    sealed = deployed.state_of(answer["videoId"]).upload.sealed_url
    assert sealed
    assert import_wiring.source_seal().open(sealed, answer["videoId"]) == url


def test_a_title_of_one_s_own(user: str, url: str) -> None:
    assert answer_of(ask(user, url, title="Mine", provider="s3"))["title"] == "Mine"


@pytest.mark.parametrize("wrong", WRONG_IN_THEMSELVES.values(), ids=WRONG_IN_THEMSELVES)
def test_a_url_that_is_wrong_in_itself_is_refused_and_leaves_nothing(
    deployed: Deployment, user: str, wrong: str
) -> None:
    """S4."""
    reply = ask(user, wrong)
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "refused_address")
    assert [detail["field"] for detail in answer_of(reply)["details"]] == ["videoUrl"]
    assert deployed.videos.counts(user) == Counts()


@pytest.mark.parametrize("name", NAMES_THAT_LEAD_INSIDE)
def test_a_name_that_leads_inside_now_is_refused(
    deployed: Deployment, user: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    http = GuardedHttp(settings().import_addresses, resolve=lambda host, _port: NAMES_THAT_LEAD_INSIDE[host])
    monkeypatch.setattr(import_wiring, "guarded_http", lambda: http)
    reply = ask(user, f"https://{name}/video.mp4")
    assert (reply["statusCode"], answer_of(reply)["code"]) == (422, "refused_address")
    assert deployed.videos.counts(user) == Counts()


def test_a_name_that_nobody_knows_now_is_taken_and_fails_later(user: str) -> None:
    assert ask(user, "https://no-such-name.invalid/video.mp4")["statusCode"] == 202


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ("{}", 422),
        ({"videoUrl": 5}, 422),
        ({"videoUrl": None}, 422),
        ({"videoUrl": "https://93.184.215.14/", "provider": "vimeo"}, 422),
        ({"videoUrl": "https://93.184.215.14/", "title": "x" * 201}, 422),
        ({"videoUrl": "https://93.184.215.14/", "title": "a\u0007"}, 422),
    ],
)
@pytest.mark.parametrize("route", [IMPORT, OLD_IMPORT])
def test_what_is_no_import_is_refused(
    deployed: Deployment, user: str, route: str, body: object, status: int
) -> None:
    assert call(route, user=user, body=body)["statusCode"] == status
    assert deployed.videos.counts(user) == Counts()


@pytest.mark.parametrize("route", [IMPORT, OLD_IMPORT])
def test_nobody_who_is_not_signed_in_gets_anything(route: str, url: str) -> None:
    assert call(route, body={"videoUrl": url})["statusCode"] == 401


# ---------------------------------------------------------------- the same request again


def test_a_repeated_request_is_answered_alike_but_for_the_key(
    deployed: Deployment, user: str, url: str
) -> None:
    first, again = (ask(user, url, key="k") for _ in range(2))
    assert (again["statusCode"], again["headers"]["idempotent-replayed"]) == (202, "true")
    one, other = answer_of(first), answer_of(again)
    assert one["videoId"] == other["videoId"]
    assert "secretKey" in one
    assert "secretKey" not in other
    assert deployed.videos.counts(user) == Counts(processing=1)


def test_a_key_with_another_url_is_a_conflict(user: str, url: str) -> None:
    ask(user, url, key="k")
    reply = ask(user, url + "2", key="k")
    assert (reply["statusCode"], answer_of(reply)["code"]) == (409, "idempotency_key_reused")


def test_a_url_that_was_refused_does_not_use_its_key_up(user: str, url: str) -> None:
    assert ask(user, "https://127.0.0.1/", key="k")["statusCode"] == 422
    assert ask(user, url, key="k")["statusCode"] == 202


def test_ten_requests_at_once_with_one_key_make_one_video(deployed: Deployment, user: str, url: str) -> None:
    """R4."""
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda _: ask(user, url, key="k"), range(10)))
    assert len({answer_of(reply)["videoId"] for reply in replies if reply["statusCode"] == 202}) == 1
    assert deployed.videos.counts(user) == Counts(processing=1)


@pytest.mark.parametrize("service", ["dynamodb", "sqs", "secretsmanager"])
def test_while_something_is_down_it_says_so(user: str, url: str, down: Down, service: str) -> None:
    with down(service) as without:
        reply = ask(user, "https://93.184.215.14/video.mp4")
    assert reply["statusCode"] == 503
    assert int(reply["headers"]["retry-after"]) >= 1
    if service == "sqs":
        (video,) = without.videos.page(user, status=None, limit=9, after=None).videos
        assert video.failure
        assert video.failure.value.code == "provider_unavailable"


# ---------------------------------------------------------------- the earlier document's path


def test_the_old_path_answers_in_its_own_shape(deployed: Deployment, user: str, url: str) -> None:
    reply = call(OLD_IMPORT, user=user, body={"videoUrl": url})
    answer = answer_of(reply)
    assert (reply["statusCode"], answer["success"], set(answer)) == (
        200,
        True,
        {"success", "message", "data"},
    )
    data = answer["data"]
    assert set(data) == {"videoId", "title", "s3Key", "secretKey", "status", "size", "createdAt"}
    assert (data["title"], data["status"], data["size"]) == ("Harbour at dawn", "processing", None)
    assert data["s3Key"] == source_key(user, data["videoId"])
    assert deployed.state_of(data["videoId"]).owner_id == user


def test_the_old_path_takes_the_caller_s_own_address_in_any_case(user: str, url: str) -> None:
    email = f"{user}@Example.com"
    known = token_for(user, email=email)
    for token, given in ((known, email.upper()), (known, None), (token_for(user), email)):
        reply = call(OLD_IMPORT, token=token, body={"videoUrl": url, "userEmail": given})
        assert reply["statusCode"] == 200, given


def test_the_old_path_takes_nobody_else_s_address(deployed: Deployment, user: str, url: str) -> None:
    call(OLD_IMPORT, token=token_for(f"{user}-other", email=f"{user}-other@example.com"), body={})
    for given, status in ((f"{user}-other@example.com", 403), ("nobody-ever@example.com", 404)):
        reply = call(OLD_IMPORT, user=user, body={"videoUrl": url, "userEmail": given})
        assert reply["statusCode"] == status
    assert deployed.videos.counts(user) == Counts()


def test_a_repeated_request_to_the_old_path_is_answered_without_the_key(user: str, url: str) -> None:
    replies = [
        call(OLD_IMPORT, user=user, body={"videoUrl": url}, headers={"idempotency-key": "k"})
        for _ in range(2)
    ]
    first, again = (answer_of(reply)["data"] for reply in replies)
    assert replies[1]["headers"]["idempotent-replayed"] == "true"
    assert again == {name: value for name, value in first.items() if name != "secretKey"}


# ---------------------------------------------------------------- other providers


def test_a_provider_is_told_the_url_and_nobody_keeps_it(
    deployed: Deployment, user: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer = FakeImporter()

    class Outside:
        uploads = importer
        playback = S3Playback(wiring.presigner(), wiring.tokens(), "https://api.example")

    ours = replace(settings(), providers=("s3", "mux"))
    for module in ("sluice.edge.import_requests", "sluice.edge.import_wiring"):
        monkeypatch.setattr(f"{module}.settings", lambda: ours)
    monkeypatch.setattr(wiring, "outside", lambda _name: Outside)
    answer = answer_of(ask(user, url, provider="mux"))
    video = deployed.state_of(answer["videoId"])
    assert importer.told == [(answer["videoId"], url)]
    assert (video.upload.sealed_url, video.link("asset")) == (None, f"asset-of-{answer['videoId']}")
    assert {"videoId": answer["videoId"]} not in waiting(deployed)


def test_what_a_generator_made_is_not_imported_a_second_time_by_the_old_path(
    deployed: Deployment, user: str, url: str
) -> None:
    film, now = f"{url}&of={user}", datetime.now(UTC)
    made = make_generation(generation_id=new_id("gen", now), video_id=new_video_id(now), owner_id=user)
    generations = generation_wiring.generations()
    generations.add(made)
    generations.answer(made.generation_id, Stamped(now, Answer(video_url=film)))
    generation_wiring.import_video(made, film)
    data = answer_of(call(OLD_IMPORT, user=user, body={"videoUrl": film}))["data"]
    assert data["videoId"] == made.video_id
    assert deployed.state_of(made.video_id).secret_key
    assert deployed.videos.counts(user) == Counts(processing=1)
    found = deployed.videos.find(made.video_id)
    assert found is not None
    gone = with_facts(found.video, (DeletionRequested(at=now),))
    deployed.videos.replace(found, gone, due_at=None)
    again = answer_of(call(OLD_IMPORT, user=user, body={"videoUrl": film}))["data"]
    assert again["videoId"] != made.video_id
