"""What an owner is told of a deletion."""

from sluice.domain.deletion import Receipt
from sluice.domain.errors import Conflict, Forbidden, NotFound
from sluice.domain.identity import Caller
from sluice.domain.ids import is_video_id
from sluice.domain.video import Status
from sluice.usecases.deletion_ports import Receipts
from sluice.usecases.ports import VideoStore


def read_receipt(video_id: str, caller: Caller, *, videos: VideoStore, receipts: Receipts) -> Receipt:
    """The receipt as far as it has been written; without steps until the first look.

    Raises:
        NotFound: there was no such video of the caller's, or it is too long ago.
        Forbidden: it is somebody else's, and there.
        Conflict: it is the caller's, and there (code ``not_deleted``).
    """
    found = videos.find(video_id) if is_video_id(video_id) else None
    video = found.video if found else None
    is_own = video is not None and video.owner_id == caller.user_id
    if video is None or (video.deleted_at and not is_own):
        raise NotFound("There is no such video.", code="video_not_found")
    if not is_own:
        raise Forbidden("This video belongs to somebody else.")
    if video.status is not Status.DELETED or video.deleted_at is None:
        raise Conflict("The video has not been deleted.", code="not_deleted")
    written = receipts.find(video_id)
    return written[0] if written else Receipt(video_id=video_id, requested_at=video.deleted_at)
