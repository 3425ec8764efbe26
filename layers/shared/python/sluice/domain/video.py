"""A video is the reduction of its facts: in whatever order and however often they arrive.

Every field is a register that only moves one way (earliest, latest, largest, growing set), and the
status is derived from the fields instead of being stored and stepped. So there is no illegal
transition to refuse and nothing that a repeated or late fact could undo:

    uploading ──► processing ──► ready        deleted is terminal from anywhere; between ready and
        │             │            ▲           error the later one by the source's own clock wins
        └─────────────┴──► error ◄─┘
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sluice.domain import facts
from sluice.domain.media_facts import MediaFacts, Rendition
from sluice.domain.stamped import Stamped, earlier, first, later, latest


class Status(StrEnum):
    """What a video is at the moment, in the contract's words."""

    UPLOADING = "uploading"
    PROCESSING = "processing"
    READY = "ready"
    ERROR = "error"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """How the source was to arrive. ``size_bytes`` and ``mime_type`` are as declared by the client.

    ``web_origin`` is the origin of the page that sends it, where it is a page. An import (protocol
    ``import``) declares nothing: 0 and empty; ``sealed_url`` is where we are to fetch it from ourselves.
    """

    protocol: str
    size_bytes: int
    mime_type: str
    expires_at: datetime
    part_size_bytes: int | None = None
    web_origin: str | None = None
    sealed_url: str | None = None


@dataclass(frozen=True, slots=True)
class OpenUpload:
    """The provider's upload URL, sealed, and its end."""

    sealed_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """The stored original: this very version of its bytes."""

    size_bytes: int
    etag: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Keys of the poster (JPEG) and the storyboard (WebVTT)."""

    poster: str | None
    storyboard: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why it cannot be played."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """One video. The first block is fixed at creation, the second is what facts have said since.

    ``secret_key`` is the hash of the key that opens it; empty once the key was taken back.
    """

    video_id: str
    owner_id: str
    provider: str
    filename: str
    created_at: datetime
    upload: Upload
    correlation_id: str

    title: Stamped[str]
    visibility: Stamped[str]
    custom: Stamped[dict[str, Any]]
    heard_at: datetime
    links: Mapping[str, Stamped[str]] = field(default_factory=dict)
    opened: Stamped[OpenUpload] | None = None
    renewed_until: datetime | None = None
    unanswered_at: datetime | None = None
    strays_cancelled_at: datetime | None = None
    source: Stamped[Source] | None = None
    media: Stamped[MediaFacts] | None = None
    processing_at: datetime | None = None
    reference: Stamped[str] | None = None
    percent: int | None = None
    renditions: Mapping[str, Stamped[Rendition]] = field(default_factory=dict)
    pictures: Stamped[Pictures] | None = None
    first_ready_at: datetime | None = None
    last_ready_at: datetime | None = None
    failure: Stamped[Failure] | None = None
    completed_at: datetime | None = None
    deleted_at: datetime | None = None
    secret_key: Stamped[str] | None = None
    fetched_percent: int | None = None

    @property
    def status(self) -> Status:
        if self.deleted_at:
            return Status.DELETED
        if self.last_ready_at and (self.failure is None or self.failure.at <= self.last_ready_at):
            return Status.READY
        if self.failure:
            return Status.ERROR
        return Status.PROCESSING if self.processing_at else Status.UPLOADING

    @property
    def progress(self) -> int | None:
        """Processing done in percent: ``None`` before it begins and after it has failed."""
        if self.status is Status.READY and self.completed_at:
            return 100
        if self.status in {Status.READY, Status.PROCESSING}:
            return min(self._worked_percent, 99)
        return None

    @property
    def fetches(self) -> bool:
        """It is ours to fetch, and has not been fetched whole."""
        return self.upload.sealed_url is not None and self.source is None

    @property
    def _worked_percent(self) -> int:
        """Of a source that we fetch ourselves, fetching is the first two fifths of the work."""
        made = self.percent or 0
        if self.upload.sealed_url is None:
            return made
        fetched = 100 if self.source else self.fetched_percent or 0
        return (fetched * 2 + made * 3) // 5

    def link(self, kind: str) -> str | None:
        """The provider's id of this kind; ``None`` if it has given none or taken it back."""
        known = self.links.get(kind)
        return known.value or None if known else None

    @property
    def open_until(self) -> datetime:
        """How long its upload is waited for."""
        return later(self.renewed_until, self.upload.expires_at)

    @property
    def strays_possible(self) -> bool:
        """The provider may hold something that no link leads to."""
        return self.unanswered_at is not None and (
            self.strays_cancelled_at is None or self.strays_cancelled_at < self.unanswered_at
        )

    @property
    def exposed_at(self) -> datetime | None:
        """Since when it plays without a token although it is private; ``None`` if it does not."""
        public = self.links.get("playback_public")
        if (
            self.status is not Status.READY
            or self.visibility.value != "private"
            or not (public and public.value)
        ):
            return None
        return max(public.at, self.visibility.at)

    @property
    def settled(self) -> bool:
        """Nothing more is expected of the provider."""
        return self.status in {Status.ERROR, Status.DELETED} or (
            self.status is Status.READY and self.completed_at is not None
        )


