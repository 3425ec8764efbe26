"""A stage is done: write the playlists over what it made, and say what can be played."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sluice.domain.facts import Fact, Failed, LadderCompleted, PlaybackReady, RenditionReady
from sluice.domain.hls import (
    AUDIO_PLAYLIST,
    Segment,
    Sound,
    Variant,
    average_bps,
    media_playlist,
    multivariant_playlist,
)
from sluice.domain.keys import hls_prefix
from sluice.domain.ladder import Rung, output_frame_rate
from sluice.domain.made import TAIL_BYTES, index_length, read_index
from sluice.domain.media import MediaJob
from sluice.domain.media_errors import VideoGone
from sluice.domain.media_facts import Rendition
from sluice.domain.pieces import Kind, Plan, Stage, Task
from sluice.domain.video import Status
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.encode_media import Pipeline, require_alive
from sluice.usecases.media_ports import ObjectStore

_PLAYLIST = "application/vnd.apple.mpegurl"
_NO_PICTURES = "No pictures could be read from the file."

# What people are told of a failure, by the name of the error that the state machine caught.
_TOLD = {
    "SourceChanged": ("source_changed", "The file was replaced while it was being processed."),
    "SourceMissing": ("source_missing", "The file was removed before it could be processed."),
    "EncodingTimedOut": ("processing_timed_out", "Processing the video took too long."),
    "Sandbox.Timedout": ("processing_timed_out", "Processing the video took too long."),
    "States.Timeout": ("processing_timed_out", "Processing the video took too long."),
}
_FAILED = ("processing_failed", "The video could not be processed.")

type Contents = dict[str, tuple[str, list[Segment]]]


def finish_stage(job: MediaJob, plan: Plan, stage: Stage, *, pipeline: Pipeline, now: datetime) -> bool:
    """Publish the renditions of ``stage``; whether the video can be played. Repeating it changes nothing.

    Raises:
        VideoGone: the video was deleted.
        StorageUnavailable: and other errors of the bucket.
    """
    require_alive(pipeline.videos, job.video_id)
    tasks = plan.first if stage is Stage.FIRST else plan.first + plan.rest
    contents = _contents(job.video_id, tasks, pipeline.objects)
    variants = _variants(job, plan.rungs(stage), contents)
    if not variants:
        failed = Failed(at=now, code="broken_source", message=_NO_PICTURES)
        return _tell(job, [failed], pipeline) is Status.READY
    fresh = {rung.name for task in (plan.first if stage is Stage.FIRST else plan.rest) for rung in task.rungs}
    written = {name: segments for name, (_, segments) in contents.items() if segments}
    if stage is Stage.REST:
        written = {name: segments for name, segments in written.items() if name in fresh}
    prefix = hls_prefix(job.video_id)
    for name, segments in written.items():
        text = media_playlist(segments)
        pipeline.objects.put(f"{prefix}{name}.m3u8", text.encode(), content_type=_PLAYLIST)
    if written:
        text = multivariant_playlist(variants, _sound(job, contents))
        pipeline.objects.put(f"{prefix}index.m3u8", text.encode(), content_type=_PLAYLIST)
    ready: list[Fact] = [
        RenditionReady(at=now, rendition=_rendition(one)) for one in variants if one.name in fresh
    ]
    last = PlaybackReady(at=now) if stage is Stage.FIRST else LadderCompleted(at=now)
    told = _tell(job, [*ready, last], pipeline)
    if told is Status.DELETED:
        # Deletion may have listed the video's objects just before these were written.
        pipeline.objects.delete([f"{prefix}{name}.m3u8" for name in (*written, "index")])
        raise VideoGone("The video was deleted.")
    return told is Status.READY


def settle_failure(job: MediaJob, error: str, *, pipeline: Pipeline, now: datetime) -> bool:
    """Something failed for good. What can be played stays playable and is complete; else the video failed.

    ``error`` is the name under which the state machine caught it; its text never goes to people.
    """
    found = pipeline.videos.find(job.video_id)
    if found is None or found.video.status is Status.DELETED:
        return False
    if found.video.first_ready_at:
        return _tell(job, [LadderCompleted(at=now)], pipeline) is Status.READY
    code, message = _TOLD.get(error, _FAILED)
    return _tell(job, [Failed(at=now, code=code, message=message)], pipeline) is Status.READY


def _tell(job: MediaJob, facts: Sequence[Fact], pipeline: Pipeline) -> Status:
    return apply_facts(pipeline.videos, job.video_id, *facts, patience=pipeline.patience).video.status


def _contents(video_id: str, tasks: Iterable[Task], objects: ObjectStore) -> Contents:
    """Codec and segments of every rendition, from the indices at the ends of the objects."""
    found: Contents = {}
    for task in tasks:
        if task.kind is Kind.PICTURES:
            continue
        uri = f"{task.name}.mp4"
        key = hls_prefix(video_id) + uri
        tail = objects.read_tail(key, TAIL_BYTES)
        if index_length(tail) > len(tail):
            tail = objects.read_tail(key, index_length(tail))
        for track in read_index(tail):
            segments = found.setdefault(track.name, (track.codec, []))[1]
            segments += track.as_segments(uri)
    return found


def _variants(job: MediaJob, rungs: Sequence[Rung], contents: Contents) -> list[Variant]:
    rate = float(output_frame_rate(job.media.video) or job.media.video.frame_rate)
    return [
        Variant(
            name=rung.name,
            width=rung.width,
            height=rung.height,
            frame_rate=rate,
            codec=contents[rung.name][0],
            segments=contents[rung.name][1],
        )
        for rung in rungs
        if rung.name in contents and contents[rung.name][1]
    ]


def _sound(job: MediaJob, contents: Contents) -> Sound | None:
    codec, segments = contents.get(AUDIO_PLAYLIST, ("", []))
    if job.media.audio is None or not segments:
        return None
    return Sound(codec=codec, channels=min(job.media.audio.channels, 2), segments=segments)


def _rendition(variant: Variant) -> Rendition:
    return Rendition(
        name=variant.name,
        width=variant.width,
        height=variant.height,
        bitrate_bps=average_bps(variant.segments),
    )
