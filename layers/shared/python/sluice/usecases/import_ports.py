"""What imports need from outside besides ``ports.py``."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sluice.domain.facts import Fact
from sluice.domain.video import Video


class AddressBook(Protocol):
    """Where URLs of users lead."""

    def check(self, url: str, *, field: str = "url") -> None:
        """Look the URL's host up and judge what it is.

        Raises:
            RefusedAddress: it leads where users may not send us; naming ``field``.
        """


class UrlSeal(Protocol):
    """Keeps a URL readable to those alone who fetch it."""

    def close(self, plain: str, video_id: str) -> str: ...

    def open(self, sealed: str, video_id: str) -> str | None:
        """The URL; ``None`` if it was sealed for another video, or by a secret that is gone."""


class FetchQueue(Protocol):
    """Where sources that we fetch ourselves wait for a worker."""

    def announce(self, video: Video, *, delay: timedelta = timedelta()) -> None:
        """Say that it is to be fetched; however often that is said, it is fetched once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Where fetching goes on: what it was, so that it is not joined with something else.

    ``version`` is the server's own word for these very bytes, if it has one; ``total`` their number.
    """

    offset: int
    version: str | None
    total: int | None


class Flow(Protocol):
    """A source that is coming in."""

    @property
    def starts_at(self) -> int:
        """The offset of its first byte: as asked for, or 0 where the server begins anew."""

    @property
    def total(self) -> int | None:
        """Bytes of the whole source, as far as told."""

    @property
    def version(self) -> str | None: ...

    @property
    def media_type(self) -> str:
        """As the server calls it; empty if it does not."""

    def pieces(self) -> Iterator[bytes]:
        """Raises as ``SourceReader.open``."""


class SourceReader(Protocol):
    """Sources behind URLs."""

    def open(self, url: str, at: Bookmark, *, seconds: float) -> AbstractContextManager[Flow]:
        """Begin to fetch, or go on. All of it ends within ``seconds``.

        Raises:
            FetchFailed: it cannot be had; FetchInterrupted: perhaps when asked again.
            SourceReplaced: it is no longer what ``at`` is about.
        """


class SourceSink(Protocol):
    """Where a source is put while it comes in, of which nobody knows the size. All raise ``Unavailable``."""

    def begin(self, video: Video, media_type: str) -> str:
        """An id to put parts under."""

    def put(self, video: Video, sink_id: str, number: int, body: bytes) -> str | None:
        """Put part ``number`` (from 1), in place of one that had the number; its ETag.

        ``None``: all parts have been dropped meanwhile.
        """

    def join(self, video: Video, sink_id: str, etags: Sequence[str]) -> Sequence[Fact]:
        """Make a source of the parts; it says so itself. Nothing if they have been dropped meanwhile."""

    def drop(self, video: Video, sink_id: str) -> None:
        """Drop all parts; doing it twice is no error."""


class FetchLeases(Protocol):
    """One worker at a time for one source."""

    def take(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> int | None:
        """How many have taken it since it was given back, with this one; ``None`` if one still holds it."""

    def renew(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> bool:
        """Whether it is still this holder's."""

    def give_back(self, video_id: str, holder: str) -> None: ...
