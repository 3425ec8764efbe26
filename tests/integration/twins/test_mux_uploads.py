"""Mux's direct uploads: creation, the resumable protocol, cancelling, time-outs, CORS."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from tests.integration.twins.conftest import padded
from tests.integration.twins.driving import ORIGIN, MuxTwin, until

GRAIN = 262_144


def piece(url: str, content: bytes, first: int, last: int, total: int | str) -> httpx.Response:
    return httpx.put(
        url, content=content[first : last + 1], headers={"Content-Range": f"bytes {first}-{last}/{total}"}
    )


def question(url: str, total: int | str = "*") -> httpx.Response:
    return httpx.put(url, headers={"Content-Range": f"bytes */{total}"})


@pytest.mark.parametrize("auth", [None, ("mux-id", "wrong"), ("mux-secret", "mux-id")])
def test_without_the_access_token_nothing_is_answered(
    mux_twin: MuxTwin, auth: tuple[str, str] | None
) -> None:
    answer = httpx.post(f"{mux_twin.url}/video/v1/uploads", json={}, auth=auth)
    assert answer.status_code == 401
    assert set(answer.json()["error"]) == {"type", "messages"}


@pytest.mark.parametrize("timeout", [59, 604_801, "60", True])
def test_a_timeout_out_of_range_is_refused(mux_twin: MuxTwin, timeout: object) -> None:
    answer = mux_twin.client.post("/video/v1/uploads", json={"timeout": timeout})
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_parameters"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"playback_policy": ["public"]}, ["public"]),
        ({"playback_policy": "signed"}, ["signed"]),
        ({"playback_policies": ["public", "signed"]}, ["public", "signed"]),
        ({}, []),
    ],
)
def test_old_names_of_settings_come_back_as_new_ones(
    mux_twin: MuxTwin, given: object, shown: list[str]
) -> None:
    settings = mux_twin.create(new_asset_settings=given)["new_asset_settings"]
    assert settings["playback_policies"] == shown
    assert "playback_policy" not in settings


def test_no_asset_exists_until_the_file_is_whole(mux_twin: MuxTwin) -> None:
    upload = mux_twin.create()
    assert upload["status"] == "waiting"
    assert upload["timeout"] == 3600
    assert "asset_id" not in upload
    assert mux_twin.client.get("/video/v1/assets").json()["data"] == []


def test_one_put_without_a_range_is_a_whole_upload(mux_twin: MuxTwin, clip: bytes) -> None:
    upload = mux_twin.create()
    assert httpx.put(upload["url"], content=clip).status_code == 200
    shown = mux_twin.upload_state(upload["id"])
    assert shown["status"] == "asset_created"
    assert mux_twin.ended(shown["asset_id"])["status"] == "ready"


def test_a_file_of_one_piece_may_still_name_its_range(mux_twin: MuxTwin, clip: bytes) -> None:
    url = mux_twin.create()["url"]
    assert piece(url, clip, 0, len(clip) - 1, len(clip)).status_code == 200


def test_pieces_are_answered_with_how_much_has_arrived(mux_twin: MuxTwin, clip: bytes) -> None:
    content = padded(clip, 3 * GRAIN + 100)
    upload = mux_twin.create()
    url, total = upload["url"], len(content)
    empty = question(url, total)
    assert empty.status_code == 308
    assert "Range" not in empty.headers  # nothing has arrived
    first = piece(url, content, 0, GRAIN - 1, total)
    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{GRAIN - 1}")
    overlapping = piece(url, content, 0, 2 * GRAIN - 1, total)
    assert (overlapping.status_code, overlapping.headers["Range"]) == (308, f"bytes=0-{2 * GRAIN - 1}")
    assert question(url).headers["Range"] == f"bytes=0-{2 * GRAIN - 1}"
    assert piece(url, content, 2 * GRAIN, total - 1, total).status_code == 200
    assert question(url, total).status_code == 200
    asset_id = mux_twin.upload_state(upload["id"])["asset_id"]
    assert (mux_twin.folder / "media" / asset_id / "source").read_bytes() == content


def test_the_last_piece_may_be_repeated_when_its_answer_was_lost(mux_twin: MuxTwin, clip: bytes) -> None:
    url = mux_twin.create()["url"]
    assert piece(url, clip, 0, len(clip) - 1, len(clip)).status_code == 200
    assert piece(url, clip, 0, len(clip) - 1, len(clip)).status_code == 200
    assert len(mux_twin.client.get("/video/v1/assets").json()["data"]) == 1


def test_a_middle_piece_must_be_a_multiple_of_256_kib(mux_twin: MuxTwin, clip: bytes) -> None:
    content = padded(clip, 2 * GRAIN)
    assert piece(mux_twin.create()["url"], content, 0, 99_999, len(content)).status_code == 400


def test_a_piece_that_leaves_a_gap_is_not_taken(mux_twin: MuxTwin, clip: bytes) -> None:
    content = padded(clip, 3 * GRAIN)
    url = mux_twin.create()["url"]
    assert piece(url, content, GRAIN, 2 * GRAIN - 1, len(content)).status_code == 503
    assert "Range" not in question(url).headers


@pytest.mark.parametrize("given", ["bytes", "bytes 5-4/10", "bytes 0-9/5", "chunks 0-1/2", "bytes a-b/c"])
def test_a_range_that_cannot_be_read_is_refused(mux_twin: MuxTwin, given: str) -> None:
    answer = httpx.put(mux_twin.create()["url"], content=b"0", headers={"Content-Range": given})
    assert answer.status_code == 400


@contextmanager
def half_a_put(url: str, content: bytes, sent: int) -> Iterator[None]:
    """A connection that has sent so many bytes of a PUT and stays open."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
        head = f"PUT {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(content)}\r\n\r\n"
        line.sendall(head.encode() + content[:sent])
        until(
            lambda: question(url).headers.get("Range") == f"bytes=0-{sent - 1}" or None, "so much has arrived"
        )
        yield


