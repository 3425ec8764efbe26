"""Sources behind URLs, over guarded HTTP: begun, and gone on with by range where the server allows it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sluice.adapters.guarded_http import (
    Answer,
    Ask,
    GuardedHttp,
    Patience,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    UntrustedPeer,
)
from sluice.domain.errors import RefusedAddress
from sluice.domain.fetching import FetchFailed, FetchInterrupted, SourceReplaced
from sluice.usecases.import_ports import Bookmark

_REDIRECTS = 5
_CONNECT_SECONDS, _SILENT_SECONDS = 10, 30
# Asked too early, too often, or of somebody who is not well.
_MAY_PASS = {408, 425, 429}
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)", re.ASCII)


class UrlSource:
    """``SourceReader``."""

    def __init__(self, http: GuardedHttp) -> None:
        self._http = http

    @contextmanager
    def open(self, url: str, at: Bookmark, *, seconds: float) -> "Iterator[Incoming]":
        ask = Ask(
            url=url,
            headers=_asking_for(at),
            patience=Patience(connect=_CONNECT_SECONDS, silent=_SILENT_SECONDS, total=seconds),
            redirects=_REDIRECTS,
        )
        with _told(), self._http.open(ask) as answer:
            yield _incoming(answer, at)


class Incoming:
    """``Flow``."""

    def __init__(self, answer: Answer, *, starts_at: int, total: int | None) -> None:
        self.starts_at, self.total = starts_at, total
        self.version = _version(answer)
        self.media_type = answer.headers.get("content-type", "")
        self._answer = answer

    def pieces(self) -> Iterator[bytes]:
        with _told():
            yield from self._answer.pieces()


def _asking_for(at: Bookmark) -> dict[str, str]:
    if not at.offset:
        return {}
    wanted = {"range": f"bytes={at.offset}-"}
    return {**wanted, "if-range": at.version} if at.version else wanted


def _incoming(answer: Answer, at: Bookmark) -> Incoming:
    status = answer.status
    if status in _MAY_PASS or status >= 500:
        raise FetchInterrupted(_NO_FILE.format(status), code=f"import_http_{status}")
    if status == 416 and at.offset:
        raise SourceReplaced("The file has become shorter while it was fetched.")
    if status != 200 and not (status == 206 and at.offset):
        raise FetchFailed(_NO_FILE.format(status), code=f"import_http_{status}")
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchFailed("The file is sent in a compressed form.", code="import_not_video")
    return _rest_of(answer, at) if status == 206 else _all_of(answer)


_NO_FILE = "The server answered {} instead of the file."


def _all_of(answer: Answer) -> Incoming:
    length = answer.headers.get("content-length", "")
    chunked = "transfer-encoding" in answer.headers
    total = int(length) if length.isascii() and length.isdigit() and not chunked else None
    return Incoming(answer, starts_at=0, total=total)


def _rest_of(answer: Answer, at: Bookmark) -> Incoming:
    """What follows on what has arrived; nothing else may be joined with it."""
    told = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    total = None if told is None or told[3] == "*" else int(told[3])
    if told is None or int(told[1]) != at.offset:
        raise SourceReplaced("The server sent another part of the file than was asked for.")
    if at.version is None and (total is None or total != at.total):
        raise SourceReplaced("Nothing tells that the file is still the same.")
    if (at.total and total and at.total != total) or _version(answer) not in {at.version, None}:
        raise SourceReplaced("The file has changed while it was fetched.")
    return _Continued(answer, at, total)


class _Continued(Incoming):
    """What an answer with a part leaves unsaid is as it was."""

    def __init__(self, answer: Answer, at: Bookmark, total: int | None) -> None:
        super().__init__(answer, starts_at=at.offset, total=total or at.total)
        self.version = at.version


def _version(answer: Answer) -> str | None:
    """The strong name of these bytes, or the time since when they are as they are."""
    etag = answer.headers.get("etag", "")
    return etag if etag.startswith('"') else answer.headers.get("last-modified") or None


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, in an import's own words."""
    try:
        yield
    except RefusedAddress as error:
        raise FetchFailed(
            "The address leads where imports may not go.", code="import_refused_address"
        ) from error
    except UntrustedPeer as error:
        raise FetchFailed("The server's certificate is not valid.", code="import_untrusted_server") from error
    except TooManyRedirects as error:
        raise FetchFailed("The address redirects too often.", code="import_too_many_redirects") from error
    except TooSlow as error:
        raise FetchFailed("Fetching the file took too long.", code="import_timeout") from error
    except Unreachable as error:
        raise FetchInterrupted("The server cannot be reached, or broke off.") from error
