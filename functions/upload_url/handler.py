"""/api/videos/upload-url and …/{video_id}/upload: how a source gets in, from first to last."""

from sluice.domain.errors import Conflict, ProviderRefused, TooLarge, WrongMediaType
from sluice.edge import wiring
from sluice.edge.contract import uploads as contract
from sluice.edge.contract.videos import VideoAnswer
from sluice.edge.contract.words import VideoId
from sluice.edge.http import Api, Reply, Request
from sluice.edge.idempotency import created
from sluice.edge.settings import settings
from sluice.edge.upload_requests import ask_for_upload
from sluice.usecases import steer_upload
from sluice.usecases.ports import Versioned

api = handler = Api(wiring.caller_of)


@api.route(
    "POST /api/videos/upload-url",
    status=201,
    keyed=True,
    raises=(Conflict, TooLarge, WrongMediaType, ProviderRefused),
)
def ask(request: Request, body: contract.UploadRequest) -> contract.UploadAnswer | Reply:
    """Ask for an upload."""
    video, grant, outcome = ask_for_upload(request, body)
    return created(outcome, contract.upload_answer(video, grant))


@api.route("POST /api/mux/upload", keyed=True, raises=(Conflict, TooLarge, WrongMediaType, ProviderRefused))
def ask_mux_by_its_old_path(
    request: Request, body: contract.UploadRequest
) -> contract.MuxUploadAnswer | Reply:
    """Ask for an upload to Mux, for frontends written against an earlier document."""
    video, grant, outcome = ask_for_upload(request, body, only="mux")
    return created(outcome, contract.mux_upload_answer(video, grant), status=200)


@api.route("GET /api/videos/{video_id}/upload", raises=(Conflict,))
def standing(request: Request, video_id: VideoId) -> contract.UploadStandingAnswer:
    """Where the upload stands, so that a client can go on after a crash."""
    found = steer_upload.find_uploading(wiring.videos(), video_id, request.caller)
    standing = wiring.upload_provider(found.video.provider).standing(found.video, now=request.now)
    _keep_open(request, found)
    return contract.standing_answer(standing)


@api.route("POST /api/videos/{video_id}/upload/parts", raises=(Conflict,))
def parts(request: Request, video_id: VideoId, body: contract.PartsRequest) -> contract.PartsAnswer:
    """Sign parts of a multipart upload."""
    found = steer_upload.find_uploading(wiring.videos(), video_id, request.caller)
    video = steer_upload.require_parts(found.video)
    signed = wiring.part_uploads(video.provider).sign_parts(video, body.part_numbers, now=request.now)
    _keep_open(request, found)
    return contract.parts_answer(signed)


def _keep_open(request: Request, found: Versioned) -> None:
    steer_upload.keep_open(
        found,
        now=request.now,
        ttl=settings().upload_ttl,
        videos=wiring.videos(),
        patience=wiring.patience,
    )


@api.route("POST /api/videos/{video_id}/upload/complete", status=202, raises=(Conflict,))
def complete(request: Request, video_id: VideoId, body: contract.CompleteRequest) -> VideoAnswer:
    """Join the parts of a multipart upload."""
    video = steer_upload.complete_upload(
        video_id,
        request.caller,
        body.pairs(),
        videos=wiring.videos(),
        provider=wiring.part_uploads("s3"),
        patience=wiring.patience,
    )
    return wiring.presenter(request.base_url).video(video, request.caller, now=request.now)


@api.route("DELETE /api/videos/{video_id}/upload", status=204, raises=(Conflict,))
def cancel(request: Request, video_id: VideoId) -> None:
    """Stop the upload."""
    steer_upload.cancel_upload(
        video_id,
        request.caller,
        now=request.now,
        videos=wiring.videos(),
        provider_of=wiring.upload_provider,
        patience=wiring.patience,
    )
