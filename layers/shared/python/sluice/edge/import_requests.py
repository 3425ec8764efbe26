"""From a request for an import to the video that is being fetched, once per idempotency key."""

from dataclasses import dataclass

from sluice.adapters.ids import new_secret_key, new_video_id
from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.video import Status, Video
from sluice.edge import wiring
from sluice.edge.contract.imports import ImportRequest
from sluice.edge.http import Request
from sluice.edge.idempotency import create_once
from sluice.edge.import_wiring import import_video
from sluice.edge.settings import settings
from sluice.usecases.find_video import find_owned
from sluice.usecases.once import Outcome
from sluice.usecases.request_import import ImportWish
from sluice.usecases.request_upload import Origin
from sluice.usecases.share_video import set_secret_key


@dataclass(frozen=True, slots=True)
class Imported:
    """A video that is being fetched. ``secret_key`` is told once: ``None`` in an answer that is repeated."""

    video: Video
    secret_key: str | None
    outcome: Outcome


def ask_for_import(
    request: Request, body: ImportRequest, *, route: str, video_id: str | None = None
) -> Imported:
    """Begin an import for the caller; ``route`` is what an idempotency key holds for.

    ``video_id`` is given where the video may be there already: it is then not made a second time.

    Raises:
        InvalidFields, RefusedAddress: nothing was made.
        ProviderRefused, Unavailable: it cannot be fetched.
    """
    provider = _provider(body)
    wish = ImportWish(video_url=body.video_url, title=body.title)
    key = new_secret_key()

    def begin(video_id: str) -> None:
        origin = Origin(
            caller=request.caller,
            video_id=video_id,
            correlation_id=request.request_id,
            provider=provider,
            now=request.now,
        )
        import_video(wish, origin)
        set_secret_key(
            video_id, request.caller, key, now=request.now, videos=wiring.videos(), patience=wiring.patience
        )

    outcome = create_once(request, route, body, begin, new_id=video_id or new_video_id(request.now))
    video = find_owned(wiring.videos(), outcome.resource_id, request.caller).video
    return Imported(video, None if outcome.replayed else key, outcome)


def generated_at(request: Request, url: str) -> str | None:
    """The id of the caller's video that a generator made and put at this URL, unless it was deleted.

    Frontends of an earlier document import by themselves what they had generated, which has been imported.
    """
    from sluice.edge import generation_wiring

    video_id = generation_wiring.generations().made_at(request.caller.user_id, url)
    found = wiring.videos().find(video_id) if video_id else None
    return None if found and found.video.status is Status.DELETED else video_id


def _provider(body: ImportRequest) -> str:
    ours = settings()
    provider = body.provider or ours.video_provider
    if provider not in ours.providers:
        problem = FieldProblem("provider", f"must be one of: {', '.join(ours.providers)}")
        raise InvalidFields("Some fields are not valid.", problem)
    return provider
