"""What imports need, in memory."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.addresses import refused
from sluice.domain.errors import SluiceError
from sluice.domain.facts import Fact, ProviderLinked, SourceStored
from sluice.domain.video import Video
from sluice.usecases.import_ports import Bookmark


class FakeAddresses:
    """``AddressBook``: every address is fine but those in ``refused``."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.asked: list[str] = []

    def check(self, url: str, *, field: str = "url") -> None:
        self.asked.append(url)
        if url in self.refused:
            raise refused("is refused", field=field)


class FakeSeal:
    """``UrlSeal`` that anybody who looks closely can open."""

    def close(self, plain: str, video_id: str) -> str:
        return f"{video_id}:{plain.encode().hex()}"

    def open(self, sealed: str, video_id: str) -> str | None:
        known, _, plain = sealed.partition(":")
        return bytes.fromhex(plain).decode() if known == video_id else None


class FakeImporter:
    """``UrlImporter`` that remembers what it was told. ``dies``: as a process does, without our errors."""

    def __init__(self, fails_with: SluiceError | None = None, *, links: bool = True) -> None:
        self.told: list[tuple[str, str]] = []
        self.dies = False
        self.also: Sequence[Fact] = ()
        self._fails_with = fails_with
        self._links = links

    def import_url(self, video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        if self.dies:
            raise RuntimeError("killed")
        if self._fails_with:
            raise self._fails_with
        self.told.append((video.video_id, url))
        linked = ProviderLinked(at=now, kind="asset", provider_id=f"asset-of-{video.video_id}")
        return (linked, *self.also) if self._links else self.also


class FakeLeases:
    """``FetchLeases``."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[str, datetime, int]] = {}

    def take(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> int | None:
        _, until, taken = self.rows.get(video_id, ("", now - holds, 0))
        if until >= now:
            return None
        self.rows[video_id] = (holder, now + holds, taken + 1)
        return taken + 1

    def renew(self, video_id: str, holder: str, *, now: datetime, holds: timedelta) -> bool:
        if not self._is_of(video_id, holder):
            return False
        self.rows[video_id] = (holder, now + holds, self.rows[video_id][2])
        return True

    def give_back(self, video_id: str, holder: str) -> None:
        if self._is_of(video_id, holder):
            del self.rows[video_id]

    def _is_of(self, video_id: str, holder: str) -> bool:
        return video_id in self.rows and self.rows[video_id][0] == holder


class FakeFetchQueue:
    """``FetchQueue`` that remembers who was announced, and for when."""

    def __init__(self) -> None:
        self.announced: list[tuple[str, timedelta]] = []

    def announce(self, video: Video, *, delay: timedelta = timedelta()) -> None:
        self.announced.append((video.video_id, delay))


def _etag(body: bytes) -> str:
    return f"etag-{hashlib.blake2b(body, digest_size=8).hexdigest()}"


class FakeSink:
    """``SourceSink``: parts in dictionaries, sources of joined parts."""

    def __init__(self) -> None:
        self.open: dict[str, dict[int, bytes]] = {}
        self.sources: dict[str, bytes] = {}
        self.media_types: list[str] = []
        self.fails_with: Exception | None = None

    def begin(self, video: Video, media_type: str) -> str:
        self.media_types.append(media_type)
        sink_id = f"sink-{len(self.media_types)}"
        self.open[sink_id] = {}
        return sink_id

    def put(self, video: Video, sink_id: str, number: int, body: bytes) -> str | None:
        if self.fails_with:
            raise self.fails_with
        if sink_id not in self.open:
            return None
        self.open[sink_id][number] = body
        return _etag(body)

    def join(self, video: Video, sink_id: str, etags: Sequence[str]) -> Sequence[Fact]:
        parts = self.open.pop(sink_id, None)
        if parts is not None:
            bodies = [parts[number] for number in range(1, len(etags) + 1)]
            assert [_etag(body) for body in bodies] == list(etags)
            self.sources[video.video_id] = b"".join(bodies)
        stored = self.sources.get(video.video_id)
        if stored is None:
            return ()
        return (SourceStored(at=video.created_at, size_bytes=len(stored), etag="joined"),)

    def drop(self, video: Video, sink_id: str) -> None:
        self.open.pop(sink_id, None)


type Piece = bytes | Exception | Callable[[], None]


@dataclass
class FakeFlow:
    """``Flow``: pieces come, something happens in between, or it fails."""

    comes: Sequence[Piece] = ()
    starts_at: int = 0
    total: int | None = None
    version: str | None = None
    media_type: str = "video/mp4"

    def pieces(self) -> Iterator[bytes]:
        for piece in self.comes:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, bytes):
                yield piece
            else:
                piece()


class FakeSource:
    """``SourceReader``: each opening has the next of the script, whose last stays."""

    def __init__(self, *script: FakeFlow | Exception) -> None:
        self.script = list(script)
        self.asked: list[tuple[str, Bookmark]] = []

    @contextmanager
    def open(self, url: str, at: Bookmark, *, seconds: float) -> Iterator[FakeFlow]:
        self.asked.append((url, at))
        now = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(now, Exception):
            raise now
        yield now
