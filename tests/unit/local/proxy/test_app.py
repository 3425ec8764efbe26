"""The front door's other answers, and its log."""

from pathlib import Path

import aiohttp
from aiohttp import web
from yarl import URL

from tests.unit.local.proxy.front import visit


def test_the_twins_place_is_kept(tmp_path: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.post(f"{address}/twins/mux/video/v1/uploads") as answer:
            told = await answer.json()
            assert (answer.status, set(told)) == (404, {"error", "code", "requestId"})

    visit(tmp_path, test)


def test_a_line_end_in_a_path_does_not_lead_past_the_doors(tmp_path: Path) -> None:
    async def behind(_request: web.Request) -> web.Response:
        return web.Response(status=403)

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(URL(f"{address}/api/videos/%0Ax/upload", encoded=True)) as answer:
            assert answer.status == 403
        for path in ("twins/%0A", "local/%0A", "%0Ax"):
            async with client.get(URL(f"{address}/{path}", encoded=True)) as answer:
                assert (answer.status, await answer.text() != "404: Not Found") == (404, True)

    visit(tmp_path, test, behind=behind)


def test_every_request_has_a_line_and_no_line_has_a_secret(tmp_path: Path) -> None:
    secret = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"

    async def behind(_request: web.Request) -> web.Response:
        return web.Response(status=403)

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        headers = {"Authorization": f"Bearer {secret}", "X-Video-Key": secret}
        for target in (f"/api/videos/vid_1/url?key={secret}&limit=3", f"/?token={secret}", f"/{secret}"):
            async with client.get(address + target, headers=headers):
                pass

    visit(tmp_path, test, behind=behind)
    lines = (tmp_path / "requests.log").read_text().splitlines()
    assert "GET /api/videos/vid_1/url?key=***&limit=3 403" in lines[0]
    assert len(lines) == 3
    assert "c2ln" not in "\n".join(lines)
