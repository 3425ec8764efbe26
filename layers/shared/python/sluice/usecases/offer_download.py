"""A file to download: some providers have it at once, others make it when they are first asked for it."""

from collections.abc import Callable
from datetime import datetime

from sluice.domain.deadlines import Patience
from sluice.domain.errors import Conflict
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing, ready
from sluice.usecases.ports import Versioned, VideoStore
from sluice.usecases.provider_ports import Download, DownloadMaker

NOT_READY = "download_not_ready"


def offer_download(
    found: Versioned,
    *,
    show: Callable[[Video], Download],
    maker: Callable[[str], DownloadMaker],
    every_seconds: int,
    now: datetime,
    videos: VideoStore,
    patience: Patience,
) -> Download:
    """The file as ``show`` has it; else the provider makes it, and is asked once in ``every_seconds``.

    Raises:
        Conflict: the video cannot be played, or its file is not there yet (code ``download_not_ready``).
        ProviderRefused, Unavailable: the provider was asked, and will not or cannot.
    """
    video = ready(found.video)
    try:
        return show(video)
    except Conflict as error:
        if error.code != NOT_READY:
            raise
    if videos.lease_refresh(video.video_id, now=now, seconds=every_seconds, about="download"):
        facts = maker(video.provider).make_download(video, now=now)
        if facts:
            applied = apply_facts(videos, video.video_id, *facts, patience=patience, known=found)
            return show(ready(existing(applied.video)))
    raise Conflict("The file to download is being made. Please try again in a moment.", code=NOT_READY)
