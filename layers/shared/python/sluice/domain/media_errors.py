"""What can go wrong between a source and its renditions.

The names are also what the state machine matches in ``Retry`` and ``Catch`` (statemachines/media.asl.json).
"""

from sluice.domain.errors import Conflict, Invalid, NotFound, SluiceError, Unavailable


class Refused(Invalid):
    """The source is not something that we take; ``code`` says why."""

    code = "not_a_video"


class EncodingFailed(SluiceError):
    """ffmpeg could not do it; a second attempt may be luckier, a third will not."""

    code = "processing_failed"


class EncodingTimedOut(EncodingFailed):
    """ffmpeg was stopped at its time limit."""

    code = "processing_timed_out"


class NotStreamable(SluiceError):
    """Looked like a source that can be packaged as it is, and turned out not to be one."""

    code = "not_streamable"


class SourceChanged(Conflict):
    """The object is no longer the one that was probed."""

    code = "source_changed"


class SourceMissing(NotFound):
    """The source is gone from the bucket."""

    code = "source_missing"


class VideoGone(NotFound):
    """The video was deleted meanwhile: nothing of it may be made any more."""

    code = "video_deleted"


class StorageUnavailable(Unavailable):
    """S3 does not answer, or says later."""

    code = "storage_unavailable"
