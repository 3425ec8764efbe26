"""What servers say of a source, in an import's words: good, broken, changed, or none of ours to have."""

import pytest
from sluice.adapters.guarded_http import GuardedHttp
from sluice.adapters.url_source import UrlSource
from sluice.domain.addresses import AddressPolicy, Exemption
from sluice.domain.fetching import FetchFailed, FetchInterrupted, SourceReplaced
from sluice.usecases.import_ports import Bookmark

from tests.loopback import Behaviour, Peer, answer, drip, half, hang, hang_up

BEGINNING = Bookmark(offset=0, version=None, total=None)
GOOD = answer(200, b"0123456789", {"Content-Type": "video/mp4", "ETag": '"v1"', "Last-Modified": "Mon"})


def source(peer: Peer) -> UrlSource:
    exempt = (Exemption("127.0.0.1", int(peer.url.rsplit(":", 1)[1])),)
    return UrlSource(GuardedHttp(AddressPolicy(allow_http=True, exempt=exempt)))


def fetch(peer: Peer, at: Bookmark = BEGINNING, *, seconds: float = 5) -> bytes:
    with source(peer).open(f"{peer.url}/video.mp4", at, seconds=seconds) as flow:
        return b"".join(flow.pieces())


def part(content_range: str, body: bytes = b"56789", **headers: str) -> Behaviour:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(206, body, {"Content-Range": content_range, **told})


def test_a_source_says_what_it_is(peer: Peer) -> None:
    peer.says(GOOD)
    with source(peer).open(peer.url, BEGINNING, seconds=5) as flow:
        assert (flow.starts_at, flow.total, flow.version, flow.media_type) == (0, 10, '"v1"', "video/mp4")
        assert b"".join(flow.pieces()) == b"0123456789"
    assert "range" not in peer.asked[0].headers


@pytest.mark.parametrize(
    ("headers", "version"),
    [({"ETag": 'W/"v1"', "Last-Modified": "Mon"}, "Mon"), ({"ETag": 'W/"v1"'}, None), ({}, None)],
)
def test_a_weak_name_of_the_bytes_is_none(peer: Peer, headers: dict[str, str], version: str | None) -> None:
    peer.says(answer(200, b"x", headers))
    with source(peer).open(peer.url, BEGINNING, seconds=5) as flow:
        assert flow.version == version


@pytest.mark.parametrize("version", ['"v1"', None])
def test_it_is_gone_on_with_by_range(peer: Peer, version: str | None) -> None:
    peer.says(part("bytes 5-9/10", ETag='"v1"') if version else part("bytes 5-9/10"))
    at = Bookmark(offset=5, version=version, total=10)
    with source(peer).open(peer.url, at, seconds=5) as flow:
        assert (flow.starts_at, flow.total, flow.version) == (5, 10, version)
        assert b"".join(flow.pieces()) == b"56789"
    assert peer.asked[0].headers["range"] == "bytes=5-"
    assert peer.asked[0].headers.get("if-range") == version


def test_a_part_may_leave_the_whole_and_its_name_unsaid(peer: Peer) -> None:
    peer.says(part("bytes 5-9/*"))
    with source(peer).open(peer.url, Bookmark(offset=5, version='"v1"', total=10), seconds=5) as flow:
        assert (flow.total, flow.version) == (10, '"v1"')


def test_a_server_that_cannot_go_on_begins_anew(peer: Peer) -> None:
    peer.says(GOOD)
    with source(peer).open(peer.url, Bookmark(offset=5, version='"v1"', total=10), seconds=5) as flow:
        assert flow.starts_at == 0


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (answer(416), Bookmark(offset=5, version='"v1"', total=10)),
        (part("bytes 4-9/10"), Bookmark(offset=5, version='"v1"', total=10)),
        (part("bytes 5-9/11"), Bookmark(offset=5, version='"v1"', total=10)),
        (part("bytes 5-9/10", ETag='"v2"'), Bookmark(offset=5, version='"v1"', total=10)),
        (part("nonsense"), Bookmark(offset=5, version='"v1"', total=10)),
        (answer(206, b"56789"), Bookmark(offset=5, version='"v1"', total=10)),
        (part("bytes 5-9/11"), Bookmark(offset=5, version=None, total=10)),
        (part("bytes 5-9/*"), Bookmark(offset=5, version=None, total=10)),
        (part("bytes 5-9/10"), Bookmark(offset=5, version=None, total=None)),
    ],
)
def test_what_may_be_another_file_is_not_joined_with_what_has_arrived(
    peer: Peer, said: Behaviour, at: Bookmark
) -> None:
    peer.says(said)
    with pytest.raises(SourceReplaced) as caught:
        fetch(peer, at)
    assert caught.value.code == "import_changed"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 416, 206, 204, 302])
def test_a_status_that_stays_is_the_reason(peer: Peer, status: int) -> None:
    peer.says(answer(status))
    with pytest.raises(FetchFailed) as caught:
        fetch(peer)
    assert (caught.value.code, caught.value.retryable) == (f"import_http_{status}", False)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_status_that_may_pass_is_worth_another_attempt(peer: Peer, status: int) -> None:
    peer.says(answer(status))
    with pytest.raises(FetchInterrupted) as caught:
        fetch(peer)
    assert caught.value.code == f"import_http_{status}"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (half("never all of it"), "import_unreachable"),
        (hang_up, "import_unreachable"),
        (answer(200, b"x", {"Content-Encoding": "gzip"}), "import_not_video"),
        (answer(302, b"", {"Location": "http://10.0.0.1/"}), "import_refused_address"),
        (answer(302, b"", {"Location": "/again"}), "import_too_many_redirects"),
    ],
)
def test_other_trouble_has_codes_of_its_own(peer: Peer, said: Behaviour, code: str) -> None:
    peer.says(said)
    with pytest.raises(FetchFailed) as caught:
        fetch(peer)
    assert caught.value.code == code


@pytest.mark.parametrize("said", [hang(60), drip(60)])
def test_a_server_that_is_too_slow_is_no_second_time_asked(peer: Peer, said: Behaviour) -> None:
    peer.says(said)
    with pytest.raises(FetchFailed) as caught:
        fetch(peer, seconds=0.3)
    assert (caught.value.code, caught.value.retryable) == ("import_timeout", False)


@pytest.mark.parametrize(
    ("headers", "total"),
    [({"Content-Length": "many"}, None), ({"Content-Length": "-5"}, None), ({}, None)],
)
def test_a_length_that_is_none_is_not_believed(
    peer: Peer, headers: dict[str, str], total: int | None
) -> None:
    def say(handler: object) -> None:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        handler.wfile.write(f"HTTP/1.1 200 OK\r\n{lines}\r\nbody".encode())  # type: ignore[attr-defined]
        handler.close_connection = True  # type: ignore[attr-defined]

    peer.says(say)
    with source(peer).open(peer.url, BEGINNING, seconds=5) as flow:
        assert (flow.total, b"".join(flow.pieces())) == (total, b"body")


def test_what_a_caller_raises_stays_what_it_is(peer: Peer) -> None:
    peer.says(GOOD)
    with pytest.raises(KeyError), source(peer).open(peer.url, BEGINNING, seconds=5):
        raise KeyError("mine")
