"""A peer on the loopback that answers as it is told, well or badly, and remembers what it was asked."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

type Behaviour = Callable[["Handler"], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Peer:
    """``script`` holds what the coming requests are answered with; the last of it stays."""

    url: str
    script: list[Behaviour] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def says(self, *script: Behaviour) -> None:
        self.script = list(script)


class Handler(BaseHTTPRequestHandler):
    """One request, answered by the behaviour whose turn it is."""

    protocol_version = "HTTP/1.1"
    peer: Peer

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.peer.asked.append(Asked(self.command, self.path, headers, self.rfile.read(length)))
        script = self.peer.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _answer  # noqa: N815 - the base class's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Tests say nothing."""


def answer(
    status: int, body: bytes | str | object = b"", headers: Mapping[str, str] | None = None
) -> Behaviour:
    """A whole answer; what is neither bytes nor text goes out as JSON."""
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()

    def behave(handler: Handler) -> None:
        handler.send_response_only(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(raw)

    return behave


def half(body: str) -> Behaviour:
    """Promises all of it, sends half, hangs up."""
    raw = body.encode()

    def behave(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw[: len(raw) // 2])
        handler.close_connection = True

    return behave


def hang(seconds: float) -> Behaviour:
    """Takes the request and says nothing."""

    def behave(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return behave


def drip(seconds: float) -> Behaviour:
    """Sends one byte now and then, for ever if one lets it."""

    def behave(handler: Handler) -> None:
        handler.close_connection = True
        handler.send_response_only(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends:
                handler.wfile.write(b" ")
                time.sleep(0.02)
        except OSError:
            return

    return behave


def hang_up(handler: Handler) -> None:
    """Closes the connection instead of answering."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


@contextmanager
def running_peer(tls: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """A peer on a free port, for the length of a test; with ``tls`` it speaks https."""
    peer = Peer(url="")
    handler = type("_Handler", (Handler,), {"peer": peer})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]  # handshakes are to fail
        peer.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield peer
        finally:
            server.shutdown()
            thread.join()


def serves(
    body: bytes, media_type: str = "video/mp4", *, breaks_at: int | None = None, version: str = "v1"
) -> Behaviour:
    """A file, also by ranges; with ``breaks_at``, a connection ends there, and the next goes on."""
    left = [breaks_at] if breaks_at else []

    def behave(handler: Handler) -> None:
        same = handler.headers.get("If-Range") in {None, f'"{version}"'}
        wanted = handler.headers.get("Range") if same else None
        start = int((wanted or "bytes=0-").removeprefix("bytes=").partition("-")[0])
        handler.send_response_only(206 if start else 200)
        handler.send_header("Content-Type", media_type)
        handler.send_header("ETag", f'"{version}"')
        handler.send_header("Content-Length", str(len(body) - start))
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        handler.end_headers()
        end = left.pop() if left else len(body)
        handler.wfile.write(body[start:end])
        handler.close_connection = True

    return behave


class Site:
    """A server with a behaviour for each of its paths; it speaks https as ``localhost``."""

    def __init__(self, peer: Peer) -> None:
        self.port = int(peer.url.rsplit(":", 1)[1])
        self.peer = peer
        self._paths: dict[str, Behaviour] = {}
        peer.says(self._answer)

    def has(self, path: str, behaviour: Behaviour) -> str:
        """The URL at which it is found."""
        self._paths[path] = behaviour
        return f"https://localhost:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.peer.asked if asked.path == path]

    def _answer(self, handler: Handler) -> None:
        self._paths.get(handler.path, answer(404))(handler)
