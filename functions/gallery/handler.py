"""/api/videos: an owner's videos, one of them, how it is doing, and what its owner changes about it."""

from sluice.domain.errors import Conflict, Forbidden, Invalid, NotFound
from sluice.edge import old_paths, sharing, wiring
from sluice.edge.contract import old_paths as old
from sluice.edge.contract.deletion import DeletionAnswer, deletion_answer
from sluice.edge.contract.sharing import SecretKeyAnswer
from sluice.edge.contract.videos import EditRequest, GalleryQuery, StatusAnswer, VideoAnswer, VideosAnswer
from sluice.edge.contract.words import VideoId
from sluice.edge.http import Access, Api, Reply, Request
from sluice.edge.settings import settings
from sluice.usecases import edit_video, find_video
from sluice.usecases.declare_status import declare_status
from sluice.usecases.read_receipt import read_receipt
from sluice.usecases.refresh_video import refresh_video

api = handler = Api(wiring.caller_of)


@api.route("GET /api/videos", raises=(Invalid,))
def gallery(request: Request, query: GalleryQuery) -> VideosAnswer:
    """The caller's videos, newest first."""
    owner = request.caller.user_id
    status = query.status or None
    scope = (owner, status or "all")
    after = wiring.cursors().read(query.cursor or None, *scope)
    page = wiring.videos().page(owner, status=status, limit=query.limit, after=after)
    counts = wiring.videos().counts(owner)
    show = wiring.presenter(request.base_url).video
    return VideosAnswer(
        videos=[show(video, request.caller, now=request.now) for video in page.videos],
        total_count=counts.total,
        ready_count=counts.ready,
        processing_count=counts.processing,
        failed_count=counts.failed,
        next_cursor=wiring.cursors().write(page.next_key, *scope),
    )


@api.route("GET /api/videos/{video_id}")
def read(request: Request, video_id: VideoId) -> VideoAnswer:
    """One of the caller's videos."""
    video = find_video.find_owned(wiring.videos(), video_id, request.caller).video
    return wiring.presenter(request.base_url).video(video, request.caller, now=request.now)


@api.route("GET /api/videos/{video_id}/status", access=Access.OPTIONAL)
def status(request: Request, video_id: VideoId) -> StatusAnswer:
    """How a video is doing; asks its provider when nothing was heard for a while."""
    found = find_video.find_viewable(wiring.videos(), video_id, request.maybe_caller, key=request.video_key)
    video = refresh_video(
        found,
        every_seconds=settings().status_refresh_seconds,
        now=request.now,
        videos=wiring.videos(),
        watch=wiring.watch(found.video.provider),
        patience=wiring.patience,
    )
    return wiring.presenter(request.base_url).status(video, request.maybe_caller, now=request.now)


@api.route("PATCH /api/videos/{video_id}")
def edit(request: Request, video_id: VideoId, body: EditRequest) -> VideoAnswer:
    """Change title, visibility or custom data."""
    video = edit_video.edit_video(
        video_id,
        request.caller,
        title=body.title,
        visibility=body.visibility,
        custom=body.custom,
        now=request.now,
        videos=wiring.videos(),
        patience=wiring.patience,
    )
    return wiring.presenter(request.base_url).video(video, request.caller, now=request.now)


@api.route("DELETE /api/videos/{video_id}", status=202)
def delete(request: Request, video_id: VideoId) -> None:
    """Delete a video: gone from every answer at once."""
    edit_video.delete_video(
        video_id, request.caller, now=request.now, videos=wiring.videos(), patience=wiring.patience
    )


@api.route("GET /api/videos/{video_id}/deletion", raises=(Conflict,))
def deletion(request: Request, video_id: VideoId) -> DeletionAnswer:
    """The receipt of a deleted video: what was removed, when, and how that was verified."""
    videos, receipts = wiring.videos(), wiring.receipts()
    return deletion_answer(read_receipt(video_id, request.caller, videos=videos, receipts=receipts))


@api.route("POST /api/videos/{video_id}/secret-key", status=201, keyed=True, raises=(Conflict,))
def share(request: Request, video_id: VideoId) -> SecretKeyAnswer | Reply:
    """Give a video a new secret key; the one before stops at once."""
    key = sharing.new_key(request, video_id)
    if key is None:
        return Reply(201, SecretKeyAnswer(), {"idempotent-replayed": "true"})
    return SecretKeyAnswer(key)


@api.route("DELETE /api/videos/{video_id}/secret-key", status=204)
def unshare(request: Request, video_id: VideoId) -> None:
    """Take a video's secret key back."""
    sharing.set_key(request, video_id, None)


@api.route("GET /api/auth/video/gallery", raises=(Forbidden, Invalid))
def gallery_by_its_old_path(request: Request, query: old.OldGalleryQuery) -> old.OldGalleryEnvelope:
    """The caller's newest videos, for frontends written against an earlier document."""
    old_paths.themselves(request.caller, query.user_id)
    found = old_paths.gallery(request, query.cursor or None)
    return old.OldGalleryEnvelope(message="Video gallery retrieved successfully", data=found)


@api.route("PUT /api/auth/video/status", raises=(Forbidden, NotFound, Conflict))
def declare_by_its_old_path(request: Request, body: old.OldStatusRequest) -> old.OldVideoEnvelope:
    """Say how a video is doing, for frontends written against an earlier document.

    ``error`` fails it; ``ready`` is taken once it can be played.
    """
    video = declare_status(
        body.video_id,
        old_paths.themselves(request.caller, body.user_id),
        status=body.status,
        metadata=body.metadata,
        now=request.now,
        videos=wiring.videos(),
        patience=wiring.patience,
    )
    return old.OldVideoEnvelope(
        message="Video status updated successfully", data=old_paths.shown(request, video)
    )


@api.route("DELETE /api/auth/video/delete", raises=(Forbidden, NotFound))
def delete_by_its_old_path(request: Request, body: old.OldDeleteRequest) -> old.OldDeletedEnvelope:
    """Delete a video, for frontends written against an earlier document."""
    caller = old_paths.themselves(request.caller, body.user_id)
    edit_video.delete_video(
        body.video_id, caller, now=request.now, videos=wiring.videos(), patience=wiring.patience
    )
    return old.OldDeletedEnvelope(
        message="Video deleted successfully", data=old.OldDeletedAnswer(body.video_id)
    )
