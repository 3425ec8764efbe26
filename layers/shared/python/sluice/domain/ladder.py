"""The ladder: which renditions a source gets, how large, and at which bit rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from sluice.domain.media import SourceMedia, VideoTrack

MAX_FRAME_RATE = Fraction(60)
# 59.94 and a recorder's 60.01 are kept as they are.
_FRAME_RATE_SLACK = Fraction(605, 10)

# What 1920 x 1080 at 30 frames a second gets; other sizes follow from it.
_REFERENCE_BPS = 5_000_000
_REFERENCE_PIXELS = 1920 * 1080
_REFERENCE_FRAME_RATE = 30

# The widest picture of H.264 level 5.1, which is what decoders in phones stop at.
_MAX_LONG_SIDE = 4096
# A rung that is nearly as large as the one above it helps nobody.
_DISTINCT = Fraction(9, 10)
# Above this, "playable at once" would only mean that it stalls at once.
_MAX_STREAM_COPY_BPS = 16_000_000
_MAX_STREAM_COPY_GOP_SECONDS = 10.0
_STREAM_COPY_PROFILES = frozenset({"Baseline", "Constrained Baseline", "Main", "High"})
_STREAM_COPY_CHANNELS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rendition to make. Sizes are even; ``copy`` means the source's own pictures, unchanged."""

    name: str
    width: int
    height: int
    bitrate_bps: int
    copy: bool = False


def ladder(media: SourceMedia, short_sides: Sequence[int]) -> tuple[Rung, ...]:
    """Rungs that are encoded from the source, the largest first.

    ``short_sides`` is the configured ladder in pixels. Nothing is enlarged: a source below the top of
    the ladder keeps its own size as its best rung, unless that is hardly more than the next one.
    """
    source_short = min(media.video.display_size)
    wanted = sorted({side for side in short_sides if side <= source_short}, reverse=True)
    below_top = source_short < max(short_sides, default=source_short)
    if not wanted or (below_top and wanted[0] < source_short * _DISTINCT):
        wanted = [source_short, *wanted]
    return tuple(_rung(media.video, side) for side in wanted)


def copied_rung(media: SourceMedia) -> Rung:
    """The source's own pictures as a rung."""
    width, height = media.video.display_size
    bitrate = media.video.bitrate_bps or media.bitrate_bps
    return Rung(name=f"{min(width, height)}p", width=width, height=height, bitrate_bps=bitrate, copy=True)


def rungs_below(copied: Rung, rungs: Sequence[Rung]) -> tuple[Rung, ...]:
    """Of ``rungs`` those that are worth making beside ``copied``."""
    limit = min(copied.width, copied.height) * _DISTINCT
    return tuple(rung for rung in rungs if min(rung.width, rung.height) <= limit)


def streamable(media: SourceMedia) -> bool:
    """Whether the source's own pictures and sound can be played by every HLS player without re-encoding.

    Rotation and pixel shape are left out on purpose: players in the wild disagree about both.
    """
    video = media.video
    return (
        video.codec == "h264"
        and video.pixel_format in {"yuv420p", "yuvj420p"}
        and video.profile in _STREAM_COPY_PROFILES
        and not video.interlaced
        and not video.hdr
        and video.rotation == 0
        and video.pixel_aspect == 1
        and video.frame_rate <= _FRAME_RATE_SLACK
        and max(video.width, video.height) <= _MAX_LONG_SIDE
        and video.width % 2 == video.height % 2 == 0
        and video.starts_with_keyframe
        and (video.longest_gop_seconds or media.duration_seconds) <= _MAX_STREAM_COPY_GOP_SECONDS
        and (video.bitrate_bps or media.bitrate_bps) <= _MAX_STREAM_COPY_BPS
        and (media.audio is None or audio_copyable(media))
    )


def audio_copyable(media: SourceMedia) -> bool:
    """Whether the sound can stay as it is: AAC-LC, mono or stereo."""
    audio = media.audio
    return (
        audio is not None
        and audio.codec == "aac"
        and audio.profile in {"LC", None}
        and audio.channels <= _STREAM_COPY_CHANNELS
        and 22_050 <= audio.sample_rate_hz <= 48_000
    )


def output_frame_rate(video: VideoTrack) -> Fraction | None:
    """The rate to convert to, or ``None`` to keep every frame when it comes (the usual case)."""
    return MAX_FRAME_RATE if video.frame_rate > _FRAME_RATE_SLACK else None


def _rung(video: VideoTrack, short_side: int) -> Rung:
    width, height = _scaled(video.display_size, short_side)
    rate = min(video.frame_rate, MAX_FRAME_RATE)
    bitrate = rung_bitrate(width, height, rate)
    return Rung(name=f"{short_side}p", width=width, height=height, bitrate_bps=bitrate)


def _scaled(size: tuple[int, int], short_side: int) -> tuple[int, int]:
    """``size`` with its short side at ``short_side``, both even, and never wider than decoders go."""
    short, long = min(size), max(size)
    factor = min(Fraction(short_side, short), Fraction(_MAX_LONG_SIDE, long))
    width, height = (_even(side * factor, side) for side in size)
    return width, height


def _even(length: Fraction, limit: int) -> int:
    """The nearest even length within ``limit``; H.264 in 4:2:0 has no odd ones."""
    nearest = 2 * round(length / 2)
    return max(2, nearest if nearest <= limit else 2 * floor(length / 2))


def rung_bitrate(width: int, height: int, frame_rate: Fraction) -> int:
    """Highest average in bit/s: grows slower than the area and slower than the frame rate, as detail does."""
    area = (width * height / _REFERENCE_PIXELS) ** 0.75
    motion = min(max(float(frame_rate) / _REFERENCE_FRAME_RATE, 0.5), 2.0) ** 0.5
    return max(80_000, int(_REFERENCE_BPS * area * motion) // 1000 * 1000)
