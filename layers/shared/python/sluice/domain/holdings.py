"""What is stored somewhere for a video, and whether that video has it: what none has is an orphan."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sluice.domain.video import Status, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that is stored.

    ``place`` is ``bucket``, ``table`` or a provider's name, ``kind`` what it is there, ``name`` what an
    operator finds it by. ``their_id`` is its id at the provider, by which the video's row should know it, and
    ``owner_id`` whose video its name says that it is.
    """

    place: str
    kind: str
    name: str
    video_id: str
    their_id: str | None = None
    owner_id: str | None = None

    @property
    def sort(self) -> str:
        return f"{self.place}.{self.kind}"


class Orphaned(StrEnum):
    """Why nobody has it."""

    NO_VIDEO = "no_video"
    DELETED = "deleted"
    NOT_ITS_OWN = "not_its_own"


def orphaned(holding: Holding, video: Video | None, *, now: datetime, grace: timedelta) -> Orphaned | None:
    """Why the thing is an orphan; ``None`` if it is not, or if what is under way may still settle it.

    ``grace`` is how long a deletion, or a word of the provider, may take.
    """
    if video is None:
        return Orphaned.NO_VIDEO
    if video.status is Status.DELETED:
        return Orphaned.DELETED if (video.deleted_at or now) + grace <= now else None
    if holding.place not in {video.provider, "bucket", "table"}:
        return Orphaned.NOT_ITS_OWN
    if holding.place == "bucket" and (
        video.provider != "s3" or holding.owner_id not in {None, video.owner_id}
    ):
        return Orphaned.NOT_ITS_OWN
    if holding.their_id is None or video.link(holding.kind) == holding.their_id:
        return None
    return None if _may_become_its_own(video, now, grace) else Orphaned.NOT_ITS_OWN


def _may_become_its_own(video: Video, now: datetime, grace: timedelta) -> bool:
    """Strays are cancelled at their time, and what is not linked yet is when the provider is heard again."""
    return video.strays_possible or not video.settled or video.heard_at + grace > now
