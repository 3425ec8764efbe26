"""How a video of our own bucket is really doing: the object and the execution, not what was heard of them."""

from collections.abc import Sequence
from datetime import datetime

from sluice.adapters.s3.uploads import S3Uploads
from sluice.domain.facts import Fact, Failed, LadderCompleted, ProcessingStarted
from sluice.domain.video import Status, Video
from sluice.usecases.provider_ports import ExecutionOutcome, ExecutionWatch


class S3Watch:
    """``ProviderWatch`` for provider ``s3``."""

    def __init__(self, uploads: S3Uploads, executions: ExecutionWatch) -> None:
        self._uploads = uploads
        self._executions = executions

    def look(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """A source that has arrived, an execution that still runs, or one that ended without a word."""
        if video.status is Status.UPLOADING or video.fetches:
            return self._uploads.look(video)
        if video.reference is None:
            return ()
        outcome, ended_at = self._executions.outcome(video.reference.value)
        if outcome is ExecutionOutcome.RUNNING:
            return (ProcessingStarted(at=now),)
        if outcome is ExecutionOutcome.FAILED and video.status is Status.READY:
            # What plays goes on playing; it only grows no more.
            return (LadderCompleted(at=ended_at or now),)
        if outcome is ExecutionOutcome.FAILED:
            text = "The video could not be processed."
            return (Failed(at=ended_at or now, code="processing_failed", message=text),)
        return ()
