"""`/ws`: to the engine's WebSocket API, frame by frame, if the template has one."""

import asyncio

from aiohttp import (
    ClientError,
    ClientSession,
    ClientWebSocketResponse,
    WSCloseCode,
    WSMsgType,
    WSServerHandshakeError,
    web,
)
from yarl import URL

from local.proxy.answers import error_answer

LARGEST_FRAME_BYTES = 128 * 1024  # "Quotas for WebSocket APIs": a message's payload


class Sockets:
    """Joins clients' connections with the engine's."""

    def __init__(self, session: ClientSession, engine: str) -> None:
        self._session = session
        self._engine = engine
        self._base: str | None = None
        self._open: set[web.WebSocketResponse] = set()

    def point_at(self, api: tuple[str, str] | None) -> None:
        """Join with this API, given as id and stage, from now on; with none if there is none."""
        self._base = f"{self._engine}/_aws/execute-api/{api[0]}/{api[1]}" if api else None

    async def join(self, request: web.Request) -> web.StreamResponse:
        """Connect on both sides and copy until either closes; a refusal at the handshake is handed on."""
        if self._base is None:
            return error_answer(404, "not_found", "There is no WebSocket API here yet.")
        query = f"?{request.query_string}" if request.query_string else ""
        try:
            behind = await self._session.ws_connect(
                URL(f"{self._base}{query}", encoded=True), max_msg_size=LARGEST_FRAME_BYTES, autoclose=True
            )
        except WSServerHandshakeError as exc:
            headers = {"WWW-Authenticate": "Bearer"} if exc.status == 401 else {}
            return error_answer(exc.status, "refused", "The connection was refused.", headers)
        except ClientError:
            return error_answer(
                503, "unavailable", "The WebSocket API does not answer.", {"Retry-After": "1"}
            )
        before = web.WebSocketResponse(max_msg_size=LARGEST_FRAME_BYTES)
        await before.prepare(request)
        self._open.add(before)
        copies = [asyncio.ensure_future(_copy(before, behind)), asyncio.ensure_future(_copy(behind, before))]
        try:
            await asyncio.wait(copies, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for copy in copies:
                copy.cancel()
            await asyncio.gather(*copies, return_exceptions=True)
            await behind.close()
            await before.close()
            self._open.discard(before)
        return before

    async def close(self) -> None:
        """Close every connection: nobody waits for pages that are still open when the stack stops."""
        for socket in list(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)


type Socket = web.WebSocketResponse | ClientWebSocketResponse


async def _copy(source: Socket, target: Socket) -> None:
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await target.send_bytes(message.data)
        else:
            return
