"""Which events a change of a video's row amounts to."""

from typing import Any

from sluice.domain.video import Status, Video
from sluice.events import videos as events


def describe_change(before: Video | None, after: Video, version: int) -> list[events.VideoEvent]:
    """Events for the change from ``before`` (``None``: it was not there) to ``after``, in telling order."""
    said: dict[str, Any] = {
        "video_id": after.video_id,
        "owner_id": after.owner_id,
        "provider": after.provider,
        "status": after.status,
        "version": version,
        "at": after.heard_at,
        "correlation_id": after.correlation_id,
    }
    if before is None:
        return [events.VideoCreated(**said, title=after.title.value)]
    told: list[events.VideoEvent] = []
    if before.status is not after.status:
        told += _new_status(after, said)
    elif after.status is not Status.DELETED and _progress(before) != _progress(after):
        names = sorted(after.renditions)
        told.append(events.VideoProgressed(**said, progress=after.progress, renditions=names))
    if _details(before) != _details(after) and after.status is not Status.DELETED:
        title, visibility = after.title.value, after.visibility.value
        told.append(events.VideoUpdated(**said, title=title, visibility=visibility))
    return told


def _new_status(video: Video, said: dict[str, Any]) -> list[events.VideoEvent]:
    match video.status:
        case Status.PROCESSING:
            return [events.VideoProcessing(**said)]
        case Status.READY:
            duration = video.media.value.duration_seconds if video.media else None
            return [events.VideoReady(**said, duration_seconds=duration)]
        case Status.ERROR if video.failure:
            failure = video.failure.value
            return [events.VideoFailed(**said, code=failure.code, message=failure.message)]
        case Status.DELETED:
            return [events.VideoDeleted(**said)]
        case _:
            return []


def _progress(video: Video) -> object:
    return video.progress, set(video.renditions), video.pictures, video.media


def _details(video: Video) -> object:
    return video.title, video.visibility, video.custom
