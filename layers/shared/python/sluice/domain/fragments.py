"""Reading fragmented MP4 (ISO/IEC 14496-12): where each fragment lies, when it plays, what decodes it.

Only files that ffmpeg wrote for us are read here, so a surprise is a bug or a source that must not be
packaged as it is, never an attack; every length is checked all the same.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from mmap import mmap
from struct import unpack_from

type Bytes = bytes | mmap

# Boxes between the file and the codec's own description, with the bytes before their children.
_PATH_HEADERS = {b"stsd": 8, b"avc1": 78, b"mp4a": 28}


class Unreadable(ValueError):
    """These bytes are not a fragmented MP4 with one track."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four-letter type, where its content begins, and where it ends. Offsets in bytes."""

    kind: bytes
    start: int
    content: int
    end: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """One ``moof`` with its ``mdat``. Times in seconds; ``start_seconds`` is the earliest frame shown."""

    offset: int
    length: int
    start_seconds: float
    duration_seconds: float
    samples: int


@dataclass(frozen=True, slots=True)
class FragmentedTrack:
    """A file with one track: ``init_length`` bytes that prepare a decoder, then fragments."""

    init_length: int
    codec: str
    fragments: Sequence[Fragment]

    @property
    def end_offset(self) -> int:
        last = self.fragments[-1] if self.fragments else None
        return last.offset + last.length if last else self.init_length


def read_track(data: Bytes) -> FragmentedTrack:
    """Find the init section and all fragments of a one-track file.

    Raises:
        Unreadable: a box is missing or reaches beyond the end.
    """
    try:
        boxes = list(_boxes(data, 0, len(data)))
        moov = next(box for box in boxes if box.kind == b"moov")
        timescale = _timescale(data, moov)
        found = [
            _fragment(data, moof, mdat, timescale)
            for moof, mdat in pairwise(boxes)
            if moof.kind == b"moof" and mdat.kind == b"mdat"
        ]
        return FragmentedTrack(moov.end, codec_string(data, moov), found)
    except (StopIteration, struct.error, IndexError) as error:
        raise Unreadable("not a fragmented MP4 with one track") from error


def segments_on_grid(
    fragments: Sequence[Fragment], grid_seconds: float, *, origin_seconds: float = 0.0
) -> list[Fragment]:
    """Join neighbouring fragments that begin in the same cell of the grid into one segment each."""
    # A frame that is a rounding error before the grid line belongs behind it.
    origin = origin_seconds - 1e-3
    cells = groupby(fragments, key=lambda fragment: (fragment.start_seconds - origin) // grid_seconds)
    joined = []
    for _, members in cells:
        parts = list(members)
        first, last = parts[0], parts[-1]
        joined.append(
            Fragment(
                first.offset,
                last.offset + last.length - first.offset,
                first.start_seconds,
                sum(part.duration_seconds for part in parts),
                sum(part.samples for part in parts),
            )
        )
    return joined


def codec_string(data: Bytes, moov: Box) -> str:
    """The CODECS value (RFC 6381) of the only track: ``avc1.PPCCLL`` or ``mp4a.40.2``."""
    stsd = _descend(data, moov, b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    entry = next(_boxes(data, stsd.content + 8, stsd.end))
    if entry.kind == b"mp4a":
        return "mp4a.40.2"
    if entry.kind not in {b"avc1", b"avc3"}:
        raise Unreadable(f"no name for codec {entry.kind!r}")
    inside = _boxes(data, entry.content + _PATH_HEADERS[b"avc1"], entry.end)
    config = next(box for box in inside if box.kind == b"avcC")
    return "avc1." + bytes(data[config.content + 1 : config.content + 4]).hex()


def _boxes(data: Bytes, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        size, kind = unpack_from(">I4s", data, start)
        header = 8
        if size == 1:
            size, header = unpack_from(">Q", data, start + 8)[0], 16
        if size < header or start + size > end:
            raise Unreadable(f"box {kind!r} does not fit")
        yield Box(kind, start, start + header, start + size)
        start += size


def _descend(data: Bytes, box: Box, *path: bytes) -> Box:
    for kind in path:
        box = next(child for child in _boxes(data, box.content, box.end) if child.kind == kind)
    return box


def _timescale(data: Bytes, moov: Box) -> int:
    mdhd = _descend(data, moov, b"trak", b"mdia", b"mdhd")
    version = data[mdhd.content]
    return int(unpack_from(">I", data, mdhd.content + (20 if version else 12))[0])


def _fragment(data: Bytes, moof: Box, mdat: Box, timescale: int) -> Fragment:
    traf = _descend(data, moof, b"traf")
    default_duration = _default_duration(data, _descend(data, traf, b"tfhd"))
    tfdt = _descend(data, traf, b"tfdt")
    at = int(unpack_from(">Q" if data[tfdt.content] else ">I", data, tfdt.content + 4)[0])
    runs = [box for box in _boxes(data, traf.content, traf.end) if box.kind == b"trun"]
    samples = [sample for run in runs for sample in _samples(data, run, default_duration)]
    shown, clock = [], at
    for duration, offset in samples:
        shown.append(clock + offset)
        clock += duration
    return Fragment(
        moof.start,
        mdat.end - moof.start,
        min(shown, default=at) / timescale,
        (clock - at) / timescale,
        len(samples),
    )


def _default_duration(data: Bytes, tfhd: Box) -> int:
    flags = int.from_bytes(data[tfhd.content + 1 : tfhd.content + 4])
    position = tfhd.content + 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    return int(unpack_from(">I", data, position)[0]) if flags & 0x8 else 0


def _samples(data: Bytes, run: Box, default_duration: int) -> Iterator[tuple[int, int]]:
    """Duration and composition offset of each sample, in ticks."""
    flags = int.from_bytes(data[run.content + 1 : run.content + 4])
    count = unpack_from(">I", data, run.content + 4)[0]
    position = run.content + 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
    for _ in range(count):
        duration, offset = default_duration, 0
        if flags & 0x100:
            duration = unpack_from(">I", data, position)[0]
            position += 4
        position += (4 if flags & 0x200 else 0) + (4 if flags & 0x400 else 0)
        if flags & 0x800:
            offset = unpack_from(">i", data, position)[0]
            position += 4
        yield duration, offset
