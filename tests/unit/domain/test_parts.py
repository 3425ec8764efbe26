"""Parts of a multipart upload keep S3's limits for every size that S3 takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.parts import MIB, MULTIPART_FROM_BYTES, bytes_of_part, part_count, part_size

_LARGEST = 5 * 1024**4
sizes = st.integers(MULTIPART_FROM_BYTES, _LARGEST)


@given(sizes)
def test_parts_keep_the_limits_of_s3_and_cover_every_byte(size: int) -> None:
    each = part_size(size)
    count = part_count(size, each)
    assert 5 * MIB <= each <= 5 * 1024 * MIB
    assert count <= 10_000
    assert (count - 1) * each + bytes_of_part(count, size, each) == size
    assert 1 <= bytes_of_part(count, size, each) <= each


@pytest.mark.parametrize(
    ("size", "each", "count"),
    [
        (64 * MIB, 16 * MIB, 4),
        (64 * MIB + 1, 16 * MIB, 5),
        (160_000 * MIB, 16 * MIB, 10_000),
        (160_000 * MIB + 1, 17 * MIB, 9_412),
        (_LARGEST, 525 * MIB, 9_987),
    ],
)
def test_parts_grow_only_when_ten_thousand_would_not_do(size: int, each: int, count: int) -> None:
    assert (part_size(size), part_count(size, each)) == (each, count)


def test_every_part_but_the_last_has_the_full_size() -> None:
    assert [bytes_of_part(n, 40 * MIB, 16 * MIB) for n in (1, 2, 3)] == [16 * MIB, 16 * MIB, 8 * MIB]
