"""Bytes from a request into a file, at an offset, whatever happens to the connection on the way."""

from pathlib import Path

from aiohttp import web


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
