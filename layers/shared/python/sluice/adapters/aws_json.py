"""AWS services that speak JSON over HTTP, called without botocore (docs/adr/0024).

For the one function that has seconds to answer strangers and needs two calls: importing botocore and making
its clients takes longer than all the rest of a cold start, and a call through it several times what the call
itself takes. Requests are signed in their headers; the connection is kept for the next call.
"""

import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sluice.adapters.sigv4 import ALGORITHM, Credentials, signing_key
from sluice.domain.errors import Unavailable

_CONNECT_SECONDS, _READ_SECONDS = 1, 3
# Whoever is at the other end, or between, may have forgotten a connection that was silent for longer.
_KEPT_SECONDS = 15
_ATTEMPTS = 2


class Refused(Exception):
    """The service answered with an error; its text is AWS's own code for it."""


@dataclass(frozen=True, slots=True)
class Service:
    """One of them.

    ``name`` is what is signed for (``sqs``), ``target`` the prefix of its actions (``AmazonSQS``),
    ``version`` that of its JSON (``1.0``); ``endpoint`` is given where AWS is not, such as
    ``http://localhost:4566``.
    """

    name: str
    target: str
    version: str
    region: str
    endpoint: str | None = None

    @property
    def origin(self) -> str:
        return (self.endpoint or f"https://{self.name}.{self.region}.amazonaws.com").rstrip("/")


class AwsJson:
    """Calls one service, from one thread."""

    def __init__(self, service: Service, credentials: Credentials) -> None:
        self._service, self._credentials = service, credentials
        self._url = urlsplit(service.origin)
        self._kept: HTTPConnection | None = None
        self._used = 0.0

    def call(self, action: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one action. What gets no answer, or fails by the service's fault, is sent twice.

        Raises:
            Unavailable: it was refused, or failed twice; the cause says how.
        """
        body = msgspec.json.encode(parameters)
        failure: Exception | None = None
        for _ in range(_ATTEMPTS):
            headers = signed_headers(
                self._service, self._credentials, action, body, host=self._url.netloc, now=datetime.now(UTC)
            )
            try:
                status, said = self._exchange(body, headers)
            except (OSError, HTTPException) as error:
                self.close()
                failure = error
                continue
            if status < 300:
                return said
            failure = Refused(str(said.get("__type", status)).rsplit("#", 1)[-1])
            if status < 500:
                break
        raise Unavailable("The service is not ready at the moment. Please try again.") from failure

    def _exchange(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        connection = self._connection()
        connection.request("POST", "/", body, dict(headers))
        answer = connection.getresponse()
        content = answer.read()
        self._used = time.monotonic()
        try:
            return answer.status, msgspec.json.decode(content or b"{}", type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return (answer.status if answer.status >= 300 else 502), {}

    def _connection(self) -> HTTPConnection:
        if self._kept is not None and time.monotonic() - self._used > _KEPT_SECONDS:
            self.close()
        if self._kept is None:
            kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
            self._kept = kind(self._url.netloc, timeout=_CONNECT_SECONDS)
            self._kept.connect()
            self._kept.sock.settimeout(_READ_SECONDS)
        return self._kept

    def close(self) -> None:
        """Let the connection go; the next call makes another."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


def signed_headers(
    service: Service, credentials: Credentials, action: str, body: bytes, *, host: str, now: datetime
) -> dict[str, str]:
    """The headers of one request, signature included."""
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{stamp[:8]}/{service.region}/{service.name}/aws4_request"
    headers = {
        "content-type": f"application/x-amz-json-{service.version}",
        "host": host,
        "x-amz-date": stamp,
        "x-amz-target": f"{service.target}.{action}",
    }
    if credentials.session_token:
        headers["x-amz-security-token"] = credentials.session_token
    named = sorted(headers.items())
    names = ";".join(name for name, _ in named)
    lines = "".join(f"{name}:{value}\n" for name, value in named)
    canonical = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    to_sign = f"{ALGORITHM}\n{stamp}\n{scope}\n{sha256(canonical.encode()).hexdigest()}"
    key = signing_key(credentials.secret_key, stamp[:8], service.region, service.name)
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    signer = f"{ALGORITHM} Credential={credentials.access_key}/{scope}"
    return {**headers, "authorization": f"{signer}, SignedHeaders={names}, Signature={signature}"}
