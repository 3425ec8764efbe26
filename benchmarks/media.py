"""P9 to P12: what a ladder costs, how long its longest path is, how soon a video plays; and the dollars.

    python -m benchmarks.media [seconds]

The baseline is three runs of ffmpeg, one a rendition, as a guide to self-made HLS would have it: the
source decoded and the sound encoded three times, one after the other, nothing to play until the end.
Ours are the very tasks that the functions run, each alone on the machine, as each has a function of
its own; a path is the probe, the slowest task of each stage, and no queue or state machine between
them. The source is 1080p H.264 with moving detail and grain, made here.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from subprocess import PIPE, run
from tempfile import TemporaryDirectory

from sluice.adapters.ffmpeg.media import FfmpegMedia
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.hls import AUDIO_PLAYLIST, Segment, media_playlist
from sluice.domain.media import SourceVersion
from sluice.domain.pieces import Kind, Plan, Stage, plan

from benchmarks.cost import MINUTE, upload_cost_rows
from benchmarks.table import Row, show
from local.binaries import find_ffmpeg, find_ffprobe

_SECONDS = 36
_RATE = 24
_LADDER = (1080, 720, 480)
_NAIVE = (("1080p", "1920:1080", "5000k"), ("720p", "1280:720", "3000k"), ("480p", "854:480", "1500k"))
_SOURCE = SourceVersion(key="uploads/bench/vid_bench/source", etag="bench", size_bytes=0)


@dataclass
class Cost:
    """What something took, in seconds."""

    wall: float = 0.0
    processor: float = 0.0


@dataclass
class Run:
    """One way through the pipeline: costs by task, and where its playlists are.

    ``minute`` is what the plan would be if the source took a minute.
    """

    plan: Plan
    minute: Plan
    probe: Cost
    folder: Path
    tasks: dict[str, Cost] = field(default_factory=dict)

    @property
    def processor(self) -> float:
        return self.probe.processor + sum(cost.processor for cost in self.tasks.values())

    def path(self, stage: Stage) -> float:
        """Seconds until ``stage`` is done, if everything that can run at the same time does."""
        reached = [self.plan.first] if stage is Stage.FIRST else [self.plan.first, self.plan.rest]
        slowest = [max((self.tasks[task.name].wall for task in tasks), default=0.0) for tasks in reached]
        return self.probe.wall + sum(slowest)


def media(seconds: int = _SECONDS) -> list[Row]:
    """Measure, and say how it went."""
    with TemporaryDirectory(prefix="sluice-bench-") as name:
        folder = Path(name)
        source = _source(folder, seconds)
        naive = Cost()
        # In turns, so that whatever else the machine does meets both alike.
        _naive_run(source, folder, naive, 0)
        copied = _ours(source, folder / "copied", may_copy=True)
        _naive_run(source, folder, naive, 1)
        encoded = _ours(source, folder / "encoded", may_copy=False)
        _naive_run(source, folder, naive, 2)
        return [
            *_costs(naive, copied, encoded),
            *_losses(source, folder, encoded, seconds),
            *upload_cost_rows(
                naive=naive.processor * MINUTE / seconds,
                encoded=(encoded.minute, encoded.processor * MINUTE / seconds),
                copied=(copied.minute, copied.processor * MINUTE / seconds),
            ),
        ]


def _costs(naive: Cost, copied: Run, encoded: Run) -> list[Row]:
    def row(key: str, what: str, ours: float, baseline: float, limit: float) -> Row:
        return Row(key=key, what=what, ours=ours, baseline=baseline, unit="s", limit=limit)

    wall = naive.wall
    return [
        row("P9", "processor time: ladder ÷ three runs", encoded.processor, naive.processor, 0.80),
        row("P9", "processor time: streamable source ÷ three runs", copied.processor, naive.processor, 0.45),
        row("P10", "longest path of the whole ladder ÷ three runs", encoded.path(Stage.REST), wall, 0.12),
        row("P11", "first playable: streamable source ÷ three runs", copied.path(Stage.FIRST), wall, 0.02),
        row("P11", "first playable: any other source ÷ three runs", encoded.path(Stage.FIRST), wall, 0.03),
    ]


def _losses(source: Path, folder: Path, encoded: Run, seconds: int) -> list[Row]:
    """Frames and packets that are missing, and decibels that the pieces cost against the whole run."""
    frames = _count(source, "v:0") - _count(encoded.folder / "1080p.m3u8", "v:0")
    packets = _count(source, "a:0") - _count(encoded.folder / f"{AUDIO_PLAYLIST}.m3u8", "a:0")
    # The first packet of AAC is the encoder's run-up and nothing that was recorded.
    lost = abs(frames) + max(0, packets - 1)
    whole = _psnr(folder / "naive" / "1080p.m3u8", source)
    pieces = _psnr(encoded.folder / "1080p.m3u8", source)
    return [
        Row(key="P10", what="frames and packets lost", ours=lost, baseline=seconds * _RATE, unit="", limit=0),
        Row(
            key="P10",
            what="decibels below the whole run, 1080p",
            ours=whole - pieces,
            baseline=1,
            unit="dB",
            limit=0.25,
        ),
    ]


def _source(folder: Path, seconds: int) -> Path:
    """Slow zoom over endless detail, a test card moving across it, light grain, a tone."""
    file = folder / "source.mp4"
    graph = "[0][1]overlay=x='mod(t*90,1280)':y=300,noise=alls=4:allf=t,format=yuv420p[v]"
    zoom = f"mandelbrot=s=1920x1080:rate={_RATE}:start_scale=2:end_scale=0.3:end_pts={600 * seconds // 20}"
    inputs = [zoom, f"testsrc2=s=640x360:r={_RATE}", "sine=f=440:r=48000"]
    _ffmpeg(
        [
            *(word for text in inputs for word in ("-f", "lavfi", "-i", text)),
            *("-filter_complex", graph, "-map", "[v]", "-map", "2:a", "-t", str(seconds)),
            *("-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-maxrate", "10M", "-bufsize", "16M"),
            *("-g", "48", "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", str(file)),
        ]
    )
    return file


def _naive_run(source: Path, folder: Path, cost: Cost, number: int) -> None:
    """One of the three runs."""
    place = folder / "naive"
    place.mkdir(exist_ok=True)
    name, size, bitrate = _NAIVE[number]
    picture = ["-vf", f"scale={size}", "-c:v", "libx264", "-b:v", bitrate]
    hls = ["-f", "hls", "-hls_time", "6", "-hls_list_size", "0"]
    pieces = ["-hls_segment_filename", str(place / f"{name}_%03d.ts"), str(place / f"{name}.m3u8")]
    with _timed(cost):
        _ffmpeg(["-i", str(source), *picture, "-c:a", "aac", "-b:a", "128k", *hls, *pieces])


def _ours(source: Path, folder: Path, *, may_copy: bool) -> Run:
    folder.mkdir()
    tools = Tools(ffmpeg=find_ffmpeg(os.environ), ffprobe=find_ffprobe(os.environ))
    ours = FfmpegMedia(tools, lambda _source: _File(source))
    with _timed() as probe:
        found = ours.probe(_SOURCE)
    whole, minute = (
        plan(replace(found, duration_seconds=length), _LADDER, may_copy=may_copy)
        for length in (found.duration_seconds, MINUTE)
    )
    done = Run(plan=whole, minute=minute, probe=probe, folder=folder)
    renditions: dict[str, list[Segment]] = {}
    for task in (*done.plan.first, *done.plan.rest):
        done.tasks[task.name] = Cost()
        if task.kind is Kind.PICTURES:
            continue  # the baseline makes none
        with _timed(done.tasks[task.name]), ours.made(_SOURCE, found, task) as made:
            (folder / f"{task.name}.mp4").write_bytes(made.file.read_bytes())
        for track in made.tracks:
            renditions.setdefault(track.name, []).extend(track.as_segments(f"{task.name}.mp4"))
    for name, segments in renditions.items():
        (folder / f"{name}.m3u8").write_text(media_playlist(segments))
    return done


class _File:
    """The source as the bucket would give it: by ranges, from disk as the baseline has it."""

    def __init__(self, file: Path) -> None:
        self.size_bytes = file.stat().st_size
        self._file = file

    def read(self, start: int, end: int) -> bytes:
        with self._file.open("rb") as opened:
            opened.seek(start)
            return opened.read(end - start)


@contextmanager
def _timed(cost: Cost | None = None) -> Iterator[Cost]:
    """Wall and processor seconds of the block, its processes included."""
    taken = cost or Cost()
    wall, processor = time.perf_counter(), _processor()
    yield taken
    taken.wall += time.perf_counter() - wall
    taken.processor += _processor() - processor


def _processor() -> float:
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _psnr(file: Path, source: Path) -> float:
    # Both begin at zero here: what is compared is the picture, frame by frame.
    graph = "[0:v]settb=1/90000,setpts=N[a];[1:v]settb=1/90000,setpts=N[b];[a][b]psnr"
    told = _ffmpeg(["-v", "info", "-i", str(file), "-i", str(source), "-lavfi", graph, "-f", "null", "-"])
    return float(told.rsplit("average:", 1)[1].split()[0])


def _count(file: Path, stream: str) -> int:
    shown = ["-select_streams", stream, "-count_packets", "-show_entries", "stream=nb_read_packets"]
    argv = [find_ffprobe(os.environ), "-v", "error", *shown, "-of", "csv=p=0", str(file)]
    return int(run(argv, check=True, stdout=PIPE, text=True, env=_environment()).stdout.split()[0].strip(","))


def _ffmpeg(arguments: Sequence[str]) -> str:
    argv = [find_ffmpeg(os.environ), "-nostdin", "-v", "error", "-y", *arguments]
    return run(argv, check=True, stderr=PIPE, text=True, env=_environment()).stderr


def _environment() -> dict[str, str]:
    # Static builds crash on the host's character converters (sluice/adapters/ffmpeg/process.py).
    return {**os.environ, "GCONV_PATH": "/nonexistent"}


if __name__ == "__main__":
    show(media(*(int(argument) for argument in sys.argv[1:])))
