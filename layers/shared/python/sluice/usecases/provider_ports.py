"""What the use cases need from whoever stores, encodes and plays videos: our own bucket, or a provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from sluice.domain.facts import Fact
from sluice.domain.video import Video


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPart:
    """A URL that accepts exactly one part."""

    part_number: int
    upload_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedPart:
    """A part that has arrived."""

    part_number: int
    size_bytes: int
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadGrant:
    """What a client needs to send the source: the contract's ``upload`` with its URL and end.

    ``fields`` are sent before the file where it goes as a form.
    """

    upload_url: str
    expires_at: datetime
    protocol: str
    method: str
    headers: dict[str, str]
    part_size_bytes: int | None = None
    parts: Sequence[SignedPart] = ()
    fields: dict[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadStanding:
    """How far an upload has come. ``offset`` is in bytes where the protocol has one."""

    grant: UploadGrant
    offset: int | None = None
    upload_id: str | None = None
    uploaded: Sequence[UploadedPart] | None = None


class UploadProvider(Protocol):
    """Where sources go: one implementation a provider."""

    def protocol_for(self, size_bytes: int, wanted: str | None = None) -> tuple[str, int | None]:
        """The protocol that a source of this size is sent with, and the size of its parts or chunks if any.

        Raises:
            InvalidFields: the protocol that the client wants cannot be had.
        """

    def open_upload(self, video: Video, *, now: datetime) -> tuple[UploadGrant, Sequence[Fact]]:
        """Ask for an upload; the facts say what the provider called it.

        Raises:
            ProviderRefused, Unavailable: it will not, or cannot at the moment.
            OutcomeUnknown: it gave no readable answer, and may have opened one all the same.
        """

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:
        """The same upload, signed anew; nothing is created."""

    def standing(self, video: Video, *, now: datetime) -> UploadStanding: ...

    def cancel(self, video: Video) -> None:
        """Stop the upload and drop what has arrived; doing it twice is no error."""


class PartUploads(Protocol):
    """What only a provider with multipart uploads can do."""

    def sign_parts(self, video: Video, numbers: Sequence[int], *, now: datetime) -> Sequence[SignedPart]: ...

    def complete(self, video: Video, parts: Sequence[tuple[int, str]]) -> Sequence[Fact]:
        """Join the parts, given as (number, ETag).

        Raises:
            InvalidFields: a part is missing, too small, out of order or has another ETag.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackLinks:
    """What a viewer needs: URLs that work without further headers until ``expires_at``."""

    playback_url: str
    thumbnail_url: str | None
    storyboard_url: str | None
    playback_token: str
    thumbnail_token: str
    storyboard_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """The original, to be saved under ``filename``."""

    url: str
    expires_at: datetime
    filename: str
    size_bytes: int | None


class PlaybackProvider(Protocol):
    """Where videos are played from: one implementation a provider. Nothing here calls the network."""

    def links(self, video: Video, viewer: str, *, now: datetime, ttl: timedelta) -> PlaybackLinks:
        """Signed links for one viewer (a user id, or ``public``). The video need not be ready."""

    def download(self, video: Video, *, now: datetime, ttl: timedelta) -> Download: ...


class ProviderWatch(Protocol):
    """Asking a provider about a video, instead of waiting to hear."""

    def look(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """What the provider says at this moment, in our words; nothing if it says nothing new."""


class ExecutionOutcome(Enum):
    """What has become of an execution of the pipeline; ``UNKNOWN`` when nobody remembers it."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"


class ExecutionWatch(Protocol):
    """The pipeline's executions, to be asked about."""

    def outcome(self, reference: str) -> tuple[ExecutionOutcome, datetime | None]:
        """What has become of one, and when it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNews:
    """What one webhook delivery says, in our words, whether it concerns us or not.

    ``key`` is the event's identity: another delivery of it has the same. ``kind`` is the provider's own
    word for it, for counting. ``video_id`` is our id as the provider carried it, if it looks like one of
    ours; ``ids`` are the provider's own by the kind of their link, which must be those that the video's
    row knows (see ``usecases/hear_provider.py``).
    """

    provider: str
    key: str
    kind: str
    video_id: str | None
    ids: Mapping[str, str]
    facts: Sequence[Fact]


class PollBudget(Protocol):
    """What all who ask a provider share, so that together they stay below its limits."""

    def take(self, provider: str, *, now: datetime) -> bool:
        """Whether one more question may be asked now."""


class Strays(Protocol):
    """What a provider made and nobody heard of."""

    def cancel_strays(self, video: Video) -> int:
        """Cancel whatever carries the video's id without being linked to it; how many there were."""


class ProviderHoldings(Protocol):
    """All that a provider holds for a video."""

    def erase(self, video: Video) -> int:
        """Cancel the upload, delete what came of it; how many things there were. Repeating is harmless."""

    def holds(self, video: Video) -> bool:
        """Whether there is anything to erase."""


class UrlImporter(Protocol):
    """Providers that fetch a source themselves."""

    def import_url(self, video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        """Let the provider fetch ``url``; the facts say what it called it. Raises as ``open_upload``."""


class DownloadMaker(Protocol):
    """Providers that make a file to download only when asked to."""

    def make_download(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """Ask for the file; a fact says so if it is there already (a rendition named ``….mp4``)."""


class PrivacyKeeper(Protocol):
    """Who may play a video, as the provider enforces it."""

    def keep_privacy(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """Make the provider hold to the video's visibility; the facts say what is playable how since then."""
