"""Looking at media as a player does: which frames and packets come out of a file or a playlist, and when."""

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from sluice.adapters.ffmpeg.media import FfmpegMedia
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.hls import Segment, media_playlist
from sluice.domain.media import SourceMedia, SourceVersion
from sluice.domain.pieces import Kind, Plan, Task, plan

from local.binaries import find_ffmpeg, find_ffprobe

# No file is opened under this key; readers in tests know their file.
NOWHERE = SourceVersion(key="uploads/alice/vid_1/source", etag="e1", size_bytes=1)


def tools() -> Tools:
    return Tools(ffmpeg=find_ffmpeg(os.environ), ffprobe=find_ffprobe(os.environ), seconds=120)


class FileReader:
    """A source on disk, in place of the bucket; counts what is read of it."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()
        self.size_bytes = len(self._data)
        self.bytes_read = 0

    def read(self, start: int, end: int) -> bytes:
        self.bytes_read += end - start
        return self._data[start:end]


def media_of(file: Path) -> FfmpegMedia:
    """The media tools with ``file`` as the only source."""
    return FfmpegMedia(tools(), lambda _source: FileReader(file))


def build(
    file: Path, folder: Path, *, short_sides: Sequence[int] = (72, 48), may_copy: bool = True
) -> tuple[SourceMedia, Plan]:
    """Make everything of a source into ``folder``: objects, and a playlist a rendition."""
    ours = media_of(file)
    source = ours.probe(NOWHERE)
    made = plan(source, short_sides, may_copy=may_copy)
    renditions: dict[str, list[Segment]] = {}
    for task in (*made.first, *made.rest):
        if task.kind is not Kind.PICTURES:
            for name, segments in make(ours, source, task, folder).items():
                renditions.setdefault(name, []).extend(segments)
    for name, segments in renditions.items():
        (folder / f"{name}.m3u8").write_text(media_playlist(segments))
    return source, made


def make(ours: FfmpegMedia, source: SourceMedia, task: Task, folder: Path) -> dict[str, list[Segment]]:
    """One task's object into ``folder``; its renditions' segments."""
    uri = f"{task.name}.mp4"
    with ours.made(NOWHERE, source, task) as made:
        (folder / uri).write_bytes(made.file.read_bytes())
        return {track.name: track.as_segments(uri) for track in made.tracks}


def frame_times(file: Path, kind: str = "v") -> list[float]:
    """When each decoded frame (``v``) or block of samples (``a``) is shown, in seconds."""
    return _times(file, kind, "frame=pts_time")


def packet_times(file: Path, kind: str) -> list[float]:
    return _times(file, kind, "packet=pts_time")


def stream(file: Path, entries: str) -> dict[str, str]:
    """Values of the first video stream."""
    shown = ["-select_streams", "v:0", "-show_entries", f"stream={entries}", "-of", "default=nw=1"]
    return dict(line.split("=", 1) for line in _ffprobe(file, shown).splitlines())


def segment_seconds(playlist: Path) -> list[float]:
    return [float(found) for found in re.findall(r"#EXTINF:([\d.]+)", playlist.read_text())]


def _times(file: Path, kind: str, entries: str) -> list[float]:
    text = _ffprobe(file, ["-select_streams", kind, "-show_entries", entries, "-of", "csv=p=0"])
    return [float(value) for value in _cells(text) if value != "N/A"]


def _cells(text: str) -> Iterable[str]:
    return (line.split(",")[0] for line in text.splitlines() if line.strip(","))


def _ffprobe(file: Path, arguments: Sequence[str]) -> str:
    # Static builds crash on the host's character converters (sluice/adapters/ffmpeg/process.py).
    environment = {**os.environ, "GCONV_PATH": "/nonexistent"}
    playlist = ["-allowed_extensions", "ALL"] if file.suffix == ".m3u8" else []
    argv = [find_ffprobe(os.environ), "-v", "error", *playlist, *arguments, str(file)]
    return subprocess.run(argv, check=True, capture_output=True, text=True, env=environment).stdout
