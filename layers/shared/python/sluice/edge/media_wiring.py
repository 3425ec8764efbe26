"""The composition root of the media functions alone: only they carry ffmpeg."""

from functools import cache

from sluice.adapters.ffmpeg.media import FfmpegMedia
from sluice.adapters.ffmpeg.tools import Tools
from sluice.adapters.s3.objects import PinnedSource, S3Objects
from sluice.edge import clients, wiring
from sluice.edge.settings import settings
from sluice.usecases.encode_media import Pipeline


@cache
def pipeline() -> Pipeline:
    """What every step of the pipeline works with."""
    ours = settings()
    objects = S3Objects(clients.s3(), ours.media_bucket)
    tools = FfmpegMedia(
        Tools(ffmpeg=ours.ffmpeg, ffprobe=ours.ffprobe), lambda source: PinnedSource(objects, source)
    )
    return Pipeline(tools=tools, objects=objects, videos=wiring.videos(), patience=wiring.patience)
