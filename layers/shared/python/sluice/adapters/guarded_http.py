"""HTTP to URLs that users give us: imports, outgoing webhooks. It fails closed.

A name is resolved once, every address that it has is judged, and the connection is made to one of those that
were judged, never to the name again; TLS still proves the name. Each redirect begins anew. No proxy, cookie
or credential of this machine takes part. An answer comes within the times that the caller gives, head and
body, however slowly a server feeds it.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from threading import Thread
from urllib.parse import urljoin

from sluice.adapters.timed_channel import Channel, ChannelConnection
from sluice.domain.addresses import AddressPolicy, Target, read_url, require_public
from sluice.domain.errors import SluiceError

_REDIRECTS = {301, 302, 303, 307, 308}
_PIECE_BYTES = 256 * 1024
_HEADERS = {"accept-encoding": "identity", "connection": "close", "user-agent": "sluice"}

type Resolve = Callable[[str, int], Sequence[str]]


class Unreachable(SluiceError):
    """No answer was to be had: no such name, no connection, or one that broke. It may work later."""

    code = "unreachable"
    retryable = True


class UntrustedPeer(SluiceError):
    """Whoever answers does not prove to be the host of the URL."""

    code = "untrusted_peer"


class TooSlow(SluiceError):
    """Nothing came for too long, or all of it took too long."""

    code = "too_slow"


class TooManyRedirects(SluiceError):
    """It leads on and on, or nowhere."""

    code = "too_many_redirects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds. ``silent``: without a byte; ``total``: for everything, from the name to the body's end."""

    connect: float = 5
    silent: float = 30
    total: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request. ``redirects``: how many are followed, by ``GET`` and ``HEAD`` alone."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    patience: Patience = Patience()
    redirects: int = 0


class Answer:
    """What came back; header names are lower-case. Its body is read once, as it comes."""

    def __init__(self, url: str, response: HTTPResponse) -> None:
        self.url = url
        self.status = response.status
        self.headers: Mapping[str, str] = {
            name.lower(): value.strip() for name, value in response.getheaders()
        }
        self._response = response

    def pieces(self) -> Iterator[bytes]:
        """The body, in pieces of no particular size.

        Raises:
            Unreachable: it broke off before its end, as far as the answer told its end.
            TooSlow.
        """
        with _translated():
            while piece := self._response.read1(_PIECE_BYTES):
                yield piece
            if self._response.length:
                raise ConnectionError("the body ended early")

    def read(self, limit: int) -> bytes:
        """The body, or as much of it as ``limit`` bytes."""
        body = bytearray()
        for piece in self.pieces():
            body += piece
            if len(body) >= limit:
                break
        return bytes(body[:limit])


class GuardedHttp:
    """Requests to places that users name.

    ``resolve`` gives the addresses of a name, ``tls`` proves who answers; both are for tests to replace.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy
        self._resolve = resolve or _look_up
        self._tls = tls
        self._clock = clock

    def check(self, url: str, *, field: str = "url", seconds: float = 3) -> None:
        """Judge a URL as it is now. A name that has no address now may have one later: that is no reason.

        Raises:
            RefusedAddress: it leads, or would lead now, where it must not; naming ``field``.
        """
        target = read_url(url, self._policy, field=field)
        try:
            addresses = self._addresses(target, self._clock() + seconds)
        except (Unreachable, TooSlow):
            return
        require_public(target, addresses, field=field)

    @contextmanager
    def open(self, ask: Ask) -> Iterator[Answer]:
        """The answer, whatever its status, with its body still to be read.

        Raises:
            RefusedAddress: the URL, or one that it redirects to, leads where it must not.
            Unreachable, UntrustedPeer, TooSlow, TooManyRedirects.
        """
        ends = self._clock() + ask.patience.total
        url = ask.url
        for hop in range(ask.redirects + 1):
            with self._once(ask, url, ends) as answer:
                location = answer.headers.get("location")
                follows = ask.redirects and ask.method in {"GET", "HEAD"}
                if not (follows and answer.status in _REDIRECTS and location):
                    yield answer
                    return
                if hop == ask.redirects:
                    break
                url = _joined(answer.url, location)
        raise TooManyRedirects("The URL redirects too often.")

    @contextmanager
    def _once(self, ask: Ask, url: str, ends: float) -> Iterator[Answer]:
        target = read_url(url, self._policy)
        addresses = self._addresses(target, ends)
        require_public(target, addresses)
        with _translated():
            channel = self._connected(target, addresses, ask.patience, ends)
        try:
            with _translated():
                connection = ChannelConnection(
                    target.host, target.port, channel, tls=target.scheme == "https"
                )
                headers = {**_HEADERS, **{name.lower(): value for name, value in ask.headers.items()}}
                connection.request(ask.method, target.path, ask.body, headers)
                response = connection.getresponse()
            yield Answer(target.url, response)
        finally:
            channel.end()

    def _addresses(self, target: Target, ends: float) -> Sequence[str]:
        """All addresses of the host. Asking is given up in time, which the resolver itself never is."""
        found: list[Sequence[str] | OSError] = []

        def ask() -> None:
            try:
                found.append(self._resolve(target.host, target.port))
            except (OSError, UnicodeError) as error:
                found.append(error if isinstance(error, OSError) else OSError("no name"))

        asking = Thread(target=ask, daemon=True)
        asking.start()
        asking.join(max(0.0, ends - self._clock()))
        if not found:
            raise TooSlow("The host's name could not be looked up in time.")
        addresses = found[0]
        if isinstance(addresses, OSError) or not addresses:
            raise Unreachable("The host cannot be found.")
        return addresses

    def _connected(
        self, target: Target, addresses: Sequence[str], patience: Patience, ends: float
    ) -> Channel:
        """A connection to the first of the judged addresses that takes one."""
        failure: OSError = ConnectionError("there is no address")
        for address in addresses:
            left = min(patience.connect, ends - self._clock())
            if left <= 0:
                raise TimeoutError("no time left to connect")
            try:
                plain = socket.create_connection((address, target.port), timeout=left)
                held = self._secured(plain, target)
            except ssl.SSLCertVerificationError:
                raise
            except OSError as error:
                failure = error
                continue
            return Channel(held, patience.silent, ends, self._clock)
        raise ConnectionError("no address takes a connection") from failure

    def _secured(self, plain: socket.socket, target: Target) -> socket.socket:
        if target.scheme == "http":
            return plain
        if self._tls is None:
            self._tls = _public_trust()
        try:
            return self._tls.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise UntrustedPeer("The host's certificate is not valid.") from error
    except TimeoutError as error:
        raise TooSlow("The host took too long.") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable("The host does not answer as it should.") from error


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location  # which is then refused as it is


def _look_up(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, each once, in the order in which they should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _public_trust() -> ssl.SSLContext:
    """The certificate authorities of this machine."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
