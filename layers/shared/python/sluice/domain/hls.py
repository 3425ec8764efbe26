"""HLS playlists (RFC 8216, version 7) made of byte ranges, and signing them when they are served.

Playlists are stored with relative object names; nobody can play them as they lie there. What is
served carries a URI that opens exactly one object for a while.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

_URI_ATTRIBUTE = re.compile(r'(?<=[:,]URI=")[^"]*(?=")')
AUDIO_PLAYLIST = "audio"
_AUDIO_GROUP = "audio"


@dataclass(frozen=True, slots=True)
class ByteRange:
    """``length`` bytes of an object from ``offset`` on."""

    uri: str
    offset: int
    length: int

    def __str__(self) -> str:
        return f"{self.length}@{self.offset}"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. ``init`` prepares the decoder; pieces whose ``init_digest`` is equal share one."""

    media: ByteRange
    duration_seconds: float
    init: ByteRange
    init_digest: str

    @property
    def bitrate_bps(self) -> float:
        return self.media.length * 8 / self.duration_seconds if self.duration_seconds else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A video rendition as the multivariant playlist lists it."""

    name: str
    width: int
    height: int
    frame_rate: float
    codec: str
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The audio rendition, shared by all variants."""

    codec: str
    channels: int
    segments: Sequence[Segment]


def peak_bps(segments: Sequence[Segment]) -> int:
    """The BANDWIDTH of a playlist: its most demanding segment, or the average if that is higher."""
    return ceil(max(max((segment.bitrate_bps for segment in segments), default=0), average_bps(segments)))


def average_bps(segments: Sequence[Segment]) -> int:
    seconds = sum(segment.duration_seconds for segment in segments)
    return ceil(sum(segment.media.length for segment in segments) * 8 / seconds) if seconds else 0


def media_playlist(segments: Sequence[Segment]) -> str:
    """A complete (VOD) media playlist."""
    longest = max((segment.duration_seconds for segment in segments), default=0.0)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, ceil(longest))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    prepared = None
    for segment in segments:
        if segment.init_digest != prepared:
            lines.append(f'#EXT-X-MAP:URI="{segment.init.uri}",BYTERANGE="{segment.init}"')
            prepared = segment.init_digest
        lines.append(f"#EXTINF:{segment.duration_seconds:.6f},")
        lines.append(f"#EXT-X-BYTERANGE:{segment.media}")
        lines.append(segment.media.uri)
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def multivariant_playlist(variants: Sequence[Variant], sound: Sound | None) -> str:
    """The playlist that lists all renditions, the best first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if sound:
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{_AUDIO_GROUP}",NAME="Audio",DEFAULT=YES,AUTOSELECT=YES,'
            f'CHANNELS="{sound.channels}",URI="{AUDIO_PLAYLIST}.m3u8"'
        )
    for variant in sorted(variants, key=lambda item: item.width * item.height, reverse=True):
        lines += [f"#EXT-X-STREAM-INF:{_attributes(variant, sound)}", f"{variant.name}.m3u8"]
    return "\n".join([*lines, ""])


def _attributes(variant: Variant, sound: Sound | None) -> str:
    peak, average = peak_bps(variant.segments), average_bps(variant.segments)
    codecs = [variant.codec]
    if sound:
        peak, average = peak + peak_bps(sound.segments), average + average_bps(sound.segments)
        codecs.append(sound.codec)
    attributes = [
        f"BANDWIDTH={peak}",
        f"AVERAGE-BANDWIDTH={average}",
        f'CODECS="{",".join(codecs)}"',
        f"RESOLUTION={variant.width}x{variant.height}",
        f"FRAME-RATE={variant.frame_rate:.3f}",
    ]
    return ",".join([*attributes, f'AUDIO="{_AUDIO_GROUP}"'] if sound else attributes)


def sign_playlist(text: str, sign: Callable[[str], str]) -> str:
    """``text`` with every URI replaced by ``sign(uri)``, asked once for each distinct URI.

    For a WebVTT storyboard there is ``sign_storyboard`` in storyboard.py.
    """
    known: dict[str, str] = {}

    def signed(uri: str) -> str:
        if uri not in known:
            known[uri] = sign(uri)
        return known[uri]

    return "\n".join(_signed_line(line, signed) for line in text.split("\n"))


def uris(text: str) -> list[str]:
    """Every distinct URI in a playlist, in order."""
    found: dict[str, None] = {}

    def remember(uri: str) -> str:
        found[uri] = None
        return uri

    sign_playlist(text, remember)
    return list(found)


def _signed_line(line: str, signed: Callable[[str], str]) -> str:
    if not line.strip():
        return line
    if line.startswith("#"):
        return _URI_ATTRIBUTE.sub(lambda match: signed(match[0]), line)
    return signed(line)
