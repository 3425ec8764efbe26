"""The source on the loopback: ranges as asked for, one secret address, failures told."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sluice.adapters.ffmpeg.source_server import CachedSource, served
from sluice.domain.errors import SluiceError
from sluice.domain.media_errors import EncodingFailed, SourceChanged

SIZE = 5 * (1 << 20) + 123
DATA = bytes(range(256)) * (SIZE // 256 + 1)


class Memory:
    """A source in memory, that may fail from some place on."""

    size_bytes = SIZE

    def __init__(self, *, fails_from: int = SIZE, error: Exception | None = None) -> None:
        self.asked: list[tuple[int, int]] = []
        self._fails_from = fails_from
        self._error = error or SourceChanged("replaced")

    def read(self, start: int, end: int) -> bytes:
        self.asked.append((start, end))
        if end > self._fails_from:
            raise self._error
        return DATA[start:end]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(CachedSource(Memory())) as address:
        yield address


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, SIZE - 1), st.integers(0, SIZE + 10))
def test_any_range_is_what_it_is_in_the_source(url: str, start: int, length: int) -> None:
    answer = httpx.get(url, headers={"Range": f"bytes={start}-{start + length}"})
    assert answer.status_code == 206
    assert answer.content == DATA[start : min(start + length + 1, SIZE)]
    last = min(start + length, SIZE - 1)
    assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{SIZE}"


def test_without_a_range_it_is_everything(url: str) -> None:
    assert httpx.get(url).content == DATA[:SIZE]


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}"])
def test_behind_the_end_there_is_nothing(url: str, wanted: str) -> None:
    assert httpx.get(url, headers={"Range": wanted}).status_code == 416


@pytest.mark.parametrize("wanted", ["bytes=a-b", "lines=1-2", "bytes=1-2,4-5"])
def test_other_ranges_are_refused(url: str, wanted: str) -> None:
    assert httpx.get(url, headers={"Range": wanted}).status_code == 404


def test_nothing_else_is_served(url: str) -> None:
    assert httpx.get(url.rsplit("/", 1)[0] + "/etc/passwd").status_code == 404
    assert httpx.post(url).status_code == 501


def test_going_through_it_asks_for_each_byte_once() -> None:
    reader = Memory()
    with served(CachedSource(reader)) as address:
        httpx.get(address)
    assert sum(end - start for start, end in reader.asked) == SIZE
    assert len(reader.asked) == 2


@pytest.mark.parametrize("error", [SourceChanged("replaced"), RuntimeError("a bug")])
def test_what_reading_failed_with_is_raised_in_place_of_the_tools_complaint(error: Exception) -> None:
    def read_and_complain(address: str) -> None:
        with pytest.raises(httpx.HTTPError):
            httpx.get(address)
        raise EncodingFailed("it broke off")

    with (
        pytest.raises(type(error)) as raised,
        served(CachedSource(Memory(fails_from=1, error=error))) as address,
    ):
        read_and_complain(address)
    assert raised.value is error


def test_a_tool_that_takes_a_failure_for_the_end_is_not_believed() -> None:
    def read_and_go_on(address: str) -> None:
        with pytest.raises(httpx.HTTPError):
            httpx.get(address)

    with pytest.raises(SourceChanged), served(CachedSource(Memory(fails_from=1))) as address:
        read_and_go_on(address)


def test_a_tools_own_failure_stays_its_own() -> None:
    with pytest.raises(SluiceError) as raised, served(CachedSource(Memory())):
        raise EncodingFailed("it broke off")
    assert isinstance(raised.value, EncodingFailed)


def test_its_address_ends_with_it() -> None:
    with served(CachedSource(Memory())) as address:
        pass
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
