"""/api/generations: videos that the configured generator makes of a script."""

from sluice.domain.errors import Conflict, Forbidden, NotFound, ProviderRefused
from sluice.edge import wiring
from sluice.edge.contract import generations as contract
from sluice.edge.generation_requests import ask_for_video, find_generation
from sluice.edge.http import Api, Reply, Request
from sluice.edge.idempotency import created

api = handler = Api(wiring.caller_of)


@api.route(
    "POST /api/generations",
    keyed=True,
    also={202: contract.GeneratingAnswer},
    raises=(Conflict, ProviderRefused),
)
def ask(request: Request, body: contract.GenerationRequest) -> contract.GeneratedAnswer | Reply:
    """Ask for a generated video.

    200 if the generator has made it at once, else 202: read the generation until it is ready.
    """
    generation, outcome = ask_for_video(request, body, route="generations")
    answer = contract.generated_answer(generation, now=request.now)
    status = 200 if isinstance(answer, contract.GeneratedAnswer) else 202
    return created(outcome, answer, status=status)


@api.route("POST /api/auth/create-video/generate-video", keyed=True, raises=(Conflict, ProviderRefused))
def ask_by_its_old_path(
    request: Request, body: contract.GenerationRequest
) -> contract.OldGenerationEnvelope | Reply:
    """Ask for a generated video, for frontends written against an earlier document."""
    generation, outcome = ask_for_video(request, body, route="generate-video")
    return created(outcome, contract.old_generation_answer(generation, now=request.now), status=200)


@api.route("GET /api/generations/{generation_id}", raises=(Forbidden, NotFound))
def read(request: Request, generation_id: contract.GenerationId) -> contract.GenerationAnswer:
    """How a generation is doing."""
    return contract.generation_answer(find_generation(request, generation_id), now=request.now)
