"""A webhook endpoint that keeps everything it is sent and answers what it is told to."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the endpoint."""

    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> dict[str, Any]:
        """The body as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def signature(self, header: str) -> list[tuple[str, str]]:
        """Pairs of a signature header such as ``t=1,v1=ab``."""
        pairs = (part.partition("=") for part in self.headers[header].split(","))
        return [(name, value) for name, _, value in pairs]


class Inbox:
    """What has arrived; ``answers`` are given in turn, then 200, while it is ``answering``."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.answers: list[int] = []
        self.answering = threading.Event()
        self.answering.set()
        self.url = ""
        self._arrived = threading.Condition()

    def wait(self, enough: Callable[[list[Delivery]], bool]) -> list[Delivery]:
        """All deliveries, once they are enough."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: enough(self.deliveries), PATIENCE_SECONDS), (
                f"only {[one.body[:60] for one in self.deliveries]}"
            )
            return list(self.deliveries)

    def wait_for(self, type_: str) -> Delivery:
        """The first delivery of an event of Mux."""
        found = self.wait(lambda all_: any(one.event["type"] == type_ for one in all_))
        return next(one for one in found if one.event["type"] == type_)

    def types(self) -> list[str]:
        """Types of the events of Mux, in the order of arrival."""
        return [one.event["type"] for one in self.deliveries]

    def take(self, delivery: Delivery) -> int:
        """Keep a delivery; the status to answer with."""
        with self._arrived:
            self.deliveries.append(delivery)
            self._arrived.notify_all()
            return self.answers.pop(0) if self.answers else 200


@contextmanager
def running_inbox() -> Iterator[Inbox]:
    """An endpoint on a port of its own."""
    inbox = Inbox()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = inbox.take(Delivery(headers, body, time.time()))
            inbox.answering.wait(PATIENCE_SECONDS)
            with suppress(ConnectionError):  # the sender did not wait
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Tests read `deliveries`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    inbox.url = f"http://127.0.0.1:{server.server_port}/webhooks?source=twin"
    try:
        yield inbox
    finally:
        server.shutdown()
        server.server_close()


def hex_hmac(secret: str, time_: str, body: bytes) -> str:
    """The signature that both providers' documentation describes."""
    return hmac.new(secret.encode(), time_.encode() + b"." + body, hashlib.sha256).hexdigest()
