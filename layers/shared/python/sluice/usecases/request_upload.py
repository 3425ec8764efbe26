"""Ask for an upload: the row first, then the provider, so that the table knows of all that exists."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.admission import MAX_TITLE, UploadWish
from sluice.domain.deadlines import Patience
from sluice.domain.errors import Conflict, OutcomeUnknown, ProviderRefused, Unavailable
from sluice.domain.facts import CreateUnanswered, Fact, Failed
from sluice.domain.identity import Caller
from sluice.domain.stamped import Stamped
from sluice.domain.video import Status, Upload, Video
from sluice.usecases.apply_facts import add_video, apply_facts
from sluice.usecases.find_video import existing
from sluice.usecases.ports import VideoStore
from sluice.usecases.provider_ports import UploadGrant, UploadProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asks, when, from which page's origin, and under which ids the video will be known."""

    caller: Caller
    video_id: str
    correlation_id: str
    provider: str
    now: datetime
    web_origin: str | None = None


def request_upload(
    wish: UploadWish,
    origin: Origin,
    *,
    videos: VideoStore,
    provider: UploadProvider,
    ttl: timedelta,
    patience: Patience,
) -> tuple[Video, UploadGrant]:
    """A new video in state ``uploading`` and what its client needs to send the source.

    Raises:
        ProviderRefused, Unavailable: the provider will not or cannot; the row then says so too.
    """
    video = _new_video(wish, origin, provider, ttl)
    add_video(videos, video, patience=patience)
    return _open(video, origin.now, videos, provider, patience)


def take_up_upload(
    wish: UploadWish,
    origin: Origin,
    *,
    strays: bool,
    videos: VideoStore,
    provider: UploadProvider,
    ttl: timedelta,
    patience: Patience,
) -> tuple[Video, UploadGrant]:
    """The same, going on where an earlier attempt under this id broke off, of which nobody heard the end.

    ``strays``: at this provider that attempt may have opened an upload of which we do not know.

    Raises:
        NotFound: its video has been deleted meanwhile.
        Unavailable: its video has failed, so that another one has to be made.
    """
    found = videos.find(origin.video_id)
    if found is None:
        return request_upload(wish, origin, videos=videos, provider=provider, ttl=ttl, patience=patience)
    video = existing(found.video)
    if video.status is Status.ERROR:
        error = Unavailable("The upload could not be opened. Please try again.")
        error.settled = True
        raise error
    try:
        return video, provider.grant_again(video, now=origin.now)
    except Conflict:
        if strays:
            unheard = CreateUnanswered(at=origin.now)
            video = apply_facts(videos, video.video_id, unheard, patience=patience, known=found).video
        return _open(video, origin.now, videos, provider, patience)


def _open(
    video: Video, now: datetime, videos: VideoStore, provider: UploadProvider, patience: Patience
) -> tuple[Video, UploadGrant]:
    try:
        grant, facts = provider.open_upload(video, now=now)
    except (ProviderRefused, Unavailable) as error:
        text = "The upload could not be opened at the video provider."
        ended: list[Fact] = [Failed(at=now, code="provider_unavailable", message=text)]
        if isinstance(error, OutcomeUnknown):
            ended.append(CreateUnanswered(at=now))
        apply_facts(videos, video.video_id, *ended, patience=patience)
        error.settled = True
        raise
    if facts:
        video = apply_facts(videos, video.video_id, *facts, patience=patience).video
    return video, grant


def _new_video(wish: UploadWish, origin: Origin, provider: UploadProvider, ttl: timedelta) -> Video:
    now = origin.now
    protocol, part_bytes = provider.protocol_for(wish.size_bytes, wish.protocol)
    return Video(
        video_id=origin.video_id,
        owner_id=origin.caller.user_id,
        provider=origin.provider,
        filename=wish.filename,
        created_at=now,
        upload=Upload(
            protocol=protocol,
            size_bytes=wish.size_bytes,
            mime_type=wish.mime_type,
            expires_at=now + ttl,
            part_size_bytes=part_bytes,
            web_origin=origin.web_origin,
        ),
        correlation_id=origin.correlation_id,
        title=Stamped(now, wish.title or wish.filename[:MAX_TITLE]),
        visibility=Stamped(now, wish.visibility or "private"),
        custom=Stamped(now, dict(wish.custom or {})),
        heard_at=now,
    )
