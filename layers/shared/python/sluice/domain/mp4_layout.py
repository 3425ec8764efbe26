"""Whether an MP4 or QuickTime file is whole, told by its outermost boxes alone: no media is read."""

from collections.abc import Callable
from enum import StrEnum
from struct import unpack

# A file of nothing but tiny boxes is an attempt to keep us busy.
_MOST_BOXES = 10_000
_TO_THE_END = 0
_LONG_SIZE = 1


class Layout(StrEnum):
    """What the outermost boxes say."""

    NOT_MP4 = "not_mp4"
    WHOLE = "whole"
    FRAGMENTED = "fragmented"
    BROKEN = "broken"


def mp4_layout(read: Callable[[int, int], bytes], size_bytes: int) -> Layout:
    """Walk the boxes of a file of ``size_bytes``; ``read(start, end)`` gives bytes ``start`` to ``end`` - 1.

    A fragmented file may end in mid-fragment, as recordings do: what came before still plays.
    """
    if read(0, min(8, size_bytes))[4:8] != b"ftyp":
        return Layout.NOT_MP4
    position, moov, fragmented = 0, False, False
    for _ in range(_MOST_BOXES):
        if position >= size_bytes:
            break
        header = read(position, min(position + 16, size_bytes))
        if len(header) < 8:
            return _ended(whole=False, moov=moov, fragmented=fragmented)
        size, kind = unpack(">I4s", header[:8])
        if size == _LONG_SIZE:
            size = int.from_bytes(header[8:16])
        end = size_bytes if size == _TO_THE_END else position + size
        if size != _TO_THE_END and size < 8:
            return _ended(whole=False, moov=moov, fragmented=fragmented)
        fragmented = fragmented or kind == b"moof"
        if end > size_bytes:
            return _ended(whole=False, moov=moov, fragmented=fragmented)
        moov = moov or kind == b"moov"
        position = end
    return _ended(whole=position >= size_bytes, moov=moov, fragmented=fragmented)


def _ended(*, whole: bool, moov: bool, fragmented: bool) -> Layout:
    if not moov or not (whole or fragmented):
        return Layout.BROKEN
    return Layout.FRAGMENTED if fragmented else Layout.WHOLE
