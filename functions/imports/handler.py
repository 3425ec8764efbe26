"""/api/videos/import: a video is fetched from a URL instead of being uploaded."""

from sluice.domain.errors import Conflict, Forbidden, NotFound, ProviderRefused, RefusedAddress
from sluice.edge import wiring
from sluice.edge.contract import imports as contract
from sluice.edge.emails import require_own_email
from sluice.edge.http import Api, Reply, Request
from sluice.edge.idempotency import created
from sluice.edge.import_requests import ask_for_import, generated_at

api = handler = Api(wiring.caller_of)


@api.route(
    "POST /api/videos/import",
    status=202,
    keyed=True,
    raises=(Conflict, RefusedAddress, ProviderRefused),
)
def import_from_url(request: Request, body: contract.ImportRequest) -> contract.ImportAnswer | Reply:
    """Import a video from a URL.

    It is fetched after this is answered: what comes of it, the video's status tells.
    """
    made = ask_for_import(request, body, route="import")
    video = wiring.presenter(request.base_url).video(made.video, request.caller, now=request.now)
    return created(made.outcome, contract.import_answer(video, made.secret_key), status=202)


@api.route(
    "POST /api/auth/video/download",
    keyed=True,
    raises=(Conflict, Forbidden, NotFound, RefusedAddress, ProviderRefused),
)
def import_by_its_old_path(
    request: Request, body: contract.OldImportRequest
) -> contract.OldImportEnvelope | Reply:
    """Import a video from a URL, for frontends written against an earlier document."""
    require_own_email(request.caller, body.user_email)
    known = generated_at(request, body.video_url)
    made = ask_for_import(request, body, route="auth/video/download", video_id=known)
    data = contract.old_import_answer(made.video, made.secret_key)
    answer = contract.OldImportEnvelope(message="Video download started successfully", data=data)
    return created(made.outcome, answer, status=200)
