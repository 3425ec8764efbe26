"""A provider's news reach a video, if they are about what the provider holds for that video."""

from datetime import datetime, timedelta
from enum import StrEnum

from sluice.domain.deadlines import Patience
from sluice.domain.errors import NotFound, Unavailable
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.deletion_ports import PurgeRequests
from sluice.usecases.ports import VideoStore
from sluice.usecases.provider_ports import ProviderNews

# Mux may be faster than our own writes, but not by this much.
_WRITTEN_WITHIN = timedelta(minutes=2)


class Heard(StrEnum):
    """What came of it; each is counted."""

    APPLIED = "applied"
    KNOWN = "known"
    NOTHING = "nothing"
    FOREIGN = "foreign"
    STRAY = "stray"
    UNKNOWN = "unknown"
    """No row has its id, long after any row of ours would have been written."""


def hear_provider(
    news: ProviderNews,
    *,
    received_at: datetime,
    now: datetime,
    videos: VideoStore,
    purges: PurgeRequests,
    patience: Patience,
) -> Heard:
    """Let a video know what its provider says. Repeating it is harmless.

    What is not ours, not about the upload and asset that the row knows, or says nothing, is done with. What
    tells of something that a deleted video has at its provider has that removed, too.

    Raises:
        NotFound, Unavailable: our own write of the row, or of the upload's id, may be on its way: come again.
    """
    if not news.facts:
        return Heard.NOTHING
    if news.video_id is None:
        return Heard.FOREIGN
    may_be_on_its_way = now - received_at <= _WRITTEN_WITHIN
    found = videos.find(news.video_id)
    if found is None and may_be_on_its_way:
        raise NotFound("There is no such video.", code="video_not_found")
    if found is None:
        return Heard.UNKNOWN
    if found.video.provider != news.provider or _is_about_another(news, found.video):
        return Heard.STRAY
    if "upload" in news.ids and found.video.link("upload") is None:
        if may_be_on_its_way:
            raise Unavailable("The upload's id has not been written yet.")
        return Heard.STRAY
    applied = apply_facts(videos, news.video_id, *news.facts, patience=patience, known=found)
    if applied.video.status is Status.DELETED and applied.video.links != found.video.links:
        purges.ask(news.video_id)
    return Heard.APPLIED if applied.changed else Heard.KNOWN


def _is_about_another(news: ProviderNews, video: Video) -> bool:
    """Our id was chosen when the upload was opened, and more than one may have been opened with it."""
    return any((known := video.link(kind)) and known != theirs for kind, theirs in news.ids.items())
