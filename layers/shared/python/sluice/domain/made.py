"""What one task made: an object of media with its own table of contents at the end.

The object is a row of fragmented MP4 files, one a rendition, followed by a ``free`` box (which every
reader skips) with a JSON index of them. So the bucket alone says what exists: the last step needs
nothing but the tails of objects.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from struct import pack, unpack

from sluice.domain.hls import ByteRange, Segment

# Most indices are smaller than this, so that one read of the tail gets them.
TAIL_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTrack:
    """One rendition's part of an object.

    ``init`` is (offset, length), ``segments`` are (offset, length, seconds); offsets count from the
    object's first byte.
    """

    name: str
    codec: str
    init: tuple[int, int]
    init_digest: str
    segments: Sequence[tuple[int, int, float]]

    def as_segments(self, uri: str) -> list[Segment]:
        """For a playlist in which the object is called ``uri``."""
        init = ByteRange(uri, *self.init)
        return [
            Segment(ByteRange(uri, offset, length), seconds, init, self.init_digest)
            for offset, length, seconds in self.segments
        ]


def index_box(tracks: Sequence[MadeTrack]) -> bytes:
    """The box to append: its content ends with its own length, so that it can be found from behind."""
    content = json.dumps([asdict(track) for track in tracks], separators=(",", ":")).encode()
    length = 8 + len(content) + 4
    return pack(">I4s", length, b"free") + content + pack(">I", length)


def index_length(tail: bytes) -> int:
    """How long the index at the end of ``tail`` is, which may be longer than ``tail``."""
    return int(unpack(">I", tail[-4:])[0])


def read_index(tail: bytes) -> list[MadeTrack]:
    """The tracks of an object, from a tail that holds its whole index."""
    content = tail[len(tail) - index_length(tail) + 8 : -4]
    return [
        MadeTrack(
            name=item["name"],
            codec=item["codec"],
            init=tuple(item["init"]),
            init_digest=item["init_digest"],
            segments=[tuple(segment) for segment in item["segments"]],
        )
        for item in json.loads(content)
    ]
