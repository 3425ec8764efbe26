"""A worker fetches a source from its URL into the bucket: in constant memory, and once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sluice.domain.deadlines import Patience
from sluice.domain.facts import Fact, Failed, FetchProgressed, ProviderLinked
from sluice.domain.fetching import (
    HEAD_BYTES,
    FetchFailed,
    FetchInterrupted,
    SourceReplaced,
    percent,
    require_video,
    too_large,
)
from sluice.domain.parts import part_size
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.import_ports import (
    Bookmark,
    FetchLeases,
    FetchQueue,
    Flow,
    SourceReader,
    SourceSink,
    UrlSeal,
)
from sluice.usecases.ports import VideoStore

_TOLD_EVERY = timedelta(seconds=3)
_TICK = timedelta(microseconds=1)
# Silence of the server and of the bucket one after the other, and then some.
_LEASE = timedelta(seconds=120)
_WORKERS_THAT_MAY_DIE = 3
_ATTEMPTS_WITHOUT_A_BYTE, _ATTEMPTS = 5, 60


class Fetched(StrEnum):
    """What came of it; each is counted."""

    STORED = "stored"
    FAILED = "failed"
    SETTLED = "settled"
    """It had been fetched, had failed or was deleted before."""
    BUSY = "busy"
    """Another worker is at it; somebody looks again when its lease would have ended."""
    STOPPED = "stopped"
    """It was deleted, or given to another worker, meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a worker has. ``rest`` waits, the longer the more attempts in a row brought nothing."""

    videos: VideoStore
    leases: FetchLeases
    queue: FetchQueue
    source: SourceReader
    sink: SourceSink
    seal: UrlSeal
    clock: Callable[[], datetime]
    rest: Callable[[int], None]
    patience: Patience
    largest_bytes: int
    timeout: timedelta


def fetch_source(video_id: str, holder: str, shop: Workshop) -> Fetched:
    """Fetch a source that waits for it. Repeating it is harmless. ``holder`` names this worker, and no other.

    Raises:
        Unavailable: the table or the bucket does not answer; to be done again.
    """
    found = shop.videos.find(video_id)
    if found is None or not _waits(found.video):
        return Fetched.SETTLED
    taken = shop.leases.take(video_id, holder, now=shop.clock(), holds=_LEASE)
    if taken is None:
        shop.queue.announce(found.video, delay=_LEASE)
        return Fetched.BUSY
    try:
        fetching = _Fetching(found.video, holder, shop)
        if taken > _WORKERS_THAT_MAY_DIE:
            return fetching.fail(FetchFailed("The file could not be fetched."))
        return fetching.run()
    finally:
        shop.leases.give_back(video_id, holder)


def _waits(video: Video) -> bool:
    return video.status is Status.PROCESSING and video.fetches


class _Stopped(Exception):
    """Nobody wants it any more, or another worker has it."""


@dataclass(slots=True)
class _Arrived:
    """What has arrived: ``waiting`` is not stored yet, ``etags`` are those of the parts that are."""

    version: str | None = None
    total: int | None = None
    media_type: str = ""
    received: int = 0
    judged: bool = False
    waiting: bytearray = field(default_factory=bytearray)
    etags: list[str] = field(default_factory=list)


class _Fetching:
    """One source on its way."""

    def __init__(self, video: Video, holder: str, shop: Workshop) -> None:
        self._video, self._holder, self._shop = video, holder, shop
        self._ends = shop.clock() + shop.timeout
        self._told_at = shop.clock()
        self._part_bytes = part_size(shop.largest_bytes)
        self._sink_id = ""
        self._got = _Arrived()

    def run(self) -> Fetched:
        """Fetch, store and say so; what was begun and not finished is dropped."""
        url = self._shop.seal.open(self._video.upload.sealed_url or "", self._video.video_id)
        if url is None:
            return self.fail(FetchFailed("The address of the file can no longer be read."))
        try:
            self._drop(self._video.link("upload"))  # of a worker that died
            self._fetch(url)
            return self._store()
        except FetchFailed as error:
            return self.fail(error)
        except _Stopped:
            self._drop(self._sink_id)
            return Fetched.STOPPED

    def fail(self, error: FetchFailed) -> Fetched:
        """Say why it cannot be had."""
        self._drop(self._sink_id)
        now = self._shop.clock()
        self._tell(
            Failed(at=now, code=error.code, message=error.message),
            ProviderLinked(at=now + _TICK, kind="upload", provider_id=""),
        )
        return Fetched.FAILED

    # ------------------------------------------------------------ fetching

    def _fetch(self, url: str) -> None:
        """Ask until all is there. Attempts count as in vain until one brings more than all before."""
        furthest, in_vain = -1, 0
        for _ in range(_ATTEMPTS):
            try:
                self._attempt(url)
            except FetchInterrupted as error:
                in_vain = 1 if self._got.received > furthest else in_vain + 1
                furthest = max(furthest, self._got.received)
                if in_vain >= _ATTEMPTS_WITHOUT_A_BYTE:
                    raise
                if isinstance(error, SourceReplaced):
                    self._got = _Arrived()
                self._shop.rest(in_vain)
                self._require_wanted()
            else:
                return
        raise FetchFailed("The connection broke too often.", code="import_unreachable")

    def _attempt(self, url: str) -> None:
        left = (self._ends - self._shop.clock()).total_seconds()
        if left <= 0:
            raise FetchFailed("Fetching the file took too long.", code="import_timeout")
        at = Bookmark(offset=self._got.received, version=self._got.version, total=self._got.total)
        with self._shop.source.open(url, at, seconds=left) as flow:
            self._take_up(flow)
            for piece in flow.pieces():
                self._take(piece)

    def _take_up(self, flow: Flow) -> None:
        """Go on, or begin anew: parts that come are then put in the places of those that came."""
        if flow.starts_at != self._got.received:
            self._got = _Arrived()
        self._got.version, self._got.total = flow.version, flow.total
        self._got.media_type = flow.media_type
        if (flow.total or 0) > self._shop.largest_bytes:
            raise too_large(self._shop.largest_bytes)

    def _take(self, piece: bytes) -> None:
        got = self._got
        got.waiting += piece
        got.received += len(piece)
        if got.received > self._shop.largest_bytes:
            raise too_large(self._shop.largest_bytes)
        if not got.judged and got.received >= HEAD_BYTES:
            self._judge()
        if len(got.waiting) >= self._part_bytes:
            self._put()
        if self._shop.clock() - self._told_at >= _TOLD_EVERY:
            self._require_wanted()

    def _judge(self) -> None:
        require_video(bytes(self._got.waiting[:HEAD_BYTES]), self._got.media_type)
        self._got.judged = True

    # ------------------------------------------------------------ storing

    def _store(self) -> Fetched:
        if not self._got.judged:
            self._judge()
        if self._got.waiting:
            self._put()
        self._require_wanted()
        stored = self._shop.sink.join(self._video, self._sink_id, self._got.etags)
        if not stored:
            raise _Stopped
        self._tell(*stored)
        return Fetched.STORED

    def _put(self) -> None:
        if not self._sink_id:
            self._sink_id = self._shop.sink.begin(self._video, self._got.media_type)
            self._tell(ProviderLinked(at=self._shop.clock(), kind="upload", provider_id=self._sink_id))
        number = len(self._got.etags) + 1
        etag = self._shop.sink.put(self._video, self._sink_id, number, bytes(self._got.waiting))
        if etag is None:
            raise _Stopped
        self._got.etags.append(etag)
        self._got.waiting.clear()

    def _drop(self, sink_id: str | None) -> None:
        if sink_id:
            self._shop.sink.drop(self._video, sink_id)

    # ------------------------------------------------------------ telling

    def _require_wanted(self) -> None:
        """Tell how far it has come, and hear whether it is still to be fetched, by this worker."""
        now = self._shop.clock()
        self._told_at = now
        done = percent(self._got.received, self._got.total, self._shop.largest_bytes)
        video = self._tell(FetchProgressed(at=now, percent=done))
        held = self._shop.leases.renew(self._video.video_id, self._holder, now=now, holds=_LEASE)
        if not held or not _waits(video):
            raise _Stopped

    def _tell(self, *facts: Fact) -> Video:
        return apply_facts(
            self._shop.videos, self._video.video_id, *facts, patience=self._shop.patience
        ).video
