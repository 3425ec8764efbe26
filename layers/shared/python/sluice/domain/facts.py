"""Facts: what happened to a video, whoever says it (a client, a provider, S3, the pipeline, a deadline).

``at`` is always the source's own time, never ours, so that two deliveries of one fact are equal.
A step that is retried must repeat the fact with the same ``at`` where it can; where it cannot, the
merge in ``video.py`` makes the later repetition win without changing anything that matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sluice.domain.media_facts import MediaFacts, Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that is true since ``at`` (UTC, aware)."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLinked(Fact):
    """The provider gave ``provider_id`` to what it holds for us; an empty id says: no such thing.

    Kinds: ``upload``, ``asset``, ``playback`` (what a token is made for), ``playback_public`` (what plays
    without one).
    """

    kind: str
    provider_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOpened(Fact):
    """The provider gave a URL to upload to, kept sealed: whoever knows it may upload until ``expires_at``."""

    sealed_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRenewed(Fact):
    """Its owner asked for fresh URLs: the upload goes on, until ``expires_at`` at least."""

    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateUnanswered(Fact):
    """The provider was asked to make something, and perhaps did, under an id that nobody read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StraysCancelled(Fact):
    """Whatever the provider held for the video besides what is linked is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStored(Fact):
    """The source is whole in our bucket. ``etag`` names this version of its bytes."""

    size_bytes: int
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProbed(Fact):
    """What the source is, as read from its bytes rather than from what was declared."""

    media: MediaFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingStarted(Fact):
    """A provider works on it; ``reference`` is its handle for asking later (an execution's ARN)."""

    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressMade(Fact):
    """Processing has come at least this far (0..100)."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchProgressed(Fact):
    """At least so much of a source that we fetch from a URL has arrived (0..100)."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionReady(Fact):
    """One more rung of the ladder can be played."""

    rendition: Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesReady(Fact):
    """Poster and storyboard exist. The values are object keys, or the provider's own image ids."""

    poster: str | None
    storyboard: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackReady(Fact):
    """It can be played from now on; more renditions may follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderCompleted(Fact):
    """Nothing more will be added: every rung that was planned, or that could be made, is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Fact):
    """It cannot be played. ``code`` is stable; ``message`` is a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsEdited(Fact):
    """The owner changed what they may change; ``None`` leaves a detail as it is."""

    title: str | None = None
    visibility: str | None = None
    custom: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretKeySet(Fact):
    """From now on the key with this hash opens the video, and no other; an empty hash says: none does."""

    key_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionRequested(Fact):
    """The owner deleted it: final, whatever is heard afterwards."""
