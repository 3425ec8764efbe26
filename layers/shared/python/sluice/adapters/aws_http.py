"""AWS services called over HTTP without botocore (docs/adr/0024): signed, over connections that are kept.

Importing botocore and making its clients takes longer than all the rest of a cold start, and a call through
it several times what the call itself takes.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from random import uniform
from typing import Any
from urllib.parse import urlsplit

from sluice.adapters.sigv4 import Credentials, signed_headers

# Both attempts together stay below any function's own timeout, so that a hang becomes our 503.
_CONNECT_SECONDS, _READ_SECONDS = 1, 3
# Whoever is at the other end, or between, may have forgotten a connection that was silent for longer.
_KEPT_SECONDS = 15
_ATTEMPTS = 2
_SHORTEST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.02, 0.1


class Refused(Exception):
    """The service answered with an error; its text is AWS's own code for it.

    ``said`` is the whole answer. ``passes``: the same request may well be taken a moment later.
    """

    def __init__(self, code: str, said: Mapping[str, Any], *, passes: bool = False) -> None:
        super().__init__(code)
        self.code, self.said, self.passes = code, said, passes


class NoAnswer(Exception):
    """Nobody answered, or nothing that can be read; the cause says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One of them in one region: ``name`` is what is signed for (``sqs``).

    ``endpoint`` is given where AWS is not, such as ``http://localhost:4566``; ``suffix`` is that of the
    region's host names.
    """

    name: str
    region: str
    endpoint: str | None = None
    suffix: str = "amazonaws.com"

    @property
    def origin(self) -> str:
        return (self.endpoint or f"https://{self.name}.{self.region}.{self.suffix}").rstrip("/")


class AwsHttp:
    """Calls one service, from any number of threads."""

    def __init__(self, service: Service, credentials: Credentials) -> None:
        self._service, self._credentials = service, credentials
        self._url = urlsplit(service.origin)
        self._kept: deque[tuple[HTTPConnection, float]] = deque()

    def post[T](self, body: bytes, headers: Mapping[str, str], read: Callable[[int, bytes], T]) -> T:
        """What ``read`` makes of the status and the body. What gets no answer, or may pass, is sent twice.

        Raises:
            Refused: by ``read``.
            NoAnswer: twice.
        """
        failure: Exception | None = None
        for _ in range(_ATTEMPTS):
            if isinstance(failure, Refused):
                time.sleep(uniform(_SHORTEST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS))  # noqa: S311 - jitter
            try:
                return read(*self._exchange(body, headers))
            except Refused as refused:
                if not refused.passes:
                    raise
                failure = refused
            except (OSError, HTTPException) as error:
                self.close()
                failure = error
        if isinstance(failure, Refused):
            raise failure
        raise NoAnswer from failure

    def _exchange(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        ours, host = self._service, self._url.netloc
        scope, now = (ours.region, ours.name), datetime.now(UTC)
        signed = signed_headers(headers, body, host=host, scope=scope, by=self._credentials, now=now)
        connection = self._connection()
        try:
            connection.request("POST", "/", body, signed)
            answer = connection.getresponse()
            content = answer.read()
        except BaseException:
            connection.close()
            raise
        self._kept.append((connection, time.monotonic()))
        return answer.status, content

    def _connection(self) -> HTTPConnection:
        while self._kept:
            try:
                connection, used = self._kept.pop()
            except IndexError:  # another thread was quicker
                break
            if time.monotonic() - used <= _KEPT_SECONDS:
                return connection
            connection.close()
        kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        made = kind(self._url.netloc, timeout=_CONNECT_SECONDS)
        made.connect()
        made.sock.settimeout(_READ_SECONDS)
        return made

    def close(self) -> None:
        """Let the connections go that nobody uses; the next call makes another."""
        while self._kept:
            self._kept.pop()[0].close()
