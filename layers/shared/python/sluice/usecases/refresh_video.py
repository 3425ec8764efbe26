"""Ask a video's provider how it is doing, when nothing was heard for a while: at most once an interval."""

from datetime import datetime, timedelta

from sluice.domain.deadlines import Patience
from sluice.domain.errors import Unavailable
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing
from sluice.usecases.ports import Versioned, VideoStore
from sluice.usecases.provider_ports import ProviderWatch


def refresh_video(
    found: Versioned,
    *,
    every_seconds: int,
    now: datetime,
    videos: VideoStore,
    watch: ProviderWatch,
    patience: Patience,
) -> Video:
    """The video as its provider says, if its turn has come; else as the table says.

    Whoever polls, and however many do, the provider is asked once in ``every_seconds``. While it gives no
    answer, what the table says is the best that is known.

    Raises:
        NotFound: it was deleted in the meantime.
    """
    video = found.video
    if (
        video.status is Status.READY
        or video.settled
        or now - video.heard_at < timedelta(seconds=every_seconds)
    ):
        return video
    if not videos.lease_refresh(video.video_id, now=now, seconds=every_seconds):
        return video
    try:
        facts = watch.look(video, now=now)
    except Unavailable:
        return video
    return existing(apply_facts(videos, video.video_id, *facts, patience=patience, known=found).video)
