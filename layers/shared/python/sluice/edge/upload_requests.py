"""From a request for an upload to the grant, once per idempotency key."""

from dataclasses import replace

from sluice.adapters.ids import new_video_id
from sluice.domain.admission import UploadWish, check_wish
from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.edge.contract.uploads import UploadRequest
from sluice.edge.http import Request
from sluice.edge.idempotency import request_key
from sluice.edge.settings import settings
from sluice.usecases.find_video import find_owned
from sluice.usecases.once import once
from sluice.usecases.ports import UploadGrant
from sluice.usecases.request_upload import Origin, request_upload


def ask_for_upload(
    request: Request, body: UploadRequest, *, only: str | None = None
) -> tuple[Video, UploadGrant, bool]:
    """The video, its grant, and whether an earlier request with the same key had opened it.

    ``only`` is the one provider of the route, if it is that provider's own.
    """
    ours, wish = settings(), _wish(body, only)
    check_wish(wish, max_bytes=ours.max_video_bytes, providers=ours.providers)
    origin = Origin(
        caller=request.caller,
        video_id=new_video_id(request.now),
        correlation_id=request.request_id,
        provider=wish.provider or ours.video_provider,
        now=request.now,
        web_origin=_page(request),
    )

    def open_upload() -> tuple[Video, UploadGrant]:
        return request_upload(
            wish,
            origin,
            videos=wiring.videos(),
            provider=wiring.upload_provider(origin.provider),
            ttl=ours.upload_ttl,
            patience=wiring.patience,
        )

    key = request_key(request, f"{only}/upload" if only else "upload-url", body)
    if key is None:
        return *open_upload(), False
    outcome = once(
        wiring.idempotency(), key.key, key.fingerprint, lambda: open_upload()[0].video_id, now=request.now
    )
    video = find_owned(wiring.videos(), outcome.resource_id, request.caller).video
    grant = wiring.upload_provider(video.provider).grant_again(video, now=request.now)
    return video, grant, outcome.replayed


def _wish(body: UploadRequest, only: str | None) -> UploadWish:
    wish = body.wish()
    if only and wish.provider not in {None, only}:
        problem = FieldProblem("provider", f"must be {only} here, or left out")
        raise InvalidFields("Some fields are not valid.", problem)
    return replace(wish, provider=only) if only else wish


def _page(request: Request) -> str | None:
    """The origin of the page that asks, if it is one that may: providers let that page alone upload."""
    origin = request.headers.get("origin")
    return origin if origin in settings().allowed_origins else None
