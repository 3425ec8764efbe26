"""A video whose deadline has passed: ask, believe the answer, help it on, or give it up with a reason."""

from datetime import datetime
from enum import StrEnum

from sluice.domain.deadlines import Patience, due_at
from sluice.domain.facts import Fact, Failed, LadderCompleted, ProcessingStarted, StraysCancelled
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.keep_privacy import keep_privacy
from sluice.usecases.ports import PrivacyKeeper, ProviderWatch, SourceQueue, Strays, VideoStore


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


def reconcile_video(
    video_id: str,
    *,
    now: datetime,
    videos: VideoStore,
    watch: ProviderWatch,
    queue: SourceQueue,
    patience: Patience,
    strays: Strays | None = None,
    keeper: PrivacyKeeper | None = None,
) -> Verdict:
    """Leave no video waiting for a word that will not come, and nothing astray at its provider.

    ``strays`` is for providers that can be asked for things without saying under which ids they made them,
    ``keeper`` for those that have their own idea of who may watch.
    """
    found = videos.find(video_id)
    due = due_at(found.video, patience) if found else None
    if found is None or due is None or due > now:
        return Verdict.SETTLED
    if strays and found.video.strays_possible:
        strays.cancel_strays(found.video)
        apply_facts(videos, video_id, StraysCancelled(at=now), patience=patience, known=found)
        return Verdict.TIDIED
    if keeper and found.video.privacy_open:
        left_open = (
            found.video.visibility.value == "private" and found.video.link("playback_public") is not None
        )
        keep_privacy(found.video, now=now, videos=videos, keeper=keeper, patience=patience)
        return Verdict.UNVEILED if left_open else Verdict.GUARDED
    if found.video.settled:
        return Verdict.SETTLED
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
