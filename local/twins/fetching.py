"""Import by URL: a provider fetches a file from the public web. A twin fetches from anywhere it can reach."""

from pathlib import Path

import aiohttp

CHUNK_BYTES = 256 * 1024
LARGEST_BYTES = 30_000_000_000
WITHOUT_A_BYTE_SECONDS = 30


class FetchFailed(Exception):
    """The file could not be had; the message says why, without the address."""


async def fetch(url: str, target: Path) -> None:
    """Write what ``url`` answers to ``target``.

    Raises:
        FetchFailed: no connection, no 2xx, too large or too slow.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=WITHOUT_A_BYTE_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, max_redirects=5) as answer,
        ):
            if not 200 <= answer.status < 300:
                raise FetchFailed(f"the server answered {answer.status}")
            with target.open("wb") as file:
                async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
                    file.write(chunk)
                    if file.tell() > LARGEST_BYTES:
                        raise FetchFailed("the file is too large")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as exc:
        raise FetchFailed(f"the file could not be fetched ({type(exc).__name__})") from None
