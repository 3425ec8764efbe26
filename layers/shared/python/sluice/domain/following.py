"""Following a video as it changes: who may, and what of a change is worth telling in full."""

from dataclasses import replace
from hashlib import sha256
from hmac import compare_digest

from sluice.domain.video import Status, Video


def may_follow(video: Video, user_id: str, key_hash: str | None) -> bool:
    """Whether this user may hear of the video's changes: their own, a public one, or by its present key."""
    if video.status is Status.DELETED:
        return False
    key = video.secret_key.value if video.secret_key else ""
    return (
        video.owner_id == user_id
        or video.visibility.value == "public"
        or bool(key and key_hash and compare_digest(key, key_hash))
    )


def standing(video: Video) -> str:
    """A short name for how the video stands, its progress aside: equal as long as only that has moved."""
    still = replace(video, heard_at=video.created_at, percent=None, fetched_percent=None)
    return sha256(repr(still).encode(errors="backslashreplace")).hexdigest()[:16]
