"""What an owner changes about a video: its details, or that it is there at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sluice.domain.admission import detail_problems
from sluice.domain.deadlines import Patience
from sluice.domain.errors import InvalidFields
from sluice.domain.facts import DeletionRequested, DetailsEdited
from sluice.domain.identity import Caller
from sluice.domain.video import Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing, find_owned
from sluice.usecases.ports import VideoStore


def edit_video(
    video_id: str,
    caller: Caller,
    *,
    title: str | None,
    visibility: str | None,
    custom: Mapping[str, Any] | None,
    now: datetime,
    videos: VideoStore,
    patience: Patience,
) -> Video:
    """The video with what was given changed; ``None`` leaves a detail as it is.

    Raises:
        InvalidFields: a detail is too long or not one of the choices.
        NotFound: there is no such video, or it was deleted just now.
    """
    problems = detail_problems(title, visibility, custom, custom_field="custom")
    if problems:
        raise InvalidFields("Some fields are not valid.", *problems)
    found = find_owned(videos, video_id, caller)
    edited = DetailsEdited(at=now, title=title, visibility=visibility, custom=custom)
    return existing(apply_facts(videos, video_id, edited, patience=patience, known=found).video)


def delete_video(
    video_id: str, caller: Caller, *, now: datetime, videos: VideoStore, patience: Patience
) -> None:
    """Gone from every answer at once; what it left behind is removed by ``purge``.

    Raises:
        NotFound: there is no such video, or it was deleted before.
    """
    found = find_owned(videos, video_id, caller)
    apply_facts(videos, video_id, DeletionRequested(at=now), patience=patience, known=found)
