"""A connection goes to an address that was judged, and to nothing else (S4); and it ends in time."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any

import pytest
from sluice.adapters.guarded_http import (
    Ask,
    GuardedHttp,
    Patience,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    UntrustedPeer,
)
from sluice.domain.addresses import AddressPolicy, Exemption
from sluice.domain.errors import RefusedAddress

from tests.authority import Authority
from tests.hostile_urls import NAMES_THAT_LEAD_INSIDE, WRONG_IN_THEMSELVES
from tests.loopback import Behaviour, Handler, Peer, answer, half, hang, hang_up, running_peer

NAME = "source.example"
PUBLIC = "93.184.216.34"
CAN_BE_A_HEADER = {
    name: url
    for name, url in WRONG_IN_THEMSELVES.items()
    if name != "no host"  # which a browser, and we, take for the same host's path
    and url.isascii()
    and url.isprintable()
    and url.strip() == url
    and len(url) < 1000
    and "://" in url
}


@pytest.fixture(scope="module")
def server(authority: Authority) -> Iterator[Peer]:
    with running_peer(authority.serving(NAME)) as running:
        yield running


@pytest.fixture
def peer(server: Peer) -> Peer:
    """Speaks https, and proves to be ``NAME``."""
    server.script, server.asked = [], []
    return server


def port_of(peer: Peer) -> int:
    return int(peer.url.rsplit(":", 1)[1])


class Names:
    """A resolver: what it was asked, and what it says; a list of lists is said in turn."""

    def __init__(self, **known: Any) -> None:
        self.known: dict[str, Any] = {name.replace("_", "."): found for name, found in known.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        found = self.known.get(host, [host])
        if found and isinstance(found[0], list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return list(found)


def http_to(
    peer: Peer,
    authority: Authority,
    names: Names | None = None,
    clock: Callable[[], float] = time.monotonic,
    **policy: Any,
) -> GuardedHttp:
    """``NAME`` is the peer, and exempt."""
    known = {"exempt": (Exemption(NAME, port_of(peer)),), **policy}
    return GuardedHttp(
        AddressPolicy(**known),
        resolve=names or Names(source_example=["127.0.0.1"]),
        tls=authority.trusting(),
        clock=clock,
    )


def url_of(peer: Peer, path: str = "/video.mp4") -> str:
    return f"https://{NAME}:{port_of(peer)}{path}"


def get(http: GuardedHttp, url: str, **ask: Any) -> tuple[int, bytes]:
    with http.open(Ask(url=url, **ask)) as said:
        return said.status, said.read(10_000_000)


# ---------------------------------------------------------------- where it goes


def test_a_request_goes_out_and_its_answer_comes_back(peer: Peer, authority: Authority) -> None:
    peer.says(answer(200, b"bytes", {"Content-Type": "video/mp4"}))
    with http_to(peer, authority).open(
        Ask(url=url_of(peer, "/a?b=c"), headers={"Range": "bytes=0-"})
    ) as said:
        assert (said.status, said.headers["content-type"], said.read(99)) == (200, "video/mp4", b"bytes")
        assert said.url == url_of(peer, "/a?b=c")
    (asked,) = peer.asked
    assert (asked.method, asked.path) == ("GET", "/a?b=c")
    assert asked.headers["host"] == f"{NAME}:{port_of(peer)}"
    assert asked.headers["range"] == "bytes=0-"
    assert "authorization" not in asked.headers


def test_a_body_is_sent(peer: Peer, authority: Authority) -> None:
    peer.says(answer(204))
    assert get(http_to(peer, authority), url_of(peer), method="POST", body=b"{}") == (204, b"")
    assert (peer.asked[0].method, peer.asked[0].body) == ("POST", b"{}")


def test_the_connection_goes_to_the_address_that_was_judged(
    peer: Peer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked for once, and is not asked for again to connect, nor are other addresses tried."""
    gone_to: list[Any] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        gone_to.append(address)
        return really(("127.0.0.1", address[1]), timeout)

    really = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", connect)
    peer.says(answer(200, b"x"))
    names = Names(source_example=[[PUBLIC], ["127.0.0.1"]])
    assert get(http_to(peer, authority, names, exempt=()), url_of(peer)) == (200, b"x")
    assert (gone_to, names.asked) == ([(PUBLIC, port_of(peer))], [NAME])


