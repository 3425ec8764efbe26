"""Trouble at a provider (R9): tried again within the request's time, then told; nothing is left behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.engine import unique
from tests.integration.providers.departures import delete
from tests.integration.providers.driving import (
    FORM,
    MUX,
    PURGES_TAKE_SECONDS,
    TUS,
    WAYS,
    Json,
    Providers,
    Way,
    ask,
    asked,
    read,
    ready,
    until,
    uploaded,
)
from tests.stack import LocalStack

CREATES = {MUX: "POST /video/v1/uploads", FORM: "/direct_upload", TUS: "POST /client/v4/accounts"}
# What stays for as long as we try, and the code that the caller is told.
LASTING = {
    "down": ("status", {"status": 500}, "provider_unavailable"),
    "busy, for how long it does not say": ("status", {"status": 429}, "provider_busy"),
    "hanging": ("timeout", {}, "provider_unavailable"),
    "slow": ("slow_body", {"bytes_per_second": 20}, "provider_unavailable"),
    "half an answer": ("half_json", {}, "provider_unavailable"),
    "a gateway's page": ("html", {"status": 502}, "provider_unavailable"),
}


def only(api: httpx.Client) -> Json:
    """The caller's only video."""
    gallery = api.get("/api/videos").raise_for_status().json()
    assert gallery["totalCount"] == 1
    video: Json = gallery["videos"][0]
    return video


def refused(stack: LocalStack, way: Way, clip: bytes, code: str) -> str:
    """A user who is told so. Of the time for an attempt hardly any is left to the last one: an answer may be
    missed there, and then the code is another.
    """
    answer = None
    for _ in range(5):
        user = unique("user")
        with stack.client(user) as api:
            answer = ask(api, way, clip)
        assert answer.status_code == 503
        if answer.json().get("code") == code:
            assert int(answer.headers["retry-after"]) >= 1
            assert "token" not in answer.text.lower()
            return user
    raise AssertionError(f"never {code}: {answer and answer.text}")


def in_trouble(stack: LocalStack, providers: Providers, way: Way, clip: bytes, code: str) -> list[Json]:
    """Ask while the provider is in trouble; then it is well again. What it still holds of that in the end."""
    twin = providers[way.provider]
    with stack.client(refused(stack, way, clip, code)) as api:
        failed = only(api)
        assert (failed["status"], failed["error"]["code"]) == ("error", "provider_unavailable")
        twin.heal()
        providers.pass_time(failed["videoId"], timedelta(minutes=11))
        providers.reconcile()
        until(
            lambda: not twin.held_for(failed["videoId"]) or None,
            "nothing is astray",
            every=0.5,
            patience=PURGES_TAKE_SECONDS,
        )
        # Its limit on creating may still be used up.
        until(lambda: ask(api, way, clip).is_success or None, "it takes uploads again", every=1)
        return twin.held_for(failed["videoId"])


@pytest.mark.parametrize("trouble", LASTING)
def test_trouble_that_stays_is_told_and_leaves_nothing_behind(
    stack: LocalStack, providers: Providers, clip: bytes, trouble: str
) -> None:
    kind, values, code = LASTING[trouble]
    for name in ("mux", "cloudflare"):
        providers[name].fault("api", kind, match="POST ", values=values)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(in_trouble, stack, providers, way, clip, code) for way in (MUX, FORM)]
        assert [one.result() for one in running] == [[], []]


PASSING: dict[str, dict[str, Any]] = {
    "status": {"values": {"status": 503}},
    "half_json": {},
    "html": {"values": {"status": 200}},
}


@pytest.mark.parametrize("kind", PASSING)
def test_trouble_that_passes_is_not_noticed(
    providers: Providers, api: httpx.Client, provider: str, clip: bytes, kind: str
) -> None:
    way = MUX if provider == "mux" else FORM
    providers[provider].fault("api", kind, match=CREATES[way], times=1, **PASSING[kind])
    assert ready(api, uploaded(api, way, clip))["playbackUrl"]


