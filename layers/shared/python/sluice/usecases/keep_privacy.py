"""Make a provider outside this account hold to a video's visibility, whatever it was left with."""

from datetime import datetime

from sluice.domain.deadlines import Patience
from sluice.domain.facts import PrivacyKept
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.ports import PrivacyKeeper, VideoStore


def keep_privacy(
    video: Video, *, now: datetime, videos: VideoStore, keeper: PrivacyKeeper, patience: Patience
) -> Video:
    """The video with its privacy made sure of, if that was open; else as it is.

    Raises:
        ProviderRefused, Unavailable: it could not be; the video stays due until it is.
    """
    since = video.privacy_changed_at
    if since is None or not video.privacy_open:
        return video
    facts = keeper.keep_privacy(video, now=now)
    return apply_facts(videos, video.video_id, *facts, PrivacyKept(at=since), patience=patience).video
