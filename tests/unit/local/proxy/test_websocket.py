"""`/ws`: joined with the engine's WebSocket API."""

from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from tests.unit.local.proxy.front import visit


async def echo(request: web.Request) -> web.StreamResponse:
    """An API that refuses without a token and gives every message back."""
    if request.query.get("token") != "good":
        return web.Response(status=int(request.query.get("status", "401")))
    assert request.path == "/_aws/execute-api/e5f6a7b8/live"
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.data == "bye":
            await socket.close(code=4000)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await socket.send_bytes(message.data)
        else:
            await socket.send_str(message.data.upper())
    return socket


def test_frames_go_both_ways_until_one_side_closes(tmp_path: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.ws_connect(f"{address}/ws?token=good") as socket:
            await socket.send_str("hello")
            assert (await socket.receive_str(timeout=5)) == "HELLO"
            await socket.send_bytes(b"\0\1")
            assert (await socket.receive_bytes(timeout=5)) == b"\0\1"
            await socket.send_str("bye")
            assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE

    visit(tmp_path, test, behind=echo, websocket=True)


@pytest.mark.parametrize(("status", "asks"), [(401, "Bearer"), (429, None), (503, None)])
def test_a_refused_handshake_is_what_the_api_says(tmp_path: Path, status: int, asks: str | None) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect(f"{address}/ws?token=bad&status={status}")
        assert refused.value.status == status
        assert refused.value.headers is not None
        assert refused.value.headers.get("WWW-Authenticate") == asks

    visit(tmp_path, test, behind=echo, websocket=True)


def test_without_an_api_there_is_nothing(tmp_path: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/ws") as answer:
            assert (answer.status, (await answer.json())["code"]) == (404, "not_found")

    visit(tmp_path, test)
