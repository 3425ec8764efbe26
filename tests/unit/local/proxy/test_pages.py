"""`/`: the page's files."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.unit.local.proxy.front import visit


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a page, and a file beside it that is none of anybody's business."""
    web = tmp_path / "web"
    (web / "core").mkdir(parents=True)
    (web / "index.html").write_text("<h1>Sluice</h1>")
    (web / "share.html").write_text("<h1>Shared</h1>")
    (web / "app.js").write_text("export {}")
    (web / "core/module.mjs").write_text("export {}")
    (web / "logo.svg").write_text("<svg/>")
    (web / ".env").write_text("hidden")
    (web / "ä b.css").write_text("b {}")
    (tmp_path / "secrets.json").write_text("secret")
    (web / "outside").symlink_to(tmp_path / "secrets.json")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/core/module.mjs", "text/javascript; charset=utf-8"),
        ("/logo.svg", "image/svg+xml; charset=utf-8"),
        ("/%C3%A4%20b.css?v=1", "text/css; charset=utf-8"),
    ],
)
def test_a_file_has_its_type_and_is_not_kept(site: Path, path: str, kind: str) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(address + path) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

    visit(site, test)


@pytest.mark.parametrize("path", ["/share/vid_01890000-0000-7000-8000-000000000000", "/share/any%20thing/"])
def test_every_shared_link_is_the_same_page(site: Path, path: str) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(address + path) as answer:
            assert (answer.status, await answer.text()) == (200, "<h1>Shared</h1>")
            assert answer.headers["Referrer-Policy"] == "no-referrer"

    visit(site, test)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/share",
        "/share/vid_1/more",
        "/core",
        "/.env",
        "/outside",
        "/app.js/more",
        "/%00",
        "/..%5csecrets.json",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(site: Path, path: str) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(address + path) as answer:
            assert answer.status == 404
            assert answer.content_type == "text/html"
            assert "secret" not in await answer.text()

    visit(site, test)


@pytest.mark.parametrize(
    "target", ["/../secrets.json", "/%2e%2e/secrets.json", "/core/../../secrets.json", "//../secrets.json"]
)
def test_nothing_outside_the_folder_is_served(site: Path, target: str) -> None:
    async def test(_client: aiohttp.ClientSession, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = (await reader.read()).decode()
        writer.close()
        assert answer.split()[1] in {"400", "404"}
        assert "secret\n" not in answer
        assert not answer.endswith("secret")

    visit(site, test)


def test_only_reading_is_allowed(site: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.post(f"{address}/app.js") as answer:
            assert answer.status == 405
        async with client.head(f"{address}/app.js") as answer:
            assert (answer.status, await answer.read()) == (200, b"")

    visit(site, test)


def test_the_page_may_have_a_404_of_its_own(site: Path) -> None:
    (site / "web/404.html").write_text("<h1>Lost</h1>")

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/nothing") as answer:
            assert (answer.status, await answer.text()) == (404, "<h1>Lost</h1>")

    visit(site, test)
