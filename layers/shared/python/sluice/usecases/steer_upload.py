"""What an owner does with an upload under way: ask how it stands, sign parts, complete, cancel."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sluice.domain.deadlines import Patience
from sluice.domain.errors import Conflict
from sluice.domain.facts import DeletionRequested, UploadRenewed
from sluice.domain.identity import Caller
from sluice.domain.video import Status, Video
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing, find_owned
from sluice.usecases.ports import Versioned, VideoStore
from sluice.usecases.provider_ports import PartUploads, UploadProvider

# The bucket's lifecycle aborts what is unfinished after two days.
_PARTS_KEPT = timedelta(days=2)


def find_uploading(videos: VideoStore, video_id: str, caller: Caller) -> Versioned:
    """The caller's video while it is being uploaded.

    Raises:
        Conflict: the upload is over, in whatever way (code ``not_uploading``).
    """
    found = find_owned(videos, video_id, caller)
    if found.video.status is not Status.UPLOADING:
        raise Conflict("The upload is over.", code="not_uploading")
    return found


def require_parts(video: Video) -> Video:
    """The video, if its upload has parts.

    Raises:
        Conflict: it has none (code ``not_multipart``).
    """
    if video.upload.protocol != "multipart":
        raise Conflict("This upload is not sent in parts.", code="not_multipart")
    return video


def keep_open(
    found: Versioned, *, now: datetime, ttl: timedelta, videos: VideoStore, patience: Patience
) -> None:
    """Wait longer for an upload into our bucket whose owner goes on with it, for as long as S3 keeps parts.

    Written once in a while, not for each batch of parts. Providers outside give their uploads an end of their
    own.
    """
    video = found.video
    until = min(now + ttl, video.created_at + _PARTS_KEPT)
    if video.provider == "s3" and until - video.open_until > ttl / 2:
        renewed = UploadRenewed(at=now, expires_at=until)
        apply_facts(videos, video.video_id, renewed, patience=patience, known=found)


def complete_upload(
    video_id: str,
    caller: Caller,
    parts: Sequence[tuple[int, str]],
    *,
    videos: VideoStore,
    provider: PartUploads,
    patience: Patience,
) -> Video:
    """Join the parts, given as (number, ETag); a second call finds the work done and says the same.

    Raises:
        Conflict: it is not sent in parts, or the provider no longer knows it.
        InvalidFields: a part is missing, or its ETag is another.
    """
    found = find_owned(videos, video_id, caller)
    require_parts(found.video)
    if found.video.source:
        return found.video
    if found.video.status is not Status.UPLOADING:
        raise Conflict("The upload is over.", code="not_uploading")
    facts = provider.complete(found.video, parts)
    return existing(apply_facts(videos, video_id, *facts, patience=patience, known=found).video)


def cancel_upload(
    video_id: str,
    caller: Caller,
    *,
    now: datetime,
    videos: VideoStore,
    provider_of: Callable[[str], UploadProvider],
    patience: Patience,
) -> None:
    """Stop the upload at the provider; the video is then gone from every answer.

    Raises:
        Conflict: the upload is over (code ``not_uploading``).
    """
    found = find_uploading(videos, video_id, caller)
    provider_of(found.video.provider).cancel(found.video)
    apply_facts(videos, video_id, DeletionRequested(at=now), patience=patience, known=found)
