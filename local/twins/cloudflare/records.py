"""Videos of the Cloudflare twin: how one begins, what is shown of it, what it takes of the account's
quota.
"""

import secrets
import time

from local.twins.cloudflare.envelope import OVER_QUOTA, TOO_MANY, not_found
from local.twins.cloudflare.settings_of_video import LONGEST_VIDEO_SECONDS, iso
from local.twins.core import Core
from local.twins.refusals import Doc, Refused

BUSY_STATES = ("downloading", "queued", "inprogress")
MOST_AT_ONCE = 120
_SHOWN = (
    "uid",
    "status",
    "readyToStream",
    "readyToStreamAt",
    "duration",
    "input",
    "size",
    "playback",
    "thumbnail",
    "preview",
    "thumbnailTimestampPct",
    "requireSignedURLs",
    "allowedOrigins",
    "creator",
    "meta",
    "created",
    "modified",
    "uploaded",
    "uploadExpiry",
    "maxDurationSeconds",
    "maxSizeBytes",
    "scheduledDeletion",
    "watermark",
    "liveInput",
    "clippedFrom",
    "publicDetails",
)


def new_video(core: Core, settings: Doc, *, state: str, expires_at: float | None) -> Doc:
    """A stored video of which nothing is known yet.

    Raises:
        Refused: 413 beyond the quota, 429 with too many videos in work.
    """
    limit = settings.get("maxDurationSeconds") or LONGEST_VIDEO_SECONDS
    check_room(core, limit)
    now = iso(time.time())
    video: Doc = {
        "uid": secrets.token_hex(16),
        "status": status(state),
        "readyToStream": False,
        "readyToStreamAt": None,
        "duration": -1,
        "input": {"width": -1, "height": -1},
        "size": 0,
        "thumbnailTimestampPct": 0,
        "requireSignedURLs": False,
        "allowedOrigins": [],
        "creator": None,
        "meta": {},
        "created": now,
        "modified": now,
        "uploaded": None,
        "uploadExpiry": None if expires_at is None else iso(expires_at),
        "maxSizeBytes": None,
        "maxDurationSeconds": None,
        "scheduledDeletion": None,
        "watermark": None,
        "liveInput": None,
        "clippedFrom": None,
        "publicDetails": None,
        **settings,
        "expires_at": expires_at,
    }
    core.store.put("video", video["uid"], video)
    return video


def status(
    state: str, *, step: str | None = None, percent: float | None = None, error: tuple[str, str] = ("", "")
) -> Doc:
    """The ``status`` object. ``pctComplete`` is text."""
    shown: Doc = {"state": state, "errorReasonCode": error[0], "errorReasonText": error[1]}
    if step is not None:
        shown["step"] = step
    if percent is not None:
        shown["pctComplete"] = f"{percent:.6f}"
    return shown


def view(video: Doc) -> Doc:
    """As the API and the webhook show it."""
    return {name: video[name] for name in _SHOWN if name in video}


def change(core: Core, uid: str, **changes: object) -> Doc | None:
    """Write some fields and the time of the change; the video as it is now, None if it was deleted."""
    video = core.store.get("video", uid)
    if video is None:
        return None
    video |= {**changes, "modified": iso(time.time())}
    core.store.put("video", uid, video)
    return video


def found(core: Core, uid: str) -> Doc:
    """One video.

    Raises:
        Refused: 404.
    """
    video = core.store.get("video", uid)
    if video is None:
        raise not_found("video")
    return video


def used_minutes(core: Core) -> float:
    """Minutes taken: real durations, and what is reserved for uploads that may still come."""
    seconds = 0.0
    for video in core.store.each("video"):
        state = video["status"]["state"]
        if state == "ready":
            seconds += video["duration"]
        elif state in BUSY_STATES or (state == "pendingupload" and video["expires_at"] > time.time()):
            seconds += video["maxDurationSeconds"] or LONGEST_VIDEO_SECONDS
    return seconds / 60


def quota(core: Core) -> int:
    """The account's minutes."""
    kept = core.store.get("account", "quota")
    return 1000 if kept is None else int(kept["minutes"])


def check_room(core: Core, seconds: float) -> None:
    """Raises: Refused: 413 or 429."""
    if used_minutes(core) + seconds / 60 > quota(core):
        raise Refused(413, OVER_QUOTA, "The account's storage quota does not allow this.")
    busy = sum(1 for video in core.store.each("video") if video["status"]["state"] in BUSY_STATES)
    if busy >= MOST_AT_ONCE:
        raise Refused(429, TOO_MANY, "Too many videos are queued or being encoded.")
