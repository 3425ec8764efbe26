"""Ask for an import: a video whose source is fetched from a URL, by us or by its provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from unicodedata import category
from urllib.parse import unquote, urlsplit

from sluice.domain.admission import MAX_FILENAME, MAX_TITLE, detail_problems
from sluice.domain.deadlines import Patience
from sluice.domain.errors import InvalidFields, OutcomeUnknown, ProviderRefused, Unavailable
from sluice.domain.facts import CreateUnanswered, Fact, Failed
from sluice.domain.stamped import Stamped
from sluice.domain.video import Status, Upload, Video
from sluice.usecases.apply_facts import add_video, apply_facts
from sluice.usecases.import_ports import AddressBook, UrlSeal
from sluice.usecases.ports import VideoStore
from sluice.usecases.provider_ports import UrlImporter
from sluice.usecases.request_upload import Origin

# As long as an idempotency key is held by whoever claimed it and gave no answer.
_TOLD_WITHIN_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWish:
    """What a client says about the video that is to be fetched. ``field`` names the URL in what it sent."""

    video_url: str
    title: str | None = None
    custom: Mapping[str, Any] | None = None
    field: str = "videoUrl"


def request_import(
    wish: ImportWish,
    origin: Origin,
    *,
    videos: VideoStore,
    addresses: AddressBook,
    importer: UrlImporter,
    seal: UrlSeal | None,
    patience: Patience,
    comes_again: bool = False,
) -> Video:
    """A new video in state ``processing`` that is being fetched; with the same id again, the same video.

    ``seal`` is given where we fetch the source ourselves; a provider that fetches it is told the URL and
    nobody keeps it. ``comes_again``: the caller asks again until it can be had, so the video has not failed
    because it cannot be had now.

    Raises:
        RefusedAddress, InvalidFields: nothing was made.
        ProviderRefused, Unavailable: it cannot be fetched; the row then says so too.
    """
    problems = detail_problems(wish.title or None, None, wish.custom)
    if problems:
        raise InvalidFields("Some fields are not valid.", *problems)
    found = videos.find(origin.video_id)
    if found is None:
        addresses.check(wish.video_url, field=wish.field)
        video = _new_video(wish, origin, seal)
        add_video(videos, video, patience=patience)
    elif _is_unheard(found.video):
        video = found.video
    else:
        return found.video
    if seal is None and not _may_tell(video, origin, videos):
        return video
    facts: list[Fact] = [CreateUnanswered(at=origin.now)] if seal is None and found else []
    try:
        facts += importer.import_url(video, wish.video_url, now=origin.now)
    except (ProviderRefused, Unavailable) as error:
        error.settled = not (comes_again and isinstance(error, Unavailable))
        facts += _ended(error, origin)
        apply_facts(videos, video.video_id, *facts, patience=patience)
        raise
    return apply_facts(videos, video.video_id, *facts, patience=patience).video if facts else video


def _may_tell(video: Video, origin: Origin, videos: VideoStore) -> bool:
    """A provider makes another video each time it is told, so it is told once, or after a death."""
    return videos.lease_refresh(video.video_id, now=origin.now, seconds=_TOLD_WITHIN_SECONDS, about="import")


def _ended(error: ProviderRefused | Unavailable, origin: Origin) -> list[Fact]:
    """What a provider's refusal or silence says about the video."""
    facts: list[Fact] = []
    if error.settled:
        text = "The import could not be started at the video provider."
        facts.append(Failed(at=origin.now, code="provider_unavailable", message=text))
    if isinstance(error, OutcomeUnknown):
        facts.append(CreateUnanswered(at=origin.now))
    return facts


def _is_unheard(video: Video) -> bool:
    """Whether nobody may have been told to fetch it."""
    theirs = video.upload.sealed_url is None and video.link("asset") is None
    return video.status is Status.PROCESSING and (video.fetches or theirs)


def _new_video(wish: ImportWish, origin: Origin, seal: UrlSeal | None) -> Video:
    now, filename = origin.now, filename_of(wish.video_url)
    return Video(
        video_id=origin.video_id,
        owner_id=origin.caller.user_id,
        provider=origin.provider,
        filename=filename,
        created_at=now,
        upload=Upload(
            protocol="import",
            size_bytes=0,
            mime_type="",
            expires_at=now,
            sealed_url=seal.close(wish.video_url, origin.video_id) if seal else None,
        ),
        correlation_id=origin.correlation_id,
        title=Stamped(now, wish.title or PurePosixPath(filename).stem[:MAX_TITLE]),
        visibility=Stamped(now, "private"),
        custom=Stamped(now, dict(wish.custom or {})),
        heard_at=now,
        processing_at=now,
    )


def filename_of(url: str) -> str:
    """What a URL calls the file: the end of its path, without what no name may have."""
    last = unquote(urlsplit(url).path).rpartition("/")[2].replace("\\", " ")
    name = "".join(each for each in last if category(each) not in {"Cc", "Cs"}).strip(" .")
    return name[-MAX_FILENAME:] or "video"
