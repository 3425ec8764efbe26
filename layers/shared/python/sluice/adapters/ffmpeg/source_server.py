"""The source as ffmpeg sees it: one HTTP address on the loopback that serves byte ranges of one object.

ffmpeg never meets S3. So it needs no TLS, no name resolution (static builds have none that works
everywhere) and no signed URL on its command line, and the one protocol that it may speak leads to
one file. Reads go through our own client, pinned to the ETag that was probed; what fails there is
remembered and raised, because ffmpeg would take a broken connection for the end of the file.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Protocol

from sluice.domain.media_errors import EncodingFailed

_BLOCK = 1 << 20
# Sequential reading fetches this many blocks at a time, a jump only one.
_READ_AHEAD = 4
_KEPT_BLOCKS = 24
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class RangeReader(Protocol):
    """An object of known size, readable by ranges."""

    size_bytes: int

    def read(self, start: int, end: int) -> bytes:
        """Bytes ``start`` to ``end`` - 1; whatever it raises comes out of ``served``."""


class CachedSource:
    """Blocks of a source, the latest ones kept: demuxers go back and forth between two places."""

    def __init__(self, reader: RangeReader) -> None:
        self.size_bytes = reader.size_bytes
        self.failure: Exception | None = None
        self._reader = reader
        self._blocks: dict[int, bytes] = {}
        self._lock = Lock()

    def read(self, start: int, end: int) -> bytes:
        """Bytes ``start`` to ``end`` - 1, as far as the source reaches."""
        end = min(end, self.size_bytes)
        parts = [self.block(index) for index in range(start // _BLOCK, -(-end // _BLOCK))]
        skipped = start % _BLOCK
        return b"".join(parts)[skipped : skipped + max(0, end - start)]

    def block(self, index: int) -> bytes:
        with self._lock:
            if index not in self._blocks:
                count = _READ_AHEAD if index == 0 or index - 1 in self._blocks else 1
                self._fetch(index, count)
            return self._blocks[index]

    def _fetch(self, index: int, count: int) -> None:
        start, end = index * _BLOCK, min((index + count) * _BLOCK, self.size_bytes)
        try:
            data = self._reader.read(start, end)
        except Exception as error:
            self.failure = error
            raise
        for number in range(count):
            part = data[number * _BLOCK : (number + 1) * _BLOCK]
            if part:
                self._blocks[index + number] = part
        while len(self._blocks) > _KEPT_BLOCKS:
            del self._blocks[next(iter(self._blocks))]


@contextmanager
def served(source: CachedSource) -> Iterator[str]:
    """The address of ``source`` while the block runs.

    On leaving it raises what reading the source failed with, in place of the tool's complaint about it.
    """
    path = f"/{secrets.token_urlsafe(16)}"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, source, path))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{path}"
    except EncodingFailed as error:
        if source.failure:
            raise source.failure from error
        raise
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    if source.failure:
        raise source.failure


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, source: CachedSource, path: str, *args: object) -> None:
        self._source = source
        self._path = path
        super().__init__(*args)  # type: ignore[arg-type]  # passed on as the server gives them

    def do_GET(self) -> None:
        size = self._source.size_bytes
        wanted = _RANGE.fullmatch(self.headers.get("Range", "bytes=0-"))
        if self.path != self._path or wanted is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        start = int(wanted[1])
        end = min(int(wanted[2]) + 1 if wanted[2] else size, size)
        if start >= size or end <= start:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        self._send(start, end)

    def _send(self, start: int, end: int) -> None:
        try:
            while start < end:
                block = self._source.read(start, min(end, (start // _BLOCK + 1) * _BLOCK))
                self.wfile.write(block)
                start += len(block)
        except ConnectionError:
            self.close_connection = True  # the tool went to read elsewhere
        except Exception:  # noqa: BLE001 - remembered, and raised by ``served``
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a line for each jump of a demuxer helps nobody."""
