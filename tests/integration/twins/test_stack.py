"""The twins behind the front door: mounted, with keys of their own, and with nothing in the log that opens
a door.
"""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import jwt
import pytest
from aiohttp import web
from playwright.sync_api import sync_playwright

from local.binaries import find_ffmpeg, find_ffprobe
from local.ports import free_port
from local.proxy.front import open_front_door
from local.twins import stack
from local.twins.keys import from_base64_pem
from tests.browser.conftest import FLAGS, chromium_path
from tests.integration.twins.conftest import PACE
from tests.integration.twins.driving import until

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Door:
    """An open front door with twins behind it."""

    origin: str
    kept: dict[str, str]
    names: dict[str, str]
    log: Path


@contextmanager
def opened(folder: Path) -> Iterator[Door]:
    """The front door on a free port; there is no engine behind it, which the twins do not need."""
    port = free_port()
    origin = f"http://localhost:{port}"
    kept = stack.credentials(folder / "twins")
    tools = stack.Tools(ffmpeg=find_ffmpeg(os.environ), ffprobe=find_ffprobe(os.environ), pace=PACE)

    def mount(app: web.Application) -> None:
        stack.add_to(app, origin=origin, folder=folder / "twins", kept=kept, tools=tools)

    ready, stop, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()

    async def serve() -> None:
        log = folder / "requests.log"
        async with open_front_door(
            port, free_port(), pages=ROOT / "web", log=log, secret=None, claims={}, twins=mount
        ):
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield Door(origin, kept, stack.addresses(origin), folder / "requests.log")
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with opened(tmp_path) as one:
        yield one


def test_a_video_goes_through_mux_by_the_names_of_the_contract(door: Door, clip: bytes) -> None:
    api, kept = door.names["MUX_BASE_URL"], door.kept
    settings = {"playback_policies": ["signed"]}
    with httpx.Client(auth=(kept["MUX_TOKEN_ID"], kept["MUX_TOKEN_SECRET"])) as client:
        upload = client.post(f"{api}/video/v1/uploads", json={"new_asset_settings": settings}).json()["data"]
        assert httpx.put(upload["url"], content=clip).status_code == 200

        def ready() -> dict[str, str] | None:
            asset = client.get(f"{api}/video/v1/assets").json()["data"][0]
            return asset["playback_ids"][0] if asset["status"] == "ready" else None

        playback_id = until(ready, "ready")["id"]
    key = from_base64_pem(kept["MUX_PRIVATE_KEY"])
    claims = {"sub": playback_id, "aud": "v", "exp": int(time.time()) + 3600}
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kept["MUX_SIGNING_KEY"]})
    address = f"{door.names['MUX_STREAM_URL']}/{playback_id}.m3u8"
    assert httpx.get(address, params={"token": token}).status_code == 200
    written = door.log.read_text()
    assert "/twins/mux/upload/" in written
    for secret in (token, upload["url"].split("/upload/")[1].split("?")[0], kept["MUX_TOKEN_SECRET"]):
        assert secret not in written


def test_a_video_goes_through_cloudflare_by_the_names_of_the_contract(door: Door, clip: bytes) -> None:
    kept = door.kept
    api = f"{door.names['CLOUDFLARE_BASE_URL']}/accounts/{kept['CLOUDFLARE_ACCOUNT_ID']}/stream"
    with httpx.Client(headers={"Authorization": f"Bearer {kept['CLOUDFLARE_API_TOKEN']}"}) as client:
        body = {"maxDurationSeconds": 60, "requireSignedURLs": True}
        upload = client.post(f"{api}/direct_upload", json=body).json()["result"]
        assert httpx.post(upload["uploadURL"], files={"file": ("a.mp4", clip)}).status_code == 200
        until(lambda: client.get(f"{api}/{upload['uid']}").json()["result"]["readyToStream"] or None, "ready")
    key = from_base64_pem(kept["CLOUDFLARE_SIGNING_KEY_PEM"])
    claims = {"sub": upload["uid"], "exp": int(time.time()) + 3600}
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kept["CLOUDFLARE_SIGNING_KEY_ID"]})
    address = f"{door.names['CLOUDFLARE_DELIVERY_URL']}/{token}/manifest/video.m3u8"
    assert httpx.get(address).status_code == 200
    written = door.log.read_text()
    assert token not in written
    assert upload["uploadURL"].rsplit("/", 1)[1] not in written


def test_keys_are_made_once_and_are_their_owners_only(tmp_path: Path) -> None:
    first = stack.credentials(tmp_path)
    assert stack.credentials(tmp_path) == first
    assert (tmp_path / "credentials.json").stat().st_mode & 0o077 == 0


def test_a_twin_signs_with_the_first_of_several_secrets(tmp_path: Path) -> None:
    kept = stack.credentials(tmp_path) | {"MUX_WEBHOOK_SECRET": "new, old"}
    tools = stack.Tools(ffmpeg="ffmpeg", ffprobe="ffprobe")
    settings = stack.mux_settings("http://localhost:3000", tmp_path, kept, tools)
    assert settings.webhook_secret == "new"
    assert replace(settings, pace=2).webhook_url == "http://localhost:3000/api/webhooks/mux"


def test_what_no_twin_knows_is_no_page_of_the_product(door: Door) -> None:
    assert httpx.get(f"{door.origin}/twins/other").json()["code"] == "not_found"
    assert httpx.get(f"{door.origin}/twins/mux/nothing").status_code == 404


def test_the_control_page_sets_and_removes_faults(door: Door) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"{door.origin}/twins/control")
        page.get_by_label("Where").select_option("webhook")
        page.get_by_label("What").select_option("drop")
        page.get_by_label("Chance").fill("0.33")
        page.get_by_role("button", name="Add").click()
        page.get_by_role("cell", name="drop").wait_for()
        rules = httpx.get(f"{door.names['MUX_BASE_URL']}/control/faults").json()["rules"]
        assert [(one["kind"], one["chance"]) for one in rules] == [("drop", 0.33)]
        page.get_by_role("button", name="Remove", exact=True).click()
        page.get_by_role("cell", name="drop").wait_for(state="detached")
        page.get_by_label("Twin").select_option("Cloudflare Stream")
        page.get_by_label("Values").fill("seconds=long")
        page.get_by_role("button", name="Add").click()
        page.get_by_role("alert").filter(has_text="values").wait_for()
        browser.close()
