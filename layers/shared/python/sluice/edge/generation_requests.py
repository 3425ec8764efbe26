"""From a request for a generated video to what is known of it, once per idempotency key."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import msgspec

from sluice.adapters.ids import new_id, new_video_id
from sluice.domain.errors import Forbidden, NotFound, ProviderRefused, Unavailable
from sluice.domain.generation import Answer, Generation, GenerationStatus, check_script
from sluice.domain.ids import is_id
from sluice.edge import generation_wiring as wiring
from sluice.edge.contract.generations import GenerationRequest
from sluice.edge.http import Request
from sluice.edge.idempotency import create_once
from sluice.usecases.generation_ports import GeneratorNews
from sluice.usecases.hear_generation import hear_generation
from sluice.usecases.once import Outcome
from sluice.usecases.request_generation import request_generation

# An answer that came at once is taken at once; this is for the case that the process dies meanwhile.
_LOOK_AGAIN_AFTER = timedelta(seconds=20)


def ask_for_video(request: Request, body: GenerationRequest, *, route: str) -> tuple[Generation, Outcome]:
    """The generation as it stands, and whether an earlier request with the same key had asked for it.

    Raises:
        InvalidFields: the script cannot be used.
        ProviderRefused, Unavailable: the generator will not or cannot make a video of it.
    """
    script = body.script()
    check_script(script)
    generator = wiring.generator(request.base_url)
    made: list[Generation] = []

    def ask(generation_id: str) -> None:
        wanted = Generation(
            generation_id=generation_id,
            owner_id=request.caller.user_id,
            video_id=new_video_id(request.now),
            title=script.title,
            correlation_id=request.request_id,
            created_at=request.now,
        )
        made.append(
            request_generation(
                script,
                wanted,
                now=request.now,
                generations=wiring.generations(),
                generator=generator,
                answered=partial(_hear, request),
            )
        )
        if made[0].status(request.now) is GenerationStatus.ERROR:
            raise ProviderRefused("The generator could not make this video.", code="generation_failed")

    outcome = create_once(request, route, body, ask, new_id=new_id("gen", request.now))
    return made[0] if made else find_generation(request, outcome.resource_id), outcome


def find_generation(request: Request, generation_id: str) -> Generation:
    """The caller's own generation.

    Raises:
        NotFound, Forbidden: there is none, or it is somebody else's.
    """
    found = wiring.generations().find(generation_id) if is_id("gen", generation_id) else None
    if found is None:
        raise NotFound("There is no such generation.", code="generation_not_found")
    if found.owner_id != request.caller.user_id:
        raise Forbidden("This generation belongs to somebody else.")
    return found


def _hear(request: Request, generation: Generation, answer: Answer) -> None:
    """What the generator said at once is heard as if it had called: it is queued first, so none is lost."""
    news = GeneratorNews(generation_id=generation.generation_id, answer=answer)
    if answer.video_url:
        told = {"generationId": generation.generation_id, "videoUrl": answer.video_url}
        message = {
            "provider": "generation",
            "receivedAt": request.now,
            "body": msgspec.json.encode(told).decode(),
        }
        wiring.inbox().send(message, delay=_LOOK_AGAIN_AFTER)
    with suppress(Unavailable):
        hear_generation(
            news,
            received_at=request.now,
            now=request.now,
            generations=wiring.generations(),
            import_video=wiring.import_video,
        )
