"""A WebSocket as a program has it, for tests that go one step after the other."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp

SECONDS = 90.0  # one that a queue has to deliver again comes after a minute


class Socket:
    """An open connection. Messages that came while nobody asked are there when somebody does."""

    def __init__(self, loop: asyncio.AbstractEventLoop, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._loop = loop
        self._socket = socket

    def send(self, message: object) -> None:
        """Send JSON, or text as it is."""
        text = message if isinstance(message, str) else json.dumps(message)
        self._loop.run_until_complete(self._socket.send_str(text))

    def receive(self, seconds: float = SECONDS) -> dict[str, Any]:
        """The next message."""
        return dict(self._loop.run_until_complete(self._socket.receive_json(timeout=seconds)))

    def ask(self, message: object) -> dict[str, Any]:
        """Send, and the next message that is no push."""
        self.send(message)
        while (told := self.receive())["type"].startswith("video."):
            pass
        return told

    def until(self, *kinds: str, seconds: float = SECONDS, **fields: Any) -> dict[str, Any]:
        """The next message of one of these types with these fields; those before it are passed over."""

        async def search() -> dict[str, Any]:
            async with asyncio.timeout(seconds):
                while True:
                    told: dict[str, Any] = await self._socket.receive_json()
                    if told["type"] in kinds and fields.items() <= {**told, **told.get("video", {})}.items():
                        return told

        return self._loop.run_until_complete(search())

    def collect(self, seconds: float) -> list[dict[str, Any]]:
        """Every message that comes within this time."""
        found = []

        async def listen() -> None:
            while True:
                found.append(await self._socket.receive_json())

        async def listen_for_a_while() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(listen(), seconds)

        self._loop.run_until_complete(listen_for_a_while())
        return found

    def closed(self, seconds: float = SECONDS) -> bool:
        """Whether the other side closes it within this time; messages before that are passed over."""

        async def wait() -> bool:
            async with asyncio.timeout(seconds):
                while (await self._socket.receive()).type is aiohttp.WSMsgType.TEXT:
                    pass
                return True

        return self._loop.run_until_complete(wait())

    def close(self) -> None:
        self._loop.run_until_complete(self._socket.close())


class Sockets:
    """Opens connections to one address, and closes what is left."""

    def __init__(self, loop: asyncio.AbstractEventLoop, session: aiohttp.ClientSession, url: str) -> None:
        self._loop, self._session, self._url = loop, session, url

    def open(self, token: str | None) -> Socket:
        """Connect; raises ``aiohttp.WSServerHandshakeError`` if the handshake is refused."""
        query = f"?token={token}" if token is not None else ""
        return Socket(self._loop, self._loop.run_until_complete(self._session.ws_connect(self._url + query)))


@contextmanager
def connecting(url: str) -> Iterator[Sockets]:
    """``url`` as in ``ws://localhost:3000/ws``."""
    loop = asyncio.new_event_loop()

    async def session() -> aiohttp.ClientSession:
        return aiohttp.ClientSession()

    opened = loop.run_until_complete(session())
    try:
        yield Sockets(loop, opened, url)
    finally:
        loop.run_until_complete(opened.close())
        loop.close()