def test_a_name_that_is_bound_to_another_address_meanwhile_is_judged_anew(
    peer: Peer, authority: Authority
) -> None:
    http = http_to(peer, authority, Names(source_example=[[PUBLIC], ["127.0.0.1"]]), exempt=())
    http.check(url_of(peer))
    with pytest.raises(RefusedAddress):
        get(http, url_of(peer))
    assert peer.asked == []


@pytest.mark.parametrize("name", NAMES_THAT_LEAD_INSIDE)
def test_a_name_that_leads_inside_is_not_gone_to(name: str) -> None:
    http = GuardedHttp(AddressPolicy(), resolve=lambda host, _port: NAMES_THAT_LEAD_INSIDE[host])
    with pytest.raises(RefusedAddress) as caught:
        http.check(f"https://{name}/", field="videoUrl")
    assert caught.value.problems[0].field == "videoUrl"
    with pytest.raises(RefusedAddress):
        get(http, f"https://{name}/")


def test_a_second_address_is_tried_where_the_first_takes_no_connection(
    peer: Peer, authority: Authority
) -> None:
    peer.says(answer(200, b"x"))
    names = Names(source_example=["127.0.0.2", "127.0.0.1"])
    assert get(http_to(peer, authority, names), url_of(peer)) == (200, b"x")


def test_the_name_must_be_proven(peer: Peer, authority: Authority, tmp_path: Any) -> None:
    peer.says(answer(200, b"x"))
    port = port_of(peer)
    other = GuardedHttp(
        AddressPolicy(exempt=(Exemption("other.example", port),)),
        resolve=lambda _host, _port: ["127.0.0.1"],
        tls=authority.trusting(),
    )
    with pytest.raises(UntrustedPeer):
        get(other, f"https://other.example:{port}/")
    with pytest.raises(UntrustedPeer):
        get(http_to(peer, Authority(tmp_path)), url_of(peer))
    everybody = GuardedHttp(
        AddressPolicy(exempt=(Exemption(NAME, port),)), resolve=lambda _host, _port: ["127.0.0.1"]
    )
    with pytest.raises(UntrustedPeer):
        get(everybody, url_of(peer))
    assert peer.asked == []


def test_the_resolver_of_this_machine_is_asked_where_no_other_is_given() -> None:
    with pytest.raises(RefusedAddress):
        get(GuardedHttp(AddressPolicy()), "https://0x7f000001.localhost/")
    with pytest.raises(Unreachable):
        get(GuardedHttp(AddressPolicy()), "https://no-such-name.invalid/")
    with running_peer() as plain:
        plain.says(answer(200, b"x"))
        exempt = (Exemption("127.0.0.1", port_of(plain)),)
        http = GuardedHttp(AddressPolicy(allow_http=True, exempt=exempt))
        assert get(http, plain.url) == (200, b"x")


# ---------------------------------------------------------------- redirects


def to(location: str, status: int = 302) -> Behaviour:
    return answer(status, b"", {"Location": location})


def test_redirects_are_followed_as_far_as_is_asked_for(peer: Peer, authority: Authority) -> None:
    http = http_to(peer, authority)
    hops = [to("/b", 301), to("c", 302), to(url_of(peer, "/d"), 303), to("/e", 307), to("/f", 308)]
    peer.says(*hops, answer(200, b"x"))
    with http.open(Ask(url=url_of(peer, "/a"), redirects=5)) as said:
        assert (said.url, said.read(9)) == (url_of(peer, "/f"), b"x")
    assert [asked.path for asked in peer.asked] == ["/a", "/b", "/c", "/d", "/e", "/f"]
    peer.says(to("/again"))
    peer.asked.clear()
    with pytest.raises(TooManyRedirects):
        get(http, url_of(peer), redirects=5)
    assert len(peer.asked) == 6


