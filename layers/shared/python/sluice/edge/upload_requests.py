"""From a request for an upload to the grant, once per idempotency key."""

from dataclasses import replace
from typing import Any

from sluice.adapters.ids import new_video_id
from sluice.domain.admission import UploadWish, check_wish
from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.edge.contract.uploads import UploadRequest
from sluice.edge.http import Request
from sluice.edge.idempotency import create_once
from sluice.edge.settings import settings
from sluice.usecases.find_video import find_owned
from sluice.usecases.once import Outcome
from sluice.usecases.provider_ports import UploadGrant
from sluice.usecases.request_upload import Origin, request_upload, take_up_upload


def ask_for_upload(
    request: Request, body: UploadRequest, *, only: str | None = None
) -> tuple[Video, UploadGrant, Outcome]:
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
    opened: list[tuple[Video, UploadGrant]] = []

    def open_upload(video_id: str) -> None:
        resources: Any = {
            "videos": wiring.videos(),
            "provider": wiring.upload_provider(origin.provider),
            "ttl": ours.upload_ttl,
            "patience": wiring.patience,
        }
        if video_id == origin.video_id:
            opened.append(request_upload(wish, origin, **resources))
        else:
            earlier = replace(origin, video_id=video_id)
            strays = origin.provider != "s3"
            opened.append(take_up_upload(wish, earlier, strays=strays, **resources))

    route = f"{only}/upload" if only else "upload-url"
    outcome = create_once(request, route, body, open_upload, new_id=origin.video_id)
    if opened:
        return *opened[0], outcome
    video = find_owned(wiring.videos(), outcome.resource_id, request.caller).video
    grant = wiring.upload_provider(video.provider).grant_again(video, now=request.now)
    return video, grant, outcome


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
