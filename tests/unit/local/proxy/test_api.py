"""`/api/*`: what reaches the integration, what comes back, and what is answered before it is asked."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from local.proxy.api import LARGEST_BODY_BYTES, forwarded_headers
from tests.unit.local.proxy.front import visit


def test_a_request_arrives_as_it_was_sent(tmp_path: Path) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "method": request.method,
                "target": request.raw_path,
                "body": (await request.read()).decode(),
                "names": sorted(name.lower() for name in request.headers),
                "host": request.headers["host"],
                "proto": request.headers["x-forwarded-proto"],
            }
        )

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        target = "/api/videos/a%2Fb%20c?x=1&x=2&y=%C3%A4"
        headers = {"Authorization": "Bearer t", "X-Video-Key": "k", "X-Forwarded-For": "1.2.3.4"}
        async with client.post(URL(address + target, encoded=True), data=b"{}", headers=headers) as answer:
            seen = await answer.json()
        assert seen["method"] == "POST"
        assert seen["target"] == f"/_aws/execute-api/a1b2c3d4/$default{target}"
        assert seen["body"] == "{}"
        assert {"authorization", "x-video-key", "x-forwarded-for"} <= set(seen["names"])
        assert seen["host"] == address.removeprefix("http://")
        assert seen["proto"] == "http"

    visit(tmp_path, test, behind=echo)


def test_an_answer_comes_back_as_it_was_given(tmp_path: Path) -> None:
    async def behind(_request: web.Request) -> web.Response:
        answer = web.Response(status=418, body=b"\x1f\x8b not really", content_type="application/gzip")
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers.add("Set-Cookie", "a=1")
        answer.headers.add("Set-Cookie", "b=2")
        answer.headers["Location"] = "/elsewhere"
        return answer

    async def test(_client: aiohttp.ClientSession, address: str) -> None:
        async with (
            aiohttp.ClientSession(auto_decompress=False) as plain,
            plain.get(f"{address}/api/x", allow_redirects=False) as answer,
        ):
            assert answer.status == 418
            assert await answer.read() == b"\x1f\x8b not really"
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers.getall("Set-Cookie") == ["a=1", "b=2"]
            assert answer.headers["Location"] == "/elsewhere"

    visit(tmp_path, test, behind=behind)


@pytest.mark.parametrize("chunked", [True, False])
def test_ten_megabytes_are_the_most(tmp_path: Path, chunked: bool) -> None:
    async def behind(request: web.Request) -> web.Response:
        return web.Response(text=str(len(await request.read())))

    async def sent(client: aiohttp.ClientSession, address: str, size: int) -> tuple[int, str]:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(0, size, 65_536):
                yield b"x" * min(65_536, size)

        data = pieces() if chunked else io.BytesIO(b"x" * size)
        async with client.post(f"{address}/api/x", data=data) as answer:
            return answer.status, await answer.text()

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        assert await sent(client, address, LARGEST_BODY_BYTES) == (200, str(LARGEST_BODY_BYTES))
        status, text = await sent(client, address, LARGEST_BODY_BYTES + 65_536)
        assert (status, text) == (413, '{"message": "Request Entity Too Large"}')

    visit(tmp_path, test, behind=behind)


def test_an_integration_that_takes_too_long_is_unavailable(tmp_path: Path) -> None:
    async def behind(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/api/x") as answer:
            assert answer.status == 503
            assert await answer.json() == {"message": "Service Unavailable"}

    visit(tmp_path, test, behind=behind, seconds=0.2)


def test_an_engine_that_breaks_off_is_unavailable(tmp_path: Path) -> None:
    async def behind(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/api/x") as answer:
            assert answer.status == 503

    visit(tmp_path, test, behind=behind)


def test_many_at_once_are_all_answered(tmp_path: Path) -> None:
    most = 0
    now = 0
    full = asyncio.Event()

    async def behind(_request: web.Request) -> web.Response:
        nonlocal most, now
        now += 1
        most = max(most, now)
        if now == 16:
            full.set()
        await asyncio.wait_for(full.wait(), 20)
        await asyncio.sleep(0.02)  # time for one too many
        now -= 1
        return web.Response()

    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async def ask() -> int:
            async with client.get(f"{address}/api/x") as answer:
                return answer.status

        assert set(await asyncio.gather(*(ask() for _ in range(100)))) == {200}
        assert most == 16

    visit(tmp_path, test, behind=behind)


def test_headers_of_one_connection_are_not_forwarded() -> None:
    given = [
        ("Connection", "keep-alive, X-Mine"),
        ("X-Mine", "1"),
        ("Transfer-Encoding", "chunked"),
        ("Upgrade", "h2c"),
        ("Content-Length", "3"),
        ("Accept", "a"),
        ("Accept", "b"),
        ("X-Forwarded-For", "forged"),
    ]
    made = forwarded_headers(given, "127.0.0.1", "localhost:3000")
    assert list(made.items()) == [
        ("accept", "a"),
        ("accept", "b"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-port", "3000"),
    ]