def test_a_put_that_breaks_off_goes_on_where_it_stopped(
    mux_twin: MuxTwin, clip: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    url = mux_twin.create()["url"]
    with half_a_put(url, clip, 50_000):
        pass
    assert piece(url, clip, 50_000, len(clip) - 1, len(clip)).status_code == 200
    assert caplog.records == []  # a client that goes away is nobody's fault


def test_a_client_that_comes_back_does_not_wait_for_its_dead_connection(
    mux_twin: MuxTwin, clip: bytes
) -> None:
    url = mux_twin.create()["url"]
    with half_a_put(url, clip, 50_000):
        assert piece(url, clip, 50_000, len(clip) - 1, len(clip)).status_code == 200


def test_cancelling_works_while_it_waits_and_the_file_makes_no_asset(mux_twin: MuxTwin, clip: bytes) -> None:
    upload = mux_twin.create()
    cancelled = mux_twin.client.put(f"/video/v1/uploads/{upload['id']}/cancel")
    assert cancelled.status_code == 200
    assert cancelled.json()["data"]["status"] == "cancelled"
    assert "url" not in cancelled.json()["data"]
    assert httpx.put(upload["url"], content=clip).status_code == 410
    assert mux_twin.client.get("/video/v1/assets").json()["data"] == []
    mux_twin.inbox.wait_for("video.upload.cancelled")


def test_trap_25_cancelling_after_the_file_arrived_is_answered_403(mux_twin: MuxTwin, clip: bytes) -> None:
    asset = mux_twin.send(clip)
    assert mux_twin.client.put(f"/video/v1/uploads/{asset['upload_id']}/cancel").status_code == 403


def test_trap_24_no_event_tells_that_an_upload_timed_out(mux_twin: MuxTwin, clip: bytes) -> None:
    upload = mux_twin.create()
    mux_twin.expire(upload["id"])
    assert mux_twin.upload_state(upload["id"])["status"] == "timed_out"
    assert httpx.put(upload["url"], content=clip).status_code == 410
    mux_twin.client.put(f"/video/v1/uploads/{mux_twin.create()['id']}/cancel")
    mux_twin.inbox.wait(lambda all_: len(all_) == 3)
    assert sorted(mux_twin.inbox.types()) == ["video.upload.cancelled", *["video.upload.created"] * 2]


def preflight(url: str, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-range",
    }
    return httpx.options(url, headers=headers)


def test_trap_33_only_the_cors_origin_of_the_upload_may_send(mux_twin: MuxTwin, clip: bytes) -> None:
    url = mux_twin.create()["url"]
    allowed = preflight(url, ORIGIN)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "content-range" in allowed.headers["Access-Control-Allow-Headers"]
    assert preflight(url, "https://elsewhere.example.test").status_code == 403
    sent = httpx.put(url, content=clip, headers={"Origin": "https://elsewhere.example.test"})
    assert "Access-Control-Allow-Origin" not in sent.headers  # the file arrived, the page cannot know
    assert mux_twin.client.get("/video/v1/assets").json()["data"] != []


def test_trap_33_without_a_cors_origin_no_page_may_send(mux_twin: MuxTwin) -> None:
    assert preflight(mux_twin.create(cors_origin=None)["url"], ORIGIN).status_code == 403
    assert preflight(mux_twin.create(cors_origin="*")["url"], ORIGIN).status_code == 200


def test_trap_43_a_create_whose_answer_was_lost_leaves_a_second_upload(mux_twin: MuxTwin) -> None:
    mux_twin.fault("api", "lost_answer", match="POST /video/v1/uploads", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        mux_twin.create()
    mux_twin.create()
    listed = mux_twin.client.get("/video/v1/uploads").json()["data"]
    assert [one["status"] for one in listed] == ["waiting", "waiting"]


def test_trap_42_the_uploads_address_does_not_hold_its_id(mux_twin: MuxTwin) -> None:
    upload = mux_twin.create()
    assert upload["id"] not in upload["url"]


def test_lists_come_by_pages_newest_first(mux_twin: MuxTwin) -> None:
    made = [mux_twin.create()["id"] for _ in range(3)]
    first = mux_twin.client.get("/video/v1/uploads", params={"limit": 2}).json()["data"]
    second = mux_twin.client.get("/video/v1/uploads", params={"limit": 2, "page": 2}).json()["data"]
    assert [one["id"] for one in [*first, *second]] == made[::-1]
    assert mux_twin.client.get("/video/v1/uploads", params={"limit": 101}).status_code == 400