@pytest.mark.parametrize("ask", [{}, {"method": "POST", "redirects": 5}])
def test_a_redirect_that_is_not_followed_is_the_answer(
    peer: Peer, authority: Authority, ask: dict[str, Any]
) -> None:
    peer.says(to("/b"))
    assert get(http_to(peer, authority), url_of(peer), **ask)[0] == 302
    assert len(peer.asked) == 1


@pytest.mark.parametrize("location", CAN_BE_A_HEADER.values(), ids=CAN_BE_A_HEADER)
def test_a_redirect_to_what_is_wrong_in_itself_is_refused(
    peer: Peer, authority: Authority, location: str
) -> None:
    peer.says(to(location), answer(200, b"x"))
    with pytest.raises(RefusedAddress):
        get(http_to(peer, authority), url_of(peer), redirects=5)
    assert len(peer.asked) == 1


@pytest.mark.parametrize("name", NAMES_THAT_LEAD_INSIDE)
def test_a_redirect_to_a_name_that_leads_inside_is_refused(
    peer: Peer, authority: Authority, name: str
) -> None:
    names = Names(source_example=["127.0.0.1"])
    names.known |= NAMES_THAT_LEAD_INSIDE
    peer.says(to(f"https://{name}/x"), answer(200, b"x"))
    with pytest.raises(RefusedAddress):
        get(http_to(peer, authority, names), url_of(peer), redirects=5)
    assert len(peer.asked) == 1


def test_a_redirect_to_the_same_name_looks_it_up_again(peer: Peer, authority: Authority) -> None:
    """It may have been bound to another address between two hops."""
    names = Names(source_example=["127.0.0.1"], rebound_example=[[PUBLIC], ["10.0.0.1"]])
    http = http_to(peer, authority, names)
    http.check("https://rebound.example/")
    peer.says(to("https://rebound.example/"))
    with pytest.raises(RefusedAddress):
        get(http, url_of(peer), redirects=5)


# ---------------------------------------------------------------- bodies and times


def raw(*pieces: bytes, seconds: float = 0) -> Behaviour:
    """Sends these bytes in place of an answer, with pauses, and hangs up."""

    def behave(handler: Handler) -> None:
        handler.close_connection = True
        for piece in pieces:
            try:
                handler.wfile.write(piece)
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(seconds)

    return behave


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "said",
    [
        raw(HEAD + b"Content-Length: 4\r\n\r\nbody"),
        raw(HEAD + b"Content-Length: 4\r\n\r\nbody and more than was promised"),
        raw(HEAD + b"\r\nbody"),
        raw(HEAD + b"Content-Length: many\r\n\r\nbody"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n"),
        raw(b"HTTP/1.1 100 Continue\r\n\r\n", HEAD + b"\r\nbody"),
    ],
)
def test_a_body_is_read_however_its_length_is_told(peer: Peer, authority: Authority, said: Behaviour) -> None:
    peer.says(said)
    assert get(http_to(peer, authority), url_of(peer)) == (200, b"body")


@pytest.mark.parametrize(
    "said",
    [
        half("never all of it"),
        hang_up,
        raw(b""),
        raw(b"nonsense\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n"),
        raw(HEAD + b"x: " + b"y" * 70_000 + b"\r\n\r\n"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nbo"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\nbody"),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n"),
    ],
)
def test_what_breaks_off_or_is_no_answer_is_no_answer(
    peer: Peer, authority: Authority, said: Behaviour
) -> None:
    peer.says(said)
    with pytest.raises(Unreachable):
        get(http_to(peer, authority), url_of(peer))


