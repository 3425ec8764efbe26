"""/api/webhooks: providers tell us that something happened. Verified and queued here, and nothing else."""

from sluice.domain.errors import Malformed, TooLarge, Unauthenticated, Unavailable
from sluice.edge.contract.webhooks import ReceivedAnswer
from sluice.edge.deliveries import take, take_any, take_generation
from sluice.edge.http import Access, Api, Request

api = handler = Api()

_RAISES = (Malformed, Unauthenticated, TooLarge, Unavailable)


@api.route("POST /api/webhooks/mux", access=Access.PUBLIC, raises=_RAISES)
def mux(request: Request, raw: bytes) -> ReceivedAnswer:
    """Mux's deliveries; `mux-signature` is the key."""
    return take("mux", request, raw)


@api.route("POST /api/mux/webhook", access=Access.PUBLIC, raises=_RAISES)
def mux_by_its_old_path(request: Request, raw: bytes) -> ReceivedAnswer:
    """The same, for frontends written against an earlier document."""
    return take("mux", request, raw)


@api.route("POST /api/webhooks/cloudflare", access=Access.PUBLIC, raises=_RAISES)
def cloudflare(request: Request, raw: bytes) -> ReceivedAnswer:
    """Cloudflare Stream's deliveries; `webhook-signature` is the key."""
    return take("cloudflare", request, raw)


@api.route("POST /api/webhooks/generation", access=Access.PUBLIC, raises=_RAISES)
def generation(request: Request, raw: bytes) -> ReceivedAnswer:
    """The video generator's answers; `webhook-signature`, as Standard Webhooks have it, is the key."""
    return take_generation(request, raw)


@api.route("POST /api/webhooks/video-processing", access=Access.PUBLIC, raises=_RAISES)
def video_processing(request: Request, raw: bytes) -> ReceivedAnswer:
    """Any of these signatures, or `x-webhook-signature: sha256=…` over a body in Mux's form."""
    return take_any(request, raw)
