"""Make one task's object and put it into the bucket; say how far the video has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sluice.domain.deadlines import Patience
from sluice.domain.facts import Fact, PicturesReady, ProgressMade
from sluice.domain.keys import hls_prefix, poster_key, sprite_key, storyboard_key
from sluice.domain.media import MediaJob
from sluice.domain.media_errors import EncodingFailed, VideoGone
from sluice.domain.pieces import Kind, Stage, Task, Workload, percent_done
from sluice.domain.storyboard import sprite, web_vtt
from sluice.domain.video import Status
from sluice.usecases.apply_facts import apply_facts
from sluice.usecases.media_ports import MediaTools, ObjectStore
from sluice.usecases.ports import VideoStore

# A hundred pieces that end at once would all write one row: each twentieth is written once.
_STEP_PERCENT = 5


class Done(StrEnum):
    """What became of a task."""

    MADE = "made"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """What every step of the pipeline works with."""

    tools: MediaTools
    objects: ObjectStore
    videos: VideoStore
    patience: Patience


def encode_media(job: MediaJob, task: Task, load: Workload, *, pipeline: Pipeline, now: datetime) -> Done:
    """Do ``task``. Doing it again, or twice at the same time, leaves the object that came first.

    Raises:
        VideoGone: the video was deleted; nothing of this task is left.
        NotStreamable: the source cannot be packaged as it is.
        EncodingFailed: ffmpeg could not do it. Missing pictures fail nothing: they are ``SKIPPED``.
    """
    require_alive(pipeline.videos, job.video_id)
    if task.kind is Kind.PICTURES:
        try:
            facts = _make_pictures(job, pipeline, now)
        except EncodingFailed:
            return Done.SKIPPED
        keys = [poster_key(job.video_id), sprite_key(job.video_id), storyboard_key(job.video_id)]
    else:
        keys = [f"{hls_prefix(job.video_id)}{task.name}.mp4"]
        # Playlists hold byte offsets, and encoding twice gives other bytes: what is there is not replaced.
        if pipeline.objects.head(keys[0]) is None:
            with pipeline.tools.made(job.source, job.media, task) as made:
                pipeline.objects.put_once(keys[0], made.file, content_type="video/mp4")
        facts = _progress(job, task, load, pipeline.objects, now)
    try:
        _tell(job, facts, pipeline)
    except VideoGone:
        # Deletion may have listed the video's objects just before these were written.
        pipeline.objects.delete(keys)
        raise
    return Done.MADE


def require_alive(videos: VideoStore, video_id: str) -> None:
    """Raises ``VideoGone`` for a video that was deleted or cancelled."""
    found = videos.find(video_id)
    if found is None or found.video.status is Status.DELETED:
        raise VideoGone("The video was deleted.")


def _tell(job: MediaJob, facts: list[Fact], pipeline: Pipeline) -> None:
    if facts:
        apply_facts(pipeline.videos, job.video_id, *facts, patience=pipeline.patience)
    require_alive(pipeline.videos, job.video_id)


def _progress(job: MediaJob, task: Task, load: Workload, objects: ObjectStore, now: datetime) -> list[Fact]:
    """How far it is, by the objects that exist: that needs no counter, and repeating a step counts once."""
    prefix = hls_prefix(job.video_id)
    names = [key.removeprefix(prefix) for key in objects.names(prefix)]
    first = sum(name.startswith(f"{Stage.FIRST}-") for name in names)
    rest = sum(name.startswith(f"{Stage.REST}-") for name in names)
    before = (first - 1, rest) if task.stage is Stage.FIRST else (first, rest - 1)
    percent = percent_done(load, first=first, rest=rest)
    if percent // _STEP_PERCENT == percent_done(load, first=before[0], rest=before[1]) // _STEP_PERCENT:
        return []
    return [ProgressMade(at=now, percent=percent)]


def _make_pictures(job: MediaJob, pipeline: Pipeline, now: datetime) -> list[Fact]:
    width, height = job.media.video.display_size
    layout = sprite(job.media.duration_seconds, width, height)
    poster, storyboard = poster_key(job.video_id), storyboard_key(job.video_id)
    image = sprite_key(job.video_id)
    cues = web_vtt(layout, job.media.duration_seconds, image.rsplit("/", 1)[1])
    with pipeline.tools.stills(job.source, job.media, layout) as stills:
        pipeline.objects.put(poster, stills.poster, content_type="image/jpeg")
        pipeline.objects.put(image, stills.sprite, content_type="image/jpeg")
        pipeline.objects.put(storyboard, cues.encode(), content_type="text/vtt")
    return [PicturesReady(at=now, poster=poster, storyboard=storyboard)]
