"""What a source is, as read from its bytes, and whether we take it."""

from dataclasses import dataclass
from fractions import Fraction

from sluice.domain.media_errors import Refused
from sluice.domain.media_facts import MediaFacts

# Decoders that are asked for by name (adapters/ffmpeg/sandbox.py). Whatever else a file holds is refused.
VIDEO_CODECS = frozenset(
    {"h264", "hevc", "av1", "vp8", "vp9", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "prores", "dnxhd"}
    | {"theora", "h263", "flv1", "msmpeg4v2", "msmpeg4v3", "wmv1", "wmv2", "wmv3", "vc1", "ffv1", "qtrle"}
)
HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})

# H.264 level 6.2 ends at 8192 x 4320; beyond it a single frame costs a piece's whole memory.
MAX_SIDE = 8192
MAX_PIXELS = 8192 * 4352
MIN_SIDE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """One version of a source's bytes: whatever reads it holds on to its ETag."""

    key: str
    etag: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTrack:
    """The picture. ``width`` and ``height`` as coded; ``rotation`` in degrees, 0, 90, 180 or 270.

    ``longest_gop_seconds`` is the longest distance between keyframes in the part that was sampled,
    ``None`` if no two were seen.
    """

    codec: str
    width: int
    height: int
    frame_rate: Fraction
    pixel_format: str = "yuv420p"
    profile: str | None = None
    pixel_aspect: Fraction = Fraction(1)
    rotation: int = 0
    variable_frame_rate: bool = False
    interlaced: bool = False
    transfer: str | None = None
    bitrate_bps: int | None = None
    starts_with_keyframe: bool = True
    longest_gop_seconds: float | None = None

    @property
    def hdr(self) -> bool:
        return self.transfer in HDR_TRANSFERS

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height as a viewer sees them: pixel shape applied, then rotation."""
        width = max(1, round(self.width * self.pixel_aspect))
        return (self.height, width) if self.rotation in {90, 270} else (width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioTrack:
    """The sound, if there is any. ``sample_rate_hz`` is per channel."""

    codec: str
    channels: int
    sample_rate_hz: int
    profile: str | None = None
    bitrate_bps: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMedia:
    """A probed source.

    ``start_seconds`` is what its clock shows at its first frame or sample; all other times count from
    there. ``indexed`` says that the container leads to any frame's keyframe without guessing.
    """

    container: str
    duration_seconds: float
    size_bytes: int
    video: VideoTrack
    audio: AudioTrack | None = None
    start_seconds: float = 0.0
    indexed: bool = True

    @property
    def bitrate_bps(self) -> int:
        return round(self.size_bytes * 8 / self.duration_seconds) if self.duration_seconds else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaJob:
    """A source on its way through the pipeline."""

    video_id: str
    source: SourceVersion
    media: SourceMedia


def require_acceptable(media: SourceMedia, *, longest_seconds: float) -> None:
    """Let a source through, or say in a sentence why not.

    Raises:
        Refused: with ``unsupported_codec``, ``dimensions_too_large``, ``dimensions_too_small``,
            ``broken_source`` or ``too_long``.
    """
    video = media.video
    width, height = video.display_size
    if video.codec not in VIDEO_CODECS:
        raise Refused("The video is coded in a way that cannot be read here.", code="unsupported_codec")
    if min(video.width, video.height) <= 0 or media.duration_seconds <= 0:
        raise Refused("The file has no pictures in it.", code="broken_source")
    if max(width, height, video.width, video.height) > MAX_SIDE or video.width * video.height > MAX_PIXELS:
        raise Refused(
            f"The picture is {video.width} x {video.height} pixels, more than can be processed.",
            code="dimensions_too_large",
        )
    if min(width, height) < MIN_SIDE:
        raise Refused(f"The picture is smaller than {MIN_SIDE} pixels.", code="dimensions_too_small")
    if media.duration_seconds > longest_seconds:
        raise Refused(
            f"The video is longer than {_minutes(longest_seconds)}, which is the most that is taken.",
            code="too_long",
        )


def media_facts(media: SourceMedia) -> MediaFacts:
    """A probed source in the contract's terms."""
    width, height = media.video.display_size
    return MediaFacts(
        duration_seconds=round(media.duration_seconds, 3),
        format=media.container,
        width=width,
        height=height,
        codec=media.video.codec,
        frame_rate=round(float(media.video.frame_rate), 3),
        has_audio=media.audio is not None,
        size_bytes=media.size_bytes,
        bitrate_bps=media.bitrate_bps,
    )


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} seconds"
