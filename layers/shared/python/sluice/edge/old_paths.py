"""Answers for frontends written against an earlier document: the gallery's own, shaped as it says."""

from sluice.domain.errors import Conflict, Forbidden
from sluice.domain.identity import Caller
from sluice.domain.video import Status, Video
from sluice.edge import wiring
from sluice.edge.contract import old_paths as contract
from sluice.edge.http import Request

_MOST = 100


def themselves(caller: Caller, user_id: object) -> Caller:
    """The caller, who may name themselves and nobody else.

    Raises:
        Forbidden: they named somebody else.
    """
    if user_id and user_id != caller.user_id:
        raise Forbidden("This user id is not yours.")
    return caller


def gallery(request: Request, cursor: str | None) -> contract.OldGalleryAnswer:
    """The caller's newest videos. Its cursors are those of ``GET /api/videos``."""
    owner = request.caller.user_id
    scope = (owner, "all")
    after = wiring.cursors().read(cursor, *scope)
    page = wiring.videos().page(owner, status=None, limit=_MOST, after=after)
    counts = wiring.videos().counts(owner)
    return contract.OldGalleryAnswer(
        videos=[shown(request, video) for video in page.videos],
        total_count=counts.total,
        ready_count=counts.ready,
        processing_count=counts.processing,
        failed_count=counts.failed,
        next_cursor=wiring.cursors().write(page.next_key, *scope),
    )


def shown(request: Request, video: Video) -> contract.OldVideoAnswer:
    """A video with what it can be saved by."""
    show = wiring.presenter(request.base_url)
    return contract.old_video(
        show.video(video, request.caller, now=request.now), _download_url(request, video)
    )


def _download_url(request: Request, video: Video) -> str | None:
    if video.status is not Status.READY:
        return None
    try:
        return wiring.presenter(request.base_url).download(video, now=request.now).url
    except Conflict:  # its provider makes the file when it is first asked for, by the download's own path
        return None
