"""Bytes from a request into a file, at an offset, whatever happens to the connection on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakValueDictionary

from aiohttp import web


class Turns:
    """One request at a time writes to an upload. A new one ends the one before it, which may be a
    connection whose
    client is long gone: that is how a client that lost its network goes on."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._writing: dict[str, web.Request] = {}

    @asynccontextmanager
    async def turn(self, key: str, request: web.Request) -> AsyncIterator[None]:
        """Write to ``key`` for as long as the context lasts."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        before = self._writing.get(key)
        if before is not None and before.transport is not None:
            before.transport.abort()
        async with lock:
            self._writing[key] = request
            try:
                yield
            finally:
                del self._writing[key]


TURNS: web.AppKey[Turns] = web.AppKey("turns", Turns)


def size_of(path: Path) -> int:
    """Bytes that have arrived; none if there is no file yet."""
    return path.stat().st_size if path.exists() else 0


async def append(
    request: web.Request, path: Path, *, skip: int = 0, most: int | None = None
) -> tuple[int, int]:
    """Append the request's body to the file without its first ``skip`` bytes and no more than ``most`` bytes.

    Bytes stay where they are when the connection breaks: that is what makes an upload resumable.

    Returns:
        bytes read from the request, bytes written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    read = written = 0
    with path.open("ab") as file:
        async for chunk in request.content.iter_any():
            start = max(0, skip - read)
            read += len(chunk)
            part = chunk[start:] if most is None else chunk[start:][: most - written]
            file.write(part)
            written += len(part)
    return read, written
