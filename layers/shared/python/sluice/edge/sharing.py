"""From a request for a secret key to the key, which is made and told once per idempotency key."""

from sluice.adapters.ids import new_secret_key
from sluice.edge import wiring
from sluice.edge.http import Request
from sluice.edge.idempotency import create_once
from sluice.usecases.find_video import find_owned
from sluice.usecases.share_video import set_secret_key


def new_key(request: Request, video_id: str) -> str | None:
    """The video's new secret key; ``None`` if an earlier request with the idempotency key was told it."""
    made = new_secret_key()
    outcome = create_once(
        request,
        f"secret-key/{video_id}",
        None,
        lambda _: set_key(request, video_id, made),
        new_id=video_id,
    )
    find_owned(wiring.videos(), video_id, request.caller)
    return None if outcome.replayed else made


def set_key(request: Request, video_id: str, key: str | None) -> None:
    """Let ``key`` be the video's, or let it have none."""
    set_secret_key(
        video_id, request.caller, key, now=request.now, videos=wiring.videos(), patience=wiring.patience
    )
