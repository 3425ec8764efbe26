"""The media tools as the use cases know them: probe a source, make one task's object, make the pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sluice.adapters.ffmpeg import pictures
from sluice.adapters.ffmpeg.assemble import Part, assemble
from sluice.adapters.ffmpeg.filters import piece_graph
from sluice.adapters.ffmpeg.outputs import copied_video, encoded_video, written_audio
from sluice.adapters.ffmpeg.probe import probe
from sluice.adapters.ffmpeg.process import ToolFailed, private_folder
from sluice.adapters.ffmpeg.sandbox import decoding_options
from sluice.adapters.ffmpeg.seeking import any_picture, reading_start, reading_stop
from sluice.adapters.ffmpeg.source_server import CachedSource, RangeReader, served
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.fragments import Unreadable
from sluice.domain.hls import AUDIO_PLAYLIST
from sluice.domain.ladder import audio_copyable
from sluice.domain.made import MadeTrack
from sluice.domain.media import SourceMedia, SourceVersion
from sluice.domain.media_errors import EncodingFailed, NotStreamable
from sluice.domain.pieces import GOP_SECONDS, Kind, Task, keyframe_times
from sluice.domain.storyboard import Sprite
from sluice.usecases.media_ports import Made, Stills

_UNPACKED = "The video cannot be played as it is."
# A packaged source may differ this much from what its container said about its length.
_LENGTH_SLACK_SECONDS = 1.0
_LONGEST_COPIED_SEGMENT_SECONDS = 20.0


class FfmpegMedia:
    """ffmpeg behind the ports. ``open_source`` gives a reader pinned to one version of a source."""

    def __init__(self, tools: Tools, open_source: Callable[[SourceVersion], RangeReader]) -> None:
        self._tools = tools
        self._open = open_source

    def probe(self, source: SourceVersion) -> SourceMedia:
        """See ``adapters/ffmpeg/probe.py`` for what it raises."""
        return probe(self._tools, self._open(source))

    @contextmanager
    def made(self, source: SourceVersion, media: SourceMedia, task: Task) -> Iterator[Made]:
        """The object of a package, piece or audio task, on disk while the block runs.

        Raises:
            NotStreamable: a source that should be packaged turned out not to be fit for it.
            EncodingFailed: ffmpeg could not do it.
            SluiceError: whatever reading the source raised.
        """
        with private_folder() as folder:
            with served(CachedSource(self._open(source))) as url:
                tracks = self._make(url, media, task, folder)
            yield Made(folder / "object", tracks)

    @contextmanager
    def stills(self, source: SourceVersion, media: SourceMedia, layout: Sprite) -> Iterator[Stills]:
        """Poster and storyboard sprite, on disk while the block runs; raises as ``made`` does."""
        with private_folder() as folder:
            with served(CachedSource(self._open(source))) as url:
                poster = pictures.poster(self._tools, url, media, folder)
                sprite = pictures.storyboard(self._tools, url, media, layout, folder)
            yield Stills(poster, sprite)

    def _make(self, url: str, media: SourceMedia, task: Task, folder: Path) -> list[MadeTrack]:
        match task.kind:
            case Kind.PACKAGE:
                return self._package(url, media, task, folder)
            case Kind.PIECE:
                return self._piece(url, media, task, folder)
            case Kind.AUDIO:
                return self._audio(url, media, folder)
            case Kind.PICTURES:
                raise AssertionError("pictures are no object of media")

    def _package(self, url: str, media: SourceMedia, task: Task, folder: Path) -> list[MadeTrack]:
        parts = [Part(task.rungs[0].name, folder / "video")]
        arguments = [*_reading(url, media), *copied_video("video")]
        if media.audio:
            parts.append(Part(AUDIO_PLAYLIST, folder / "audio"))
            arguments += written_audio(media.audio, "audio", copy=audio_copyable(media))
        arguments += ["-map", "0:v:0", "-frames:v", "1", "-f", "framecrc", "decoded"]
        try:
            self._tools.encode(arguments, folder=folder)
            _require_decoded(folder / "decoded")
            tracks = assemble(parts, folder / "object", end_seconds=None)
        except (ToolFailed, Unreadable) as error:
            raise NotStreamable(_UNPACKED) from error
        _require_even(tracks, media)
        return tracks

    def _piece(self, url: str, media: SourceMedia, task: Task, folder: Path) -> list[MadeTrack]:
        begin = reading_start(self._tools, url, media, task.start_seconds, folder)
        stop = reading_stop(self._tools, url, media, task.end_seconds, folder)
        last = task.end_seconds or media.duration_seconds + GOP_SECONDS
        keyframes = keyframe_times(task.start_seconds, last)
        graph = piece_graph(media.video, task.rungs, start_seconds=task.start_seconds, stop_seconds=stop)
        arguments = [*_reading(url, media, begin), "-filter_complex", graph]
        for number, rung in enumerate(task.rungs):
            arguments += encoded_video(f"v{number}", media.video, rung, keyframes, f"v{number}")
        try:
            self._tools.encode(arguments, folder=folder)
        except ToolFailed:
            # It also ends so when not one picture could be decoded: then there is nothing to make here.
            # That must be seen, not guessed, or a passing failure would leave a hole for ever.
            if any_picture(self._tools, url, media, task, folder):
                raise
        parts = [Part(rung.name, folder / f"v{number}") for number, rung in enumerate(task.rungs)]
        return _assembled(parts, folder, task.end_seconds)

    def _audio(self, url: str, media: SourceMedia, folder: Path) -> list[MadeTrack]:
        if media.audio is None:
            raise AssertionError("an audio task for a source without sound")
        arguments = [*_reading(url, media), *written_audio(media.audio, "audio", copy=audio_copyable(media))]
        self._tools.encode(arguments, folder=folder)
        return _assembled([Part(AUDIO_PLAYLIST, folder / "audio")], folder, None)


def _reading(url: str, media: SourceMedia, begin_seconds: float = 0.0) -> list[str]:
    """Options that open the source with its own clock, moved so that the probed start is zero.

    Not by ``-start_at_zero``: that looks at the tracks that a run uses, and sound and pictures are
    made in different runs. Seeking is left inexact on purpose: it ends at a keyframe, and the filter
    graph takes it from there.
    """
    seek = ["-noaccurate_seek", "-ss", f"{begin_seconds:.6f}"] if begin_seconds > 0 else []
    clock = ["-copyts", "-itsoffset", f"{-media.start_seconds:.6f}"]
    return [*clock, *seek, *decoding_options(), "-i", url]


def _assembled(parts: list[Part], folder: Path, end_seconds: float | None) -> list[MadeTrack]:
    try:
        return assemble(parts, folder / "object", end_seconds=end_seconds)
    except Unreadable as error:
        raise EncodingFailed("The video could not be processed.") from error


def _require_decoded(checksums: Path) -> None:
    """Hold a packaged source to one picture at least that can be decoded: copying looks into none."""
    if not any(line and not line.startswith("#") for line in checksums.read_text().splitlines()):
        raise NotStreamable(_UNPACKED)


def _require_even(tracks: list[MadeTrack], media: SourceMedia) -> None:
    """Hold a packaged source to what its probe promised; the probe saw only a sample of it."""
    video = [seconds for _, _, seconds in tracks[0].segments] if tracks else []
    whole = sum(video) >= media.duration_seconds * 0.95 - _LENGTH_SLACK_SECONDS
    if not video or not whole or max(video) > _LONGEST_COPIED_SEGMENT_SECONDS:
        raise NotStreamable(_UNPACKED)
