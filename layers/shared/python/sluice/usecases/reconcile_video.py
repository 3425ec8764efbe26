"""A video whose deadline has passed: ask, believe the answer, help it on, or give it up with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sluice.domain.deadlines import Patience, due_at
from sluice.domain.facts import Fact, Failed, LadderCompleted, ProcessingStarted, StraysCancelled
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.keep_privacy import keep_privacy
from sluice.usecases.ports import (
    PrivacyKeeper,
    ProviderWatch,
    SourceQueue,
    Strays,
    Versioned,
    VideoStore,
)


class Verdict(StrEnum):
    """What came of it; each is counted."""

    SETTLED = "settled"
    HEARD = "heard"
    HELPED = "helped"
    GIVEN_UP = "given_up"
    TIDIED = "tidied"
    GUARDED = "guarded"
    UNVEILED = "unveiled"
    """A private video had been left open to everybody; it is closed now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpers:
    """Who helps with one provider's videos.

    ``strays`` is for providers that can be asked for things without saying under which ids they made them,
    ``keeper`` for those that have their own idea of who may watch.
    """

    watch: ProviderWatch
    strays: Strays | None = None
    keeper: PrivacyKeeper | None = None


def reconcile_video(
    video_id: str,
    *,
    now: datetime,
    videos: VideoStore,
    helpers: Callable[[str], Helpers],
    queue: SourceQueue,
    patience: Patience,
) -> Verdict:
    """Leave no video waiting for a word that will not come, nothing astray, nothing open that is private."""
    found = videos.find(video_id)
    due = due_at(found.video, patience) if found else None
    if found is None or due is None or due > now:
        return Verdict.SETTLED
    help_with = helpers(found.video.provider)
    if help_with.strays and found.video.strays_possible:
        help_with.strays.cancel_strays(found.video)
        apply_facts(videos, video_id, StraysCancelled(at=now), patience=patience, known=found)
        return Verdict.TIDIED
    if help_with.keeper and found.video.privacy_open:
        keep_privacy(found.video, now=now, videos=videos, keeper=help_with.keeper, patience=patience)
        return Verdict.UNVEILED if _stood_open(found.video) else Verdict.GUARDED
    if found.video.settled:
        return Verdict.SETTLED
    return _ask(found, help_with.watch, now=now, videos=videos, queue=queue, patience=patience)


def _stood_open(video: Video) -> bool:
    return video.visibility.value == "private" and video.link("playback_public") is not None


def _ask(
    found: Versioned,
    watch: ProviderWatch,
    *,
    now: datetime,
    videos: VideoStore,
    queue: SourceQueue,
    patience: Patience,
) -> Verdict:
    """Believe what the provider says; if that is nothing, help the video on or give it up."""
    video_id = found.video.video_id
    facts = watch.look(found.video, now=now)
    if facts:
        video = apply_facts(videos, video_id, *facts, patience=patience, known=found).video
        after = due_at(video, patience)
        if after is None or after > now:
            return Verdict.HEARD
    else:
        video = found.video
    never_helped = found.video.source is None
    if video.source and (never_helped or now - video.source.at < patience.give_up):
        queue.announce(video)
        apply_facts(videos, video_id, ProcessingStarted(at=now), patience=patience)
        return Verdict.HELPED
    apply_facts(videos, video_id, _end(video, now), patience=patience)
    return Verdict.GIVEN_UP


def _end(video: Video, now: datetime) -> Fact:
    if video.status is Status.READY:
        return LadderCompleted(at=now)
    if video.status is Status.UPLOADING:
        return Failed(at=now, code="upload_expired", message="The upload was not completed in time.")
    return Failed(at=now, code="processing_timed_out", message="Processing took too long and was given up.")
