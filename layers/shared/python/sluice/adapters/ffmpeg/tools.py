"""Where the two tools are, and what any run of them may use."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sluice.adapters.ffmpeg.process import Limits, run
from sluice.adapters.ffmpeg.sandbox import reading_options

_GIB = 1 << 30
# A source that keeps ffprobe busy for longer than this is made to do so; a slow bucket only costs time.
PROBE_LIMITS = Limits(seconds=25, cpu_seconds=15, memory_bytes=1280 << 20, output_bytes=256 << 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Paths of ffmpeg and ffprobe. ``seconds`` is the longest that one run of ffmpeg may take."""

    ffmpeg: str
    ffprobe: str
    seconds: float = 780
    memory_bytes: int = 6 * _GIB
    output_bytes: int = 8 * _GIB

    def encode(self, arguments: Sequence[str], *, folder: Path) -> bytes:
        """Run ffmpeg; raises ``EncodingFailed``."""
        limits = Limits(
            seconds=self.seconds,
            cpu_seconds=int(self.seconds * (os.cpu_count() or 1)),
            memory_bytes=self.memory_bytes,
            output_bytes=self.output_bytes,
        )
        # Broken sources make decoders print a line for each frame: only what ends a run is worth it.
        start = [self.ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "fatal", "-y"]
        return run([*start, *arguments], folder=folder, limits=limits)

    def probe(self, url: str, arguments: Sequence[str], *, folder: Path) -> bytes:
        """Run ffprobe on a served source; raises ``EncodingFailed``."""
        start = [self.ffprobe, "-hide_banner", "-loglevel", "fatal", *reading_options()]
        return run([*start, *arguments, "-i", url], folder=folder, limits=PROBE_LIMITS)
