"""What the use cases need from outside. Each has a fake in ``tests/fakes`` held to the same contract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal, Protocol

from sluice.domain.counts import Counts
from sluice.domain.video import Video


@dataclass(frozen=True, slots=True)
class Versioned:
    """A video as read, with the version that a write must still find."""

    video: Video
    version: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an owner's videos, newest first; ``next_key`` continues after the last of them."""

    videos: Sequence[Video]
    next_key: str | None


class VideoStore(Protocol):
    """The table. Counts, and the ids of providers that lead to a video, change in its row's transaction."""

    def find(self, video_id: str) -> Versioned | None: ...

    def add(self, video: Video, *, due_at: datetime | None) -> None:
        """Write a new row; adding the same video again changes nothing."""

    def replace(self, old: Versioned, new: Video, *, due_at: datetime | None) -> None:
        """Write ``new`` where ``old`` still stands.

        Raises:
            WriteConflict: another writer was first, or the owner's counts are contended.
        """

    def linked(self, provider: str, kind: str, provider_id: str) -> str | None:
        """The id of the video that the provider knows by an id of its own; ``None`` once it is deleted."""

    def page(self, owner_id: str, *, status: str | None, limit: int, after: str | None) -> Page: ...

    def counts(self, owner_id: str) -> Counts: ...

    def due(self, now: datetime, *, limit: int) -> Iterable[str]:
        """Ids of videos whose deadline has passed, oldest first within each shard."""

    def postpone(self, video_id: str, *, until: datetime) -> None:
        """Let an overdue video wait, so that others have their turn; nothing if it is not waiting."""

    def lease_refresh(
        self,
        video_id: str,
        *,
        now: datetime,
        seconds: int,
        about: Literal["status", "download", "import"] = "status",
    ) -> bool:
        """Whether the caller may ask the provider that now; at most one in ``seconds``, whoever asks."""


class ClaimState(Enum):
    """Whose an idempotency key is: the claiming request's, another's that still runs, or that is done."""

    OURS = "ours"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an idempotency key stands for: the request, and the id of what it makes or has made."""

    fingerprint: str
    resource_id: str
    state: ClaimState


class IdempotencyKeys(Protocol):
    """Keys of creating requests, for 24 hours."""

    def claim(self, key: str, fingerprint: str, *, resource_id: str, now: datetime) -> Claim:
        """Take the key for this request, which would make ``resource_id``; or what it already stands for.

        A claim that was abandoned, or not kept within a minute, is taken over: under the id that it has by
        the same request, under ``resource_id`` by another.
        """

    def keep(self, key: str) -> None:
        """What the key stands for has been made."""

    def abandon(self, key: str) -> None:
        """Nobody is at it any more, and nobody knows how far it came."""

    def release(self, key: str) -> None:
        """It stands for nothing again."""


class SourceQueue(Protocol):
    """Where stored sources are announced to the pipeline."""

    def announce(self, video: Video) -> None:
        """Say again that the source is there; the pipeline does its work once, however often it hears."""


class StreamFiles(Protocol):
    """Playlists and cues as the pipeline stored them: text whose media are relative object names."""

    def text(self, key: str) -> str | None:
        """The object's text; ``None`` if there is no such object."""


class UrlSigner(Protocol):
    """Signed URLs of objects."""

    def url(self, key: str, *, now: datetime, ttl: timedelta) -> str: ...


class TokenClaim(Protocol):
    """What a playback token says about itself."""

    @property
    def expires_at(self) -> datetime: ...


class TokenReader(Protocol):
    """Playback tokens, read."""

    def read(
        self,
        token: str,
        video_id: str,
        purpose: Literal["playback", "thumbnail", "storyboard", "download"],
        *,
        now: datetime,
    ) -> TokenClaim:
        """What the token says, if it is for this video and purpose; ``Unauthenticated`` otherwise."""


class EventLog(Protocol):
    """Which events of providers have had their effect, for as long as they may come again."""

    def has(self, key: str) -> bool: ...

    def add(self, key: str, *, now: datetime) -> None: ...
