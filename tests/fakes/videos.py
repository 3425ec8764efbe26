"""The videos' table in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock
from typing import Literal

from sluice.domain.counts import Counts, change
from sluice.domain.errors import WriteConflict
from sluice.domain.video import Status, Video
from sluice.usecases.ports import Page, Versioned


@dataclass(frozen=True, slots=True)
class Row:
    known: Versioned
    due_at: datetime | None


class FakeVideos:
    """``VideoStore``. ``before_write`` may do what another writer would do just before each write."""

    def __init__(self, *videos: Video) -> None:
        self.rows: dict[str, Row] = {}
        self.before_write: Callable[[], None] = lambda: None
        self.writes = 0
        self._counts: dict[str, Counts] = {}
        self._leases: dict[tuple[str, str], datetime] = {}
        self._lock = RLock()
        for video in videos:
            self.add(video, due_at=None)

    def find(self, video_id: str) -> Versioned | None:
        row = self.rows.get(video_id)
        return row.known if row else None

    def add(self, video: Video, *, due_at: datetime | None) -> None:
        self.before_write()
        with self._lock:
            if video.video_id not in self.rows:
                self._write(video, 1, due_at, change(None, video.status))

    def replace(self, old: Versioned, new: Video, *, due_at: datetime | None) -> None:
        self.before_write()
        with self._lock:
            row = self.rows.get(new.video_id)
            if row is None or row.known.version != old.version:
                raise WriteConflict("Somebody else was first.")
            self._write(new, old.version + 1, due_at, change(old.video.status, new.status))

    def linked(self, provider: str, kind: str, provider_id: str) -> str | None:
        for video_id, row in self.rows.items():
            video = row.known.video
            known = video.status is not Status.DELETED and video.provider == provider
            if known and provider_id and video.link(kind) == provider_id:
                return video_id
        return None

    def page(self, owner_id: str, *, status: str | None, limit: int, after: str | None) -> Page:
        listed = sorted(
            (
                (f"{row.known.video.created_at.isoformat()}#{video_id}", row.known.video)
                for video_id, row in self.rows.items()
                if row.known.video.owner_id == owner_id and row.known.video.status is not Status.DELETED
            ),
            key=lambda entry: entry[0],
            reverse=True,
        )
        found = [
            (key, video)
            for key, video in listed
            if (status is None or video.status == status) and (after is None or key < after)
        ][:limit]
        return Page([video for _, video in found], found[-1][0] if len(found) == limit else None)

    def counts(self, owner_id: str) -> Counts:
        return self._counts.get(owner_id, Counts())

    def due(self, now: datetime, *, limit: int) -> Iterator[str]:
        waiting = sorted((row.due_at, name) for name, row in self.rows.items() if row.due_at)
        yield from [name for due_at, name in waiting if due_at <= now][:limit]

    def postpone(self, video_id: str, *, until: datetime) -> None:
        with self._lock:
            row = self.rows.get(video_id)
            if row and row.due_at and row.due_at < until:
                self.rows[video_id] = Row(row.known, until)

    def lease_refresh(
        self,
        video_id: str,
        *,
        now: datetime,
        seconds: int,
        about: Literal["status", "download", "import"] = "status",
    ) -> bool:
        with self._lock:
            last = self._leases.get((video_id, about))
            if last is not None and last > now - timedelta(seconds=seconds):
                return False
            self._leases[video_id, about] = now
            return True

    def _write(self, video: Video, version: int, due_at: datetime | None, delta: Counts) -> None:
        self.rows[video.video_id] = Row(Versioned(video, version), due_at)
        self._counts[video.owner_id] = self.counts(video.owner_id) + delta
        self.writes += 1