def reduce(video: Video, fact: facts.Fact) -> Video:
    """``video`` with ``fact`` known. Equal to ``video`` if that changes nothing (old or repeated)."""
    after = replace(video, heard_at=later(video.heard_at, fact.at), **_changes(video, fact))
    return _tombstone(after) if after.deleted_at else after


# What purging needs, and what shows that nothing was done behind anybody's back: ids and times.
_KEPT_OF_THE_DELETED = (
    *("video_id", "owner_id", "provider", "created_at", "correlation_id", "heard_at", "deleted_at"),
    *("links", "reference", "unanswered_at", "strays_cancelled_at"),
    *("processing_at", "first_ready_at", "last_ready_at", "completed_at"),
)


def _tombstone(video: Video) -> Video:
    """What is left of a deleted video: what was said about it is forgotten, early or late as it came.

    Whatever is not named above is, so that a field that is added one day is forgotten too.
    """
    kept: dict[str, Any] = {name: getattr(video, name) for name in _KEPT_OF_THE_DELETED}
    told = video.upload
    return Video(
        **kept,
        filename="",
        upload=Upload(protocol=told.protocol, size_bytes=0, mime_type="", expires_at=told.expires_at),
        title=Stamped(video.created_at, ""),
        visibility=Stamped(video.created_at, "private"),
        custom=Stamped(video.created_at, {}),
    )


def _changes(video: Video, fact: facts.Fact) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - a table
    match fact:
        case facts.ProviderLinked():
            link = latest(video.links.get(fact.kind), Stamped(fact.at, fact.provider_id))
            return {"links": {**video.links, fact.kind: link}}
        case facts.UploadOpened():
            opened = Stamped(fact.at, OpenUpload(fact.sealed_url, fact.expires_at))
            return {"opened": latest(video.opened, opened)}
        case facts.UploadRenewed():
            return {"renewed_until": later(video.renewed_until, fact.expires_at)}
        case facts.CreateUnanswered():
            return {"unanswered_at": later(video.unanswered_at, fact.at)}
        case facts.StraysCancelled():
            return {"strays_cancelled_at": later(video.strays_cancelled_at, fact.at)}
        case facts.SourceStored():
            source = first(video.source, Stamped(fact.at, Source(fact.size_bytes, fact.etag)))
            return {"source": source, **_processing(video, fact)}
        case facts.SourceProbed():
            return {"media": latest(video.media, Stamped(fact.at, fact.media)), **_processing(video, fact)}
        case facts.ProcessingStarted(reference=None):
            return _processing(video, fact)
        case facts.ProcessingStarted(reference=str(reference)):
            known = latest(video.reference, Stamped(fact.at, reference))
            return {"reference": known, **_processing(video, fact)}
        case facts.ProgressMade():
            return {"percent": max(video.percent or 0, fact.percent), **_processing(video, fact)}
        case facts.FetchProgressed():
            fetched = max(video.fetched_percent or 0, fact.percent)
            return {"fetched_percent": fetched, **_processing(video, fact)}
        case facts.RenditionReady():
            one = latest(video.renditions.get(fact.rendition.name), Stamped(fact.at, fact.rendition))
            return {"renditions": {**video.renditions, fact.rendition.name: one}, **_processing(video, fact)}
        case facts.PicturesReady():
            pictures = Stamped(fact.at, Pictures(fact.poster, fact.storyboard))
            return {"pictures": latest(video.pictures, pictures)}
        case facts.PlaybackReady():
            return {
                "first_ready_at": earlier(video.first_ready_at, fact.at),
                "last_ready_at": later(video.last_ready_at, fact.at),
                **_processing(video, fact),
            }
        case facts.LadderCompleted():
            return {"completed_at": earlier(video.completed_at, fact.at), **_processing(video, fact)}
        case facts.Failed():
            return {"failure": latest(video.failure, Stamped(fact.at, Failure(fact.code, fact.message)))}
        case facts.DetailsEdited():
            return _edited(video, fact)
        case facts.SecretKeySet():
            return {"secret_key": latest(video.secret_key, Stamped(fact.at, fact.key_hash))}
        case facts.DeletionRequested():
            return {"deleted_at": earlier(video.deleted_at, fact.at)}
        case _:
            raise AssertionError(f"unknown fact {type(fact).__name__}")


def _processing(video: Video, fact: facts.Fact) -> dict[str, Any]:
    """Anything that only a whole source can cause proves that processing has begun."""
    return {"processing_at": earlier(video.processing_at, fact.at)}


def _edited(video: Video, fact: facts.DetailsEdited) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if fact.title is not None:
        changes["title"] = latest(video.title, Stamped(fact.at, fact.title))
    if fact.visibility is not None:
        changes["visibility"] = latest(video.visibility, Stamped(fact.at, fact.visibility))
    if fact.custom is not None:
        changes["custom"] = latest(video.custom, Stamped(fact.at, dict(fact.custom)))
    return changes
