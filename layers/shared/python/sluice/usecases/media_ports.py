"""What the media pipeline needs from outside: the bucket, the tools, the state machine."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sluice.domain.made import MadeTrack
from sluice.domain.media import SourceMedia, SourceVersion
from sluice.domain.pieces import Task
from sluice.domain.storyboard import Sprite


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as it lies in the bucket. ``stored_at`` is the bucket's own time."""

    size_bytes: int
    etag: str
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A task's object on disk, and what is in it. Without any segment there was nothing to make."""

    file: Path
    tracks: Sequence[MadeTrack]

    @property
    def empty(self) -> bool:
        return not any(track.segments for track in self.tracks)


@dataclass(frozen=True, slots=True)
class Stills:
    """Pictures on disk, as JPEG."""

    poster: Path
    sprite: Path


class MediaTools(Protocol):
    """ffmpeg and ffprobe. All of it may raise ``EncodingFailed`` and what reading a source raises."""

    def probe(self, source: SourceVersion) -> SourceMedia:
        """What the source is; raises ``Refused`` for what is not a video."""

    def made(self, source: SourceVersion, media: SourceMedia, task: Task) -> AbstractContextManager[Made]:
        """One task's object; raises ``NotStreamable`` for a source that cannot be packaged as it is."""

    def stills(
        self, source: SourceVersion, media: SourceMedia, layout: Sprite
    ) -> AbstractContextManager[Stills]: ...


class ObjectStore(Protocol):
    """The media bucket. All of it may raise ``StorageUnavailable``."""

    def head(self, key: str) -> StoredObject | None: ...

    def read_tail(self, key: str, length: int) -> bytes: ...

    def put(self, key: str, body: bytes | Path, *, content_type: str) -> None: ...

    def put_once(self, key: str, body: bytes | Path, *, content_type: str) -> None:
        """Write what is never written again: if it is there, it stays as it is."""

    def names(self, prefix: str) -> Iterator[str]: ...

    def delete(self, keys: Iterable[str]) -> None: ...


class Executions(Protocol):
    """The state machine that runs the pipeline."""

    def start(self, name: str, payload: dict[str, Any]) -> str:
        """Start the execution of this name, once: a second time changes nothing. Returns its handle."""
