"""A video's life at each provider: sent straight to it, ready however we hear of it, played, deleted."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import httpx
import pytest

from tests.integration.providers.departures import delete
from tests.integration.providers.driving import (
    FORM,
    MUX,
    PURGES_TAKE_SECONDS,
    TUS,
    WAYS,
    Providers,
    Way,
    ask,
    asked,
    read,
    ready,
    send,
    until,
    uploaded,
)
from tests.stack import LocalStack

ALL_WAYS = (*WAYS, Way("s3", "put"))
NAMES = {"playbackUrl": "playback", "thumbnailUrl": "thumbnail", "storyboardUrl": "storyboard"}


def lines_of(url: str) -> list[str]:
    """Everything that a playlist lists, as addresses."""
    text = httpx.get(url).raise_for_status().text
    assert text.startswith("#EXTM3U")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [urljoin(url, one) for one in listed]


def test_a_webhook_alone_makes_a_video_ready(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    ticket = asked(api, way, clip, title="Harbour", metadata={"album": "north"})
    assert (ticket["provider"], ticket["upload"]["protocol"]) == (way.provider, way.protocol)
    assert ("assetId" in ticket) is (way.provider == "cloudflare")
    send(ticket, clip)
    video = ready(api, ticket["videoId"])
    assert (video["title"], video["custom"], video["provider"]) == (
        "Harbour",
        {"album": "north"},
        way.provider,
    )
    assert video["duration"] == pytest.approx(video["metadata"]["duration"])
    assert (video["metadata"]["width"], video["metadata"]["height"]) == (192, 108)
    assert api.get(f"/api/videos/{ticket['videoId']}/status").json()["status"] == "ready"

    def heard() -> bool | None:
        return any(one["heard"] == "applied" for one in providers.logged("heard", ticket["videoId"])) or None

    until(heard, "it is logged")


def test_polling_alone_makes_a_video_ready(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    providers[way.provider].fault("webhook", "drop")
    video_id = uploaded(api, way, clip)

    def polled() -> bool | None:
        providers.pass_time(video_id, timedelta(seconds=11))
        return api.get(f"/api/videos/{video_id}/status").json()["status"] == "ready" or None

    until(polled, "polling tells that it is ready", every=0.5)
    assert read(api, video_id)["playbackUrl"]
    assert not providers.logged("heard", video_id)


def test_the_reconciler_alone_makes_a_video_ready(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    providers[way.provider].fault("webhook", "drop")
    video_id = uploaded(api, way, clip)
    until(lambda: providers[way.provider].has_ready(video_id) or None, "the provider has it", every=0.5)
    providers.pass_time(video_id, timedelta(hours=6, minutes=16))
    providers.reconcile()
    assert ready(api, video_id)["playbackUrl"]
    assert not providers.logged("heard", video_id)


def test_a_private_video_plays_with_its_token_and_not_without(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    video_id = uploaded(api, way, clip)
    ready(api, video_id)
    grant = api.post(f"/api/videos/{video_id}/token", json={}).raise_for_status().json()
    master = lines_of(grant["playbackUrl"])
    pieces = [piece for one in master if ".m3u8" in one for piece in lines_of(one)]
    assert pieces
    for piece in pieces:
        assert httpx.get(piece).status_code == 200
    poster = httpx.get(grant["thumbnailUrl"])
    assert (poster.status_code, poster.headers["content-type"]) == (200, "image/jpeg")
    links = providers.state_of(video_id).links
    if way.provider == "mux":
        naked = [grant[name].removesuffix(f"?token={grant['tokens'][kind]}") for name, kind in NAMES.items()]
    else:
        uid = links["asset"].value
        naked = [grant[name].replace(grant["token"], uid) for name in ("playbackUrl", "thumbnailUrl")]
        assert grant["storyboardUrl"] is None
    for url in naked:
        assert httpx.get(url).status_code in {401, 403}, url
    if way.provider == "mux":
        thumbnail = grant["tokens"]["thumbnail"]
        for url in (naked[0] + f"?token={thumbnail}", naked[1] + f"?token={grant['tokens']['playback']}"):
            assert httpx.get(url).status_code == 403, url


def test_nobody_elses_token_opens_a_video(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    ours, other = uploaded(api, way, clip), uploaded(api, way, clip)
    ready(api, ours)
    ready(api, other)
    one = api.get(f"/api/videos/{ours}/url").json()["url"]
    token = api.post(f"/api/videos/{other}/token", json={}).json()["token"]
    if way.provider == "mux":
        assert httpx.get(re.sub(r"token=.*", f"token={token}", one)).status_code == 403
    else:
        uid = providers.state_of(ours).links["asset"].value
        assert (
            httpx.get(f"{one.split('/customer/')[0]}/customer/{uid}/manifest/video.m3u8").status_code == 401
        )


def test_a_public_video_plays_for_anybody(
    stack: LocalStack, providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    video_id = uploaded(api, way, clip, visibility="public")
    ready(api, video_id)
    with stack.client() as anybody:
        url = anybody.get(f"/api/videos/{video_id}/url").raise_for_status().json()["url"]
    assert "token=" not in url
    assert lines_of(url)


def test_deleting_leaves_nothing_at_the_provider(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    """R6: also where it is deleted before it is sent or ready, and news of it come afterwards."""
    done, half, begun = uploaded(api, way, clip), uploaded(api, way, clip), asked(api, way, clip)["videoId"]
    for video_id in (half, begun):
        delete(api, video_id)
    video = ready(api, done)
    links = providers.state_of(done).links
    assert providers.rows.linked(way.provider, "asset", links["asset"].value) == done
    delete(api, done)
    assert api.delete(f"/api/videos/{done}").status_code == 404
    twin = providers[way.provider]
    until(
        lambda: not any(map(twin.held_for, (done, half, begun))) or None,
        "nothing is left",
        every=0.5,
        patience=PURGES_TAKE_SECONDS,
    )
    assert httpx.get(video["playbackUrl"]).status_code >= 400
    for kind, link in links.items():
        assert providers.rows.linked(way.provider, kind, link.value) is None
    assert api.get("/api/videos").json()["totalCount"] == 0


def test_cancelling_an_upload_cancels_it_at_the_provider(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    ticket = asked(api, way, clip)
    video_id, twin = ticket["videoId"], providers[way.provider]
    standing = api.get(f"/api/videos/{video_id}/upload").raise_for_status().json()
    assert standing["uploadUrl"] == ticket["uploadUrl"]
    assert standing["offset"] == (None if way == FORM else 0)
    assert twin.held_for(video_id)
    assert api.delete(f"/api/videos/{video_id}/upload").status_code == 204
    assert twin.held_for(video_id) == []
    assert api.get(f"/api/videos/{video_id}").status_code == 404
    with pytest.raises(AssertionError):
        send(ticket, clip)
    assert api.get("/api/videos").json()["totalCount"] == 0


def test_an_upload_that_has_arrived_cannot_be_cancelled(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    providers[way.provider].fault("webhook", "drop")
    ticket = asked(api, way, clip)
    send(ticket, clip)
    answer = api.delete(f"/api/videos/{ticket['videoId']}/upload")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_uploading")
    assert providers[way.provider].held_for(ticket["videoId"])


def test_one_gallery_holds_videos_of_all_providers(
    providers: Providers, api: httpx.Client, clip: bytes
) -> None:
    ids = {way: uploaded(api, way, clip) for way in ALL_WAYS}
    for video_id in ids.values():
        ready(api, video_id)
    gallery = api.get("/api/videos").json()
    assert (gallery["totalCount"], gallery["readyCount"]) == (4, 4)
    assert [video["videoId"] for video in gallery["videos"]] == list(ids.values())[::-1]
    assert {video["provider"] for video in gallery["videos"]} == {"s3", "mux", "cloudflare"}
    for video in gallery["videos"]:
        assert lines_of(video["playbackUrl"])


@pytest.mark.parametrize("way", [MUX, TUS], ids=str)
def test_what_is_no_video_ends_in_an_error_that_says_so(
    providers: Providers, api: httpx.Client, way: Way
) -> None:
    """A form is refused by Cloudflare while it is being sent; its upload waits for another file."""
    video_id = uploaded(api, way, b"<html>not a video</html>" * 100)

    def ended() -> str | None:
        video = read(api, video_id)
        return video["error"]["code"] if video["status"] == "error" else None

    assert until(ended, "it ends in an error") == "not_a_video"


def test_a_provider_that_is_not_there_is_refused(api: httpx.Client, clip: bytes) -> None:
    answer = ask(api, MUX, clip, provider="vimeo")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
