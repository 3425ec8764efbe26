"""What the contract says about a video's media: the source as probed, and each rendition that plays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One rung that can be played. ``name`` is e.g. ``720p``; sizes in pixels, bit rate in bit/s."""

    name: str
    width: int
    height: int
    bitrate_bps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """The source as its bytes say; ``None`` for what a provider does not tell.

    Width and height are as displayed: rotation and pixel shape applied.
    """

    duration_seconds: float
    format: str | None = None
    width: int | None = None
    height: int | None = None
    codec: str | None = None
    frame_rate: float | None = None
    has_audio: bool | None = None
    size_bytes: int | None = None
    bitrate_bps: int | None = None
