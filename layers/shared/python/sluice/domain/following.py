"""Following a video as it changes: who may, and what of a change is worth telling in full."""

from dataclasses import replace
from hashlib import sha256

from sluice.domain.video import Status, Video


def may_follow(video: Video, user_id: str, key_hash: str | None) -> bool:  # noqa: ARG001 - keys come with sharing
    """Whether this user may hear of the video's changes: their own, or a public one."""
    return video.status is not Status.DELETED and (
        video.owner_id == user_id or video.visibility.value == "public"
    )


def standing(video: Video) -> str:
    """A short name for how the video stands, its progress aside: equal as long as only that has moved."""
    still = replace(video, heard_at=video.created_at, percent=None)
    return sha256(repr(still).encode(errors="backslashreplace")).hexdigest()[:16]
