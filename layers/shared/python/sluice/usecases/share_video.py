"""An owner gives a video a secret key, or takes it back."""

from datetime import datetime, timedelta

from sluice.domain.deadlines import Patience
from sluice.domain.errors import WriteConflict
from sluice.domain.facts import SecretKeySet
from sluice.domain.identity import Caller
from sluice.domain.secret_keys import hash_of
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.find_video import existing, find_owned
from sluice.usecases.ports import VideoStore

_TICK = timedelta(microseconds=1)


def set_secret_key(
    video_id: str, caller: Caller, key: str | None, *, now: datetime, videos: VideoStore, patience: Patience
) -> None:
    """From now on ``key`` opens the video, or none does; the one before stops at once.

    Raises:
        NotFound, Forbidden: as ``find_owned``.
        WriteConflict: somebody set another at the same moment, which holds.
    """
    found = find_owned(videos, video_id, caller)
    last, wanted = found.video.secret_key, hash_of(key) if key else ""
    # What the owner asks for last holds, even if it is asked of a machine whose clock is slower.
    at = max(now, last.at + _TICK) if last else now
    applied = apply_facts(
        videos, video_id, SecretKeySet(at=at, key_hash=wanted), patience=patience, known=found
    )
    holds = existing(applied.video).secret_key
    if holds is None or holds.value != wanted:
        raise WriteConflict("The key was changed by another request at the same moment. Please try again.")
