"""How a source is cut for a multipart upload, within S3's limits (5 MiB to 5 GiB a part, 10,000 parts)."""

from math import ceil

MIB = 1024 * 1024
MULTIPART_FROM_BYTES = 64 * MIB
_PART_BYTES = 16 * MIB
_MOST_PARTS = 10_000


def part_size(size_bytes: int) -> int:
    """Bytes in every part but the last: 16 MiB, or the least whole MiB that 10,000 parts allow."""
    return max(_PART_BYTES, ceil(size_bytes / _MOST_PARTS / MIB) * MIB)


def part_count(size_bytes: int, part_size_bytes: int) -> int:
    return ceil(size_bytes / part_size_bytes)


def bytes_of_part(number: int, size_bytes: int, part_size_bytes: int) -> int:
    """The exact length of part ``number`` (from 1)."""
    return min(part_size_bytes, size_bytes - (number - 1) * part_size_bytes)