@pytest.mark.parametrize("said", [hang(60), raw(HEAD + b"Content-Length: 9\r\n\r\n" + b"body", seconds=60)])
def test_silence_ends(peer: Peer, authority: Authority, said: Behaviour) -> None:
    peer.says(said)
    began = time.monotonic()
    with pytest.raises(TooSlow):
        get(http_to(peer, authority), url_of(peer), patience=Patience(connect=10, silent=0.2, total=45))
    assert time.monotonic() - began < 45


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD + b"Content-Length: 100000\r\n\r\n", *[b" "] * 99_999],
        [HEAD, *[b"x: y\r\n"] * 20],
        [bytes([byte]) for byte in HEAD],
    ],
    ids=["body", "headers", "status"],
)
def test_slowness_ends(peer: Peer, authority: Authority, pieces: list[bytes]) -> None:
    """Five seconds pass from piece to piece, on a clock that needs no waiting."""
    now = [0.0]

    def said(handler: Handler) -> None:
        handler.close_connection = True
        with suppress(OSError):
            for piece in pieces:
                handler.wfile.write(piece)
                now[0] += 5
                time.sleep(0.01)

    peer.says(said)
    http = http_to(peer, authority, clock=lambda: now[0])
    with pytest.raises(TooSlow):
        get(http, url_of(peer), patience=Patience(connect=10, silent=10, total=40))


def test_a_part_of_a_body_can_be_read(peer: Peer, authority: Authority) -> None:
    peer.says(answer(200, b"x" * 100_000))
    with http_to(peer, authority).open(Ask(url=url_of(peer))) as said:
        assert said.read(10) == b"x" * 10


def test_a_name_that_is_looked_up_for_ever_is_given_up(authority: Authority) -> None:
    def never(_host: str, _port: int) -> Sequence[str]:
        time.sleep(0.5)
        return [PUBLIC]

    http = GuardedHttp(AddressPolicy(), resolve=never)
    with pytest.raises(TooSlow):
        get(http, "https://slow.example/", patience=Patience(total=0.1))
    http.check("https://slow.example/", seconds=0.1)


@pytest.mark.parametrize("error", [socket.gaierror("no such name"), UnicodeError("label too long")])
def test_a_name_without_addresses_is_unreachable_and_no_reason_to_refuse(error: Exception) -> None:
    def fails(_host: str, _port: int) -> Sequence[str]:
        raise error

    def finds_none(_host: str, _port: int) -> Sequence[str]:
        return []

    for resolve in (fails, finds_none):
        http = GuardedHttp(AddressPolicy(), resolve=resolve)
        http.check("https://nowhere.example/")
        with pytest.raises(Unreachable):
            get(http, "https://nowhere.example/")


def closed_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_nobody_there_is_unreachable() -> None:
    port = closed_port()
    http = GuardedHttp(
        AddressPolicy(allow_http=True, exempt=(Exemption(NAME, port),)),
        resolve=lambda _host, _port: ["127.0.0.1"],
    )
    with pytest.raises(Unreachable):
        get(http, f"http://{NAME}:{port}/")


def test_whoever_speaks_no_tls_is_unreachable(authority: Authority) -> None:
    with running_peer() as plain:
        plain.says(answer(200))
        with pytest.raises(Unreachable):
            get(http_to(plain, authority), url_of(plain))


@pytest.mark.parametrize("headers", [{"x": "a\r\nb: c"}, {"x\r\nb": "c"}])
def test_no_header_can_be_smuggled_in(peer: Peer, authority: Authority, headers: Mapping[str, str]) -> None:
    with pytest.raises(Unreachable):
        get(http_to(peer, authority), url_of(peer), headers=headers)
    assert peer.asked == []


def test_no_time_is_left_to_connect(peer: Peer, authority: Authority) -> None:
    def late(_host: str, _port: int) -> Sequence[str]:
        clock[0] += 100
        return ["127.0.0.1"]

    clock = [0.0]
    http = GuardedHttp(
        AddressPolicy(exempt=(Exemption(NAME, port_of(peer)),)), resolve=late, clock=lambda: clock[0]
    )
    with pytest.raises(TooSlow):
        get(http, url_of(peer))
