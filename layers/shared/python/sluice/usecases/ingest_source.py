"""A source has arrived: probe it, then refuse it with a code or start the pipeline, once a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from sluice.domain.facts import Fact, Failed, ProcessingStarted, SourceProbed, SourceStored
from sluice.domain.keys import SourceAddress, source_key
from sluice.domain.media import MediaJob, SourceMedia, SourceVersion, media_facts, require_acceptable
from sluice.domain.media_errors import EncodingFailed, EncodingTimedOut, Refused, SourceChanged, SourceMissing
from sluice.domain.video import Status, Video
from sluice.events.media_work import MediaWork, payload
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.encode_media import Pipeline
from sluice.usecases.media_ports import Executions

_DAMAGED = "The file is damaged or incomplete."
_NAME_CHARACTERS = 24


class Ingested(StrEnum):
    """What became of an arrival."""

    STARTED = "started"
    REFUSED = "refused"
    REPEATED = "repeated"
    OUTDATED = "outdated"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the bucket told: an object was written under a source's key."""

    address: SourceAddress
    etag: str


def ingest_source(
    arrival: Arrival, *, pipeline: Pipeline, executions: Executions, longest: timedelta
) -> Ingested:
    """Take up an arrival. Doubled and late notices are recognised by the ETag and change nothing.

    Raises:
        NotFound: the video's row is not there yet; the queue brings the notice again.
        Unavailable, EncodingTimedOut: something does not answer, or not in time; likewise.
    """
    address = arrival.address
    key = source_key(address.owner_id, address.video_id)
    stored = pipeline.objects.head(key)
    if stored is None:
        return Ingested.GONE
    if stored.etag != arrival.etag:
        return Ingested.OUTDATED
    at = stored.stored_at
    known = _tell(arrival, [SourceStored(at=at, size_bytes=stored.size_bytes, etag=stored.etag)], pipeline)
    told = _already(known, stored.etag)
    if told is Ingested.GONE:
        pipeline.objects.delete([key])  # an upload's URL outlives its video, and the purge may have been
    if told:
        return told
    source = SourceVersion(key=key, etag=stored.etag, size_bytes=stored.size_bytes)
    try:
        media = _probed(source, pipeline, longest)
    except Refused as error:
        _tell(arrival, [Failed(at=at, code=error.code, message=error.message)], pipeline)
        return Ingested.REFUSED
    except (SourceChanged, SourceMissing):
        return Ingested.OUTDATED
    _tell(arrival, [SourceProbed(at=at, media=media_facts(media))], pipeline)
    job = MediaJob(video_id=address.video_id, source=source, media=media)
    reference = executions.start(execution_name(job), payload(MediaWork(job=job)))
    video = _tell(arrival, [ProcessingStarted(at=at, reference=reference)], pipeline)
    return Ingested.GONE if video.status is Status.DELETED else Ingested.STARTED


def execution_name(job: MediaJob) -> str:
    """One name for one version of one source: starting it twice starts nothing."""
    version = sha256(job.source.etag.encode()).hexdigest()[:_NAME_CHARACTERS]
    return f"{job.video_id}-{version}"


def _already(video: Video, etag: str) -> Ingested | None:
    if video.status is Status.DELETED:
        return Ingested.GONE
    if video.source is None or video.source.value.etag != etag:
        return Ingested.OUTDATED  # the first version of a source is the one that counts
    return Ingested.REPEATED if video.reference else None


def _probed(source: SourceVersion, pipeline: Pipeline, longest: timedelta) -> SourceMedia:
    try:
        media = pipeline.tools.probe(source)
    except EncodingTimedOut:
        raise  # the bucket may have been slow; the queue brings it again
    except EncodingFailed as error:
        raise Refused(_DAMAGED, code="broken_source") from error
    require_acceptable(media, longest_seconds=longest.total_seconds())
    return media


def _tell(arrival: Arrival, facts: Sequence[Fact], pipeline: Pipeline) -> Video:
    return apply_facts(pipeline.videos, arrival.address.video_id, *facts, patience=pipeline.patience).video
