"""Read a video for somebody: theirs, open to them, or to their key; and nothing at all of what is deleted."""

from sluice.domain.errors import Conflict, Forbidden, NotFound, Unauthenticated
from sluice.domain.identity import Caller
from sluice.domain.ids import is_video_id
from sluice.domain.secret_keys import opens
from sluice.domain.video import Status, Video
from sluice.usecases.ports import Versioned, VideoStore


def find_owned(videos: VideoStore, video_id: str, caller: Caller) -> Versioned:
    """The caller's own video.

    Raises:
        NotFound: it does not exist, or no longer does.
        Forbidden: it is somebody else's.
    """
    found = _find(videos, video_id)
    if found.video.owner_id != caller.user_id:
        raise Forbidden("This video belongs to somebody else.")
    return found


def find_owned_by_playback_id(
    videos: VideoStore, provider: str, playback_id: str, caller: Caller
) -> Versioned:
    """The caller's own video by what its provider plays it by. Raises as ``find_owned``."""
    kinds = ("playback", "playback_public")
    linked = (videos.linked(provider, kind, playback_id) for kind in kinds)
    return find_owned(videos, next(filter(None, linked), ""), caller)


def find_by_key(videos: VideoStore, video_id: str, key: str) -> Versioned:
    """The video, for whoever brings its secret key, signed in or not.

    Raises:
        Forbidden: the key does not open it; the same, in the same time, if it does not exist.
    """
    found = videos.find(video_id) if is_video_id(video_id) else None
    if not opens(key, found.video if found else None) or found is None:
        raise Forbidden("This key does not open the video.", code="wrong_key")
    return found


def find_downloadable(
    videos: VideoStore, video_id: str, caller: Caller | None, *, key: str = ""
) -> Versioned:
    """A video that the caller may keep: their own, or the one that their key opens.

    Raises:
        Unauthenticated: neither a caller nor a key.
        NotFound, Forbidden: as ``find_owned`` and ``find_by_key``.
    """
    if key:
        return find_by_key(videos, video_id, key)
    if caller is None:
        raise _sign_in()
    return find_owned(videos, video_id, caller)


def find_viewable(videos: VideoStore, video_id: str, caller: Caller | None, *, key: str = "") -> Versioned:
    """A video that the caller may watch: their own, a public one, or the one that their key opens.

    Where there is a key (an empty one is none), it alone decides.

    Raises:
        Unauthenticated: nobody is signed in and it is not public; the same if it does not exist.
        NotFound, Forbidden: as ``find_owned`` and ``find_by_key``.
    """
    if key:
        return find_by_key(videos, video_id, key)
    try:
        found = _find(videos, video_id)
    except NotFound:
        if caller is None:
            raise _sign_in() from None
        raise
    if found.video.visibility.value == "public" or (caller and found.video.owner_id == caller.user_id):
        return found
    if caller is None:
        raise _sign_in()
    raise Forbidden("This video belongs to somebody else.")


def existing(video: Video) -> Video:
    """The video, if it has not been deleted, be it between reading and writing it.

    Raises:
        NotFound: it was.
    """
    if video.status is Status.DELETED:
        raise _not_found()
    return video


def ready(video: Video) -> Video:
    """The video, if it can be played.

    Raises:
        Conflict: not yet, or not at all (code ``video_not_ready``).
    """
    if video.status is not Status.READY:
        raise Conflict(f"The video cannot be played: it is {_WORDS[video.status]}.", code="video_not_ready")
    return video


_WORDS = {
    Status.UPLOADING: "still being uploaded",
    Status.PROCESSING: "still being processed",
    Status.ERROR: "not usable",
    Status.DELETED: "deleted",
}


def _find(videos: VideoStore, video_id: str) -> Versioned:
    # The table answers a key that is too long with an error of its own.
    found = videos.find(video_id) if is_video_id(video_id) else None
    if found is None:
        raise _not_found()
    existing(found.video)
    return found


def _not_found() -> NotFound:
    return NotFound("There is no such video.", code="video_not_found")


def _sign_in() -> Unauthenticated:
    return Unauthenticated("Please sign in: this video is not public.")
