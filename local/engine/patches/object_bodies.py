"""Large objects do not stop everything else: ranges are read from disk, big writes leave the event loop.

The engine reads an object whole for each range of it, and joins and writes the parts of an upload on the
one thread that serves every request: half a second for each of a probe's reads of a 500 MB source, and
seven in which nothing is answered when its upload completes.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ministack.core.concurrency import resource_lock
from ministack.core.responses import StreamingResponse
from ministack.services import s3

from local.engine.patches.expect import expect

LARGE_BYTES = 1024 * 1024
CHUNK_BYTES = 1024 * 1024


class StoredBody:
    """Part of a file, taken for the bytes of an object: it can be measured and sliced, and is read last."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        self.path = path
        self.start = start
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> "StoredBody":
        start, stop, _ = part.indices(self.length)
        return StoredBody(self.path, self.start + start, max(0, stop - start))

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = self.length
            while left > 0:
                data = file.read(min(CHUNK_BYTES, left))
                if not data:
                    return
                left -= len(data)
                yield data


_reading = threading.local()


def apply() -> None:
    """Patch reading for GetObject, and where large writes run."""
    expect(s3._get_object, "body = _read_body(bucket_name, key, obj)", "slice_body = body[start : end + 1]")
    expect(s3._get_object, "return 206, resp_headers, slice_body", "return 200, resp_headers, body")
    expect(s3._read_body, "fpath = _object_disk_path(bucket_name, key)")
    expect(s3.handle_request, "return await s3_object_lambda.handle_request(")
    read, get, handle = s3._read_body, s3._get_object, s3.handle_request

    def read_later(bucket: str, key: str, record: dict[str, Any]) -> Any:
        stored = _stored(bucket, key, record) if getattr(_reading, "lazily", False) else None
        return read(bucket, key, record) if stored is None else stored

    def get_from_disk(*args: Any, **kwargs: Any) -> Any:
        with _lazily():
            status, headers, body = get(*args, **kwargs)
        if not isinstance(body, StoredBody):
            return status, headers, body
        return status, {**headers, "Content-Length": str(len(body))}, StreamingResponse(_sender(body))

    async def handle_off_loop(method: str, path: str, headers: Any, body: Any, query: Any, *rest: Any) -> Any:
        large = len(body or b"") >= LARGE_BYTES or (method == "POST" and "uploadId" in query)
        if method not in {"PUT", "POST"} or not large:
            return await handle(method, path, headers, body, query, *rest)

        def work() -> Any:
            # one write of a name at a time
            with resource_lock("sluice-s3", f"{path}?{query.get('partNumber')}"):
                return asyncio.run(handle(method, path, headers, body, query, *rest))

        return await asyncio.to_thread(work)

    s3._read_body, s3._get_object, s3.handle_request = read_later, get_from_disk, handle_off_loop


@contextmanager
def _lazily() -> Iterator[None]:
    _reading.lazily = True
    try:
        yield
    finally:
        _reading.lazily = False


def _stored(bucket: str, key: str, record: dict[str, Any]) -> StoredBody | None:
    """The object's file, if it is large and not in memory."""
    if record.get("body") is not None or record.get("size", 0) < LARGE_BYTES:
        return None
    path = s3._object_disk_path(bucket, key)
    if path is None or not os.path.isfile(path):  # noqa: PTH113 - the engine's own path, as it is
        return None
    return StoredBody(Path(path), 0, record["size"])


def _sender(body: StoredBody) -> Any:
    async def send_chunks(send: Any, _receive: Any) -> None:
        chunks = body.chunks()
        while data := await asyncio.to_thread(next, chunks, b""):
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return send_chunks
