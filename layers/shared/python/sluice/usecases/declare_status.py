"""What an owner says of a video in our own bucket, where a frontend keeps the status up to date itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sluice.domain.admission import detail_problems
from sluice.domain.deadlines import Patience
from sluice.domain.errors import Conflict, InvalidFields
from sluice.domain.facts import DetailsEdited, Fact, Failed
from sluice.domain.identity import Caller
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing, find_owned, ready
from sluice.usecases.ports import VideoStore

_TICK = timedelta(microseconds=1)


def declare_status(
    video_id: str,
    caller: Caller,
    *,
    status: str,
    metadata: Mapping[str, Any] | None,
    now: datetime,
    videos: VideoStore,
    patience: Patience,
) -> Video:
    """The video, failed if that is what its owner says, with ``metadata`` added to its custom data.

    What it is already may be said of it; what it is not yet, or was before, may not.

    Raises:
        Conflict: it is not in our bucket, cannot be played yet, or would go backwards.
        InvalidFields: its custom data would become too long.
        NotFound, Forbidden: as ``find_owned``.
    """
    found = find_owned(videos, video_id, caller)
    video = found.video
    if video.provider != "s3":
        raise Conflict("The video's provider alone says how it is doing.", code="not_in_our_storage")
    facts: list[Fact] = []
    if status == Status.READY:
        ready(video)
    elif status == Status.ERROR and video.status is not Status.ERROR:
        at = max(now, video.last_ready_at + _TICK) if video.last_ready_at else now
        facts.append(Failed(at=at, code="failed_by_owner", message="Its owner gave the video up."))
    elif status != video.status:
        raise Conflict(f"The video is {video.status} and does not go back.", code="wrong_status")
    if metadata is not None:
        custom = {**video.custom.value, **metadata}
        problems = detail_problems(None, None, custom)
        if problems:
            raise InvalidFields("Some fields are not valid.", *problems)
        facts.append(DetailsEdited(at=now, custom=custom))
    return existing(apply_facts(videos, video_id, *facts, patience=patience, known=found).video)