@pytest.mark.parametrize(("status", "code"), [(400, "provider_refused"), (401, "provider_credentials")])
def test_what_a_provider_will_not_do_is_told_at_once(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes, status: int, code: str
) -> None:
    providers[way.provider].fault("api", "html", match=CREATES[way], values={"status": status})
    answer = ask(api, way, clip)
    assert (answer.status_code, answer.json()["code"]) == (502, code)
    assert "retry-after" not in answer.headers
    assert only(api)["error"]["code"] == "provider_unavailable"


def test_what_a_create_without_an_answer_made_is_cancelled_later(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    twin = providers[way.provider]
    twin.fault("api", "lost_answer", match=CREATES[way], times=1)
    video_id = asked(api, way, clip)["videoId"]
    assert len(twin.held_for(video_id)) == 2
    providers.reconcile()
    assert len(twin.held_for(video_id)) == 2, "it may still be in the making"
    providers.pass_time(video_id, timedelta(minutes=11))
    providers.reconcile()
    until(
        lambda: len(twin.held_for(video_id)) == 1 or None,
        "one is left",
        every=0.5,
        patience=PURGES_TAKE_SECONDS,
    )
    (kept,) = twin.held_for(video_id)
    ours = providers.state_of(video_id).link("upload" if way == MUX else "asset")
    assert ours == kept["id" if way == MUX else "uid"]
    assert read(api, video_id)["status"] == "uploading"


def test_what_is_astray_goes_although_its_video_was_deleted(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    twin = providers[way.provider]
    twin.fault("api", "lost_answer", match=CREATES[way], times=1)
    video_id = asked(api, way, clip)["videoId"]
    delete(api, video_id)
    patience = PURGES_TAKE_SECONDS
    until(lambda: len(twin.held_for(video_id)) < 2 or None, "the known is gone", every=0.5, patience=patience)
    providers.pass_time(video_id, timedelta(minutes=11))
    providers.reconcile()
    until(lambda: not twin.held_for(video_id) or None, "nothing is left", every=0.5, patience=patience)
    assert api.get(f"/api/videos/{video_id}").status_code == 404


def test_an_upload_that_nobody_sends_is_closed_at_the_provider(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    """No provider sends an event for these."""
    twin = providers[way.provider]
    video_id = asked(api, way, clip)["videoId"]
    state = providers.state_of(video_id)
    twin.expire(state.link("upload") or state.link("asset") or "")
    providers.pass_time(video_id, timedelta(hours=6, minutes=16))
    providers.reconcile()
    video = read(api, video_id)
    assert (video["status"], video["error"]["code"]) == ("error", "upload_expired")
    assert twin.held_for(video_id) == []


def test_a_provider_that_cannot_be_asked_changes_nothing(
    providers: Providers, api: httpx.Client, provider: str, clip: bytes
) -> None:
    way, twin = (MUX if provider == "mux" else TUS), providers[provider]
    twin.fault("webhook", "drop")
    video_id = uploaded(api, way, clip)
    twin.fault("api", "status", match="GET ", values={"status": 500})
    providers.pass_time(video_id, timedelta(seconds=11))
    answer = api.get(f"/api/videos/{video_id}/status")
    assert (answer.status_code, answer.json()["status"]) == (200, "uploading")
    twin.heal()
    until(lambda: twin.has_ready(video_id) or None, "the provider has it", every=0.5)

    def polled() -> bool | None:
        providers.pass_time(video_id, timedelta(seconds=11))
        return api.get(f"/api/videos/{video_id}/status").json()["status"] == "ready" or None

    until(polled, "it is asked again", every=0.5)


def test_a_private_video_left_open_is_closed_and_counted(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    twin, closed = providers[way.provider], providers.verdicts("closed")
    twin.fault("asset", "left_public")
    video_id = uploaded(api, way, clip)
    ready(api, video_id)
    providers.reconcile()
    until(lambda: providers.state_of(video_id).exposed_at is None or None, "it is closed")
    until(lambda: providers.verdicts("closed") > closed or None, "the round has told of it")
    (held,) = twin.held_for(video_id)
    if way == MUX:
        assert {one["policy"] for one in held["playback_ids"]} == {"signed"}
    else:
        assert held["requireSignedURLs"] is True
    url = api.get(f"/api/videos/{video_id}/url").raise_for_status().json()["url"]
    assert httpx.get(url).status_code == 200


def test_all_ways_are_covered() -> None:
    assert set(CREATES) == set(WAYS)
