"""In Chromium: Mux's UpChunk and tus-js-client upload to the twins, and hls.js plays what came of it."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, chromium_path
from tests.integration.twins.driving import CloudflareTwin, Json, MuxTwin

HERE = Path(__file__).parent
HLS = HERE.parents[2] / "web" / "vendor" / "hls.js-1.7.4"
MIB = 1024 * 1024
PIECE = 256 * 1024


class Files(SimpleHTTPRequestHandler):
    """The page, the clients of `vendor`, hls.js of the product's own page, and the clip."""

    def __init__(self, clip: bytes, *given: Any) -> None:
        self.clip = clip
        super().__init__(*given, directory=str(HERE))

    def do_GET(self) -> None:
        if self.path != "/clip.mp4":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.clip)))
        self.end_headers()
        self.wfile.write(self.clip)

    def translate_path(self, path: str) -> str:
        return str(HLS / path.rsplit("/", 1)[1]) if path.startswith("/hls/") else super().translate_path(path)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site(clip: bytes) -> Iterator[str]:
    """Where the page is: another origin than the twins'."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, clip))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(site: str) -> Iterator[Page]:
    """One page for the whole module: Chromium is dear."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"{site}/page.html")
        yield page
        browser.close()


def run(page: Page, function: str, *given: Any) -> Json:
    """One of the page's functions."""
    found: Json = page.evaluate(f"given => {function}(...given)", list(given))
    return found


def mux_upload(twin: MuxTwin, site: str) -> tuple[str, str]:
    """Id and address of an upload that this site may use."""
    upload = twin.create(cors_origin=site)
    return upload["id"], upload["url"]


def test_upchunk_completes_in_pieces_despite_a_503(mux_twin: MuxTwin, page: Page, site: str) -> None:
    upload_id, url = mux_upload(mux_twin, site)
    mux_twin.fault("upload", "status", match="PUT", skip=1, times=1, values={"status": 503})
    outcome = run(page, "upchunk", url, 3 * PIECE + 1000)
    assert (outcome["outcome"], outcome["chunks"]) == ("success", 4), outcome
    assert outcome["attempts"] == 5
    asset = mux_twin.ended(mux_twin.upload_state(upload_id)["asset_id"])
    assert asset["status"] == "ready"
    source = mux_twin.folder / "media" / asset["id"] / "source"
    assert source.stat().st_size == 3 * PIECE + 1000


def test_upchunk_completes_a_file_of_one_piece(mux_twin: MuxTwin, page: Page, site: str, clip: bytes) -> None:
    upload_id, url = mux_upload(mux_twin, site)
    outcome = run(page, "upchunk", url, 0, {"chunkSize": 30 * 1024})
    assert (outcome["outcome"], outcome["chunks"]) == ("success", 1), outcome
    assert mux_twin.ended(mux_twin.upload_state(upload_id)["asset_id"])["status"] == "ready"


def test_upchunk_heals_a_short_range(mux_twin: MuxTwin, page: Page, site: str) -> None:
    upload_id, url = mux_upload(mux_twin, site)
    mux_twin.fault("receive", "short_range", skip=1, times=1, values={"keep": PIECE})
    outcome = run(page, "upchunk", url, 5 * PIECE, {"chunkSize": 512})
    assert outcome["outcome"] == "success", outcome
    asset = mux_twin.ended(mux_twin.upload_state(upload_id)["asset_id"])
    assert asset["status"] == "ready"
    assert (mux_twin.folder / "media" / asset["id"] / "source").stat().st_size == 5 * PIECE


def test_trap_23_upchunk_reports_a_success_that_is_none(mux_twin: MuxTwin, page: Page, site: str) -> None:
    upload_id, url = mux_upload(mux_twin, site)
    mux_twin.fault("receive", "short_range", values={"keep": 0})  # 308 without Range: nothing was kept
    assert run(page, "upchunk", url, 0)["outcome"] == "success"
    assert mux_twin.upload_state(upload_id)["status"] == "waiting"


def test_trap_33_upchunk_fails_where_the_cors_origin_is_another(mux_twin: MuxTwin, page: Page) -> None:
    _, url = mux_upload(mux_twin, "https://elsewhere.example.test")
    outcome = run(page, "upchunk", url, 0, {"attempts": 1})
    assert outcome["outcome"] == "error", outcome


def test_hls_js_plays_from_mux_with_a_token_only(
    mux_twin: MuxTwin, page: Page, site: str, clip: bytes
) -> None:
    asset = mux_twin.ready(clip)
    playback_id = asset["playback_ids"][0]["id"]
    address = f"{mux_twin.url}/stream/{playback_id}.m3u8"
    played = run(page, "play", f"{address}?token={mux_twin.token(playback_id, 'v')}")
    assert played["width"] == 320, played
    assert played["duration"] == pytest.approx(2, abs=0.15)
    refused = run(page, "play", f"{address}?token={mux_twin.token(playback_id, 't')}")
    assert refused["status"] == 403, refused


def test_tus_js_client_resumes_after_a_500(cloudflare_twin: CloudflareTwin, page: Page) -> None:
    size = 11 * MIB
    made = cloudflare_twin.create_tus(size, maxDurationSeconds="60", requiresignedurls=None)
    cloudflare_twin.fault("receive", "break", skip=1, times=1, values={"keep": 1_000_000})
    outcome = run(page, "tusUpload", made.headers["Location"], size)
    assert (outcome["outcome"], outcome["retries"]) == ("success", 1), outcome
    uid = made.headers["stream-media-id"]
    video = cloudflare_twin.ended(uid)
    assert (video["status"]["state"], video["size"], video["requireSignedURLs"]) == ("ready", size, True)


def test_trap_37_tus_js_client_gives_up_on_pieces_that_are_too_small(
    cloudflare_twin: CloudflareTwin, page: Page
) -> None:
    made = cloudflare_twin.create_tus(6 * MIB, maxDurationSeconds="60")
    outcome = run(page, "tusUpload", made.headers["Location"], 6 * MIB, {"chunkSize": MIB})
    assert outcome["outcome"] == "error", outcome


def test_a_page_sends_a_form_and_hls_js_plays_it(cloudflare_twin: CloudflareTwin, page: Page) -> None:
    upload = cloudflare_twin.create(requireSignedURLs=True)
    assert page.evaluate("url => form(url, 0)", upload["uploadURL"]) == 200
    assert cloudflare_twin.ended(upload["uid"])["status"]["state"] == "ready"
    base = f"{cloudflare_twin.url}/customer"
    played = run(page, "play", f"{base}/{cloudflare_twin.token(upload['uid'])}/manifest/video.m3u8")
    assert played["width"] == 320, played
    refused = run(page, "play", f"{base}/{upload['uid']}/manifest/video.m3u8")
    assert refused["status"] == 401, refused
