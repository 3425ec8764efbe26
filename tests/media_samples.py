"""Builders for probed sources, so that a test says only what it is about."""

from fractions import Fraction
from typing import Any

from sluice.domain.hls import ByteRange, Segment
from sluice.domain.media import AudioTrack, SourceMedia, VideoTrack


def make_track(**changes: Any) -> VideoTrack:
    """A Full HD H.264 picture with everything in order."""
    known: dict[str, Any] = {
        "codec": "h264",
        "profile": "High",
        "width": 1920,
        "height": 1080,
        "frame_rate": Fraction(30),
        "bitrate_bps": 8_000_000,
        "longest_gop_seconds": 2.0,
    }
    return VideoTrack(**{**known, **changes})


def make_sound(**changes: Any) -> AudioTrack:
    known: dict[str, Any] = {"codec": "aac", "profile": "LC", "channels": 2, "sample_rate_hz": 48_000}
    return AudioTrack(**{**known, **changes})


def make_source(*, audio: AudioTrack | None = make_sound(), **changes: Any) -> SourceMedia:  # noqa: B008 - frozen
    """A minute of MP4. What is no field of the source goes to its picture."""
    known: dict[str, Any] = {"container": "mp4", "duration_seconds": 60.0, "size_bytes": 60_000_000}
    own = {name: changes.pop(name) for name in [*known, "indexed", "start_seconds"] if name in changes}
    return SourceMedia(video=make_track(**changes), audio=audio, **{**known, **own})


def make_segments(name: str = "first-0000.mp4", *, count: int = 2, digest: str = "d0") -> list[Segment]:
    """Segments of 6 s and 1,000 bytes, one behind the other."""
    init = ByteRange(name, 0, 700)
    return [Segment(ByteRange(name, 700 + 1000 * n, 1000), 6.0, init, digest) for n in range(count)]
