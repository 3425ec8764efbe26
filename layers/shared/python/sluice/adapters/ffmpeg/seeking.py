"""What a piece must ask its source: where to begin reading, where the next one begins, is there anything."""

from pathlib import Path

from sluice.adapters.ffmpeg.process import ToolFailed
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.ladder import output_frame_rate
from sluice.domain.media import SourceMedia
from sluice.domain.pieces import Task

# How far before a piece a keyframe is looked for where the container has no list of them.
_STEPS_BACK_SECONDS = (2, 12, 60)
# How long a picture may stand still before the next frame, in a source without a frame rate.
_STILLS_SECONDS = (2, 60)


def reading_start(tools: Tools, url: str, media: SourceMedia, start_seconds: float, folder: Path) -> float:
    """Where to seek to so that decoding has begun by ``start_seconds``; 0 reads from the beginning."""
    if start_seconds <= 0 or media.indexed:
        return start_seconds
    for step in _STEPS_BACK_SECONDS:
        begin = start_seconds - step
        if begin <= 0:
            break
        found = _packets(tools, url, media, (begin, start_seconds), folder)
        if any(key and at <= start_seconds for at, key in found):
            return begin
    return 0.0


def reading_stop(
    tools: Tools, url: str, media: SourceMedia, end_seconds: float | None, folder: Path
) -> float | None:
    """Just behind the first frame at or after ``end_seconds``.

    That frame is encoded too and thrown away: it tells how long the one before it is shown, and so
    lets the next piece follow without a gap, also where frames come at uneven distances.
    """
    if end_seconds is None:
        return None
    rate = output_frame_rate(media.video)
    usual = end_seconds + 1.5 / float(rate or media.video.frame_rate)
    if rate is not None or not media.video.variable_frame_rate:
        return usual
    for still in _STILLS_SECONDS:
        found = _packets(tools, url, media, (end_seconds, end_seconds + still), folder)
        after = [at for at, _ in found if at >= end_seconds - 1e-6]
        if after:
            return min(after) + 0.0005
    return usual


def any_picture(tools: Tools, url: str, media: SourceMedia, task: Task, folder: Path) -> bool:
    """Whether ffprobe can decode a picture of a piece; raises ``EncodingFailed`` if it cannot say."""
    begin = task.start_seconds + media.start_seconds
    end = f"{task.end_seconds + media.start_seconds:.6f}" if task.end_seconds else ""
    shown = ["-select_streams", "v:0", "-show_entries", "frame=pts_time", "-of", "csv=p=0"]
    answer = tools.probe(url, [*shown, "-read_intervals", f"{begin:.6f}%{end}"], folder=folder)
    return bool(answer.strip())


def _packets(
    tools: Tools, url: str, media: SourceMedia, interval: tuple[float, float], folder: Path
) -> list[tuple[float, bool]]:
    """Time and whether it is a keyframe of each picture found between two moments, or just before them."""
    begin, end = (moment + media.start_seconds for moment in interval)
    shown = ["-select_streams", "v:0", "-show_entries", "packet=pts_time,flags", "-of", "csv=p=0"]
    try:
        answer = tools.probe(url, [*shown, "-read_intervals", f"{begin:.6f}%{end:.6f}"], folder=folder)
    except ToolFailed:
        return []  # it cannot be read from there
    rows = [row.split(",") for row in answer.decode().splitlines() if row.count(",")]
    return [(float(at) - media.start_seconds, "K" in flags) for at, flags, *_ in rows if at != "N/A"]
