"""A video whose deadline has passed: ask, believe the answer, help it on, or give it up with a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sluice.domain.deadlines import Patience, due_at
from sluice.domain.facts import Fact, Failed, LadderCompleted, ProcessingStarted, StraysCancelled
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.import_ports import FetchQueue
from sluice.usecases.ports import SourceQueue, VideoStore
from sluice.usecases.provider_ports import PrivacyKeeper, ProviderWatch, Strays


class Verdict(StrEnum):
    """What came of it; each is counted."""

    SETTLED = "settled"
    HEARD = "heard"
    HELPED = "helped"
    GIVEN_UP = "given_up"
    TIDIED = "tidied"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpers:
    """Who helps with one provider's videos.

    ``strays`` is for providers that can be asked for things without saying under which ids they made them,
    ``privacy`` for those that decide by themselves who may play a video.
    """

    watch: ProviderWatch
    strays: Strays | None = None
    privacy: PrivacyKeeper | None = None


def reconcile_video(
    video_id: str,
    *,
    now: datetime,
    videos: VideoStore,
    helpers: Callable[[str], Helpers],
    queue: SourceQueue,
    fetching: FetchQueue,
    patience: Patience,
) -> Verdict:
    """Leave no video waiting for a word that will not come, and nothing astray or open at its provider."""
    found = videos.find(video_id)
    due = due_at(found.video, patience) if found else None
    if found is None or due is None or due > now:
        return Verdict.SETTLED
    help_with = helpers(found.video.provider)
    verdict, facts = _put_right(found.video, now, help_with)
    if verdict:
        apply_facts(videos, video_id, *facts, patience=patience, known=found)
        return verdict
    facts = help_with.watch.look(found.video, now=now)
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
    if video.fetches and now - video.created_at < patience.give_up:
        fetching.announce(video)  # whoever fetched it has died, or the word to fetch it was lost
        apply_facts(videos, video_id, ProcessingStarted(at=now), patience=patience)
        return Verdict.HELPED
    apply_facts(videos, video_id, _end(video, now), patience=patience)
    return Verdict.GIVEN_UP


def _put_right(video: Video, now: datetime, help_with: Helpers) -> tuple[Verdict | None, Sequence[Fact]]:
    """What is wrong at the provider comes before what it says; a verdict if that was all there is to do."""
    if help_with.strays and video.strays_possible:
        help_with.strays.cancel_strays(video)
        return Verdict.TIDIED, (StraysCancelled(at=now),)
    if help_with.privacy and video.exposed_at:
        return Verdict.CLOSED, help_with.privacy.keep_privacy(video, now=now)
    return Verdict.SETTLED if video.settled else None, ()


def _end(video: Video, now: datetime) -> Fact:
    if video.status is Status.READY:
        return LadderCompleted(at=now)
    if video.status is Status.UPLOADING:
        return Failed(at=now, code="upload_expired", message="The upload was not completed in time.")
    if video.fetches:
        return Failed(at=now, code="import_timeout", message="Fetching the file took too long.")
    return Failed(at=now, code="processing_timed_out", message="Processing took too long and was given up.")
