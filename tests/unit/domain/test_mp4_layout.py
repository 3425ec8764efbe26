"""Whole or not, by the outermost boxes."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.mp4_layout import Layout, mp4_layout


def box(kind: bytes, length: int = 24) -> bytes:
    return pack(">I4s", length, kind) + bytes(length - 8)


def long_box(kind: bytes, length: int = 24) -> bytes:
    return pack(">I4sQ", 1, kind, length) + bytes(length - 16)


def layout_of(data: bytes) -> Layout:
    return mp4_layout(lambda start, end: data[start:end], len(data))


FTYP, MOOV, MDAT, MOOF = box(b"ftyp"), box(b"moov"), box(b"mdat", 100), box(b"moof")


@pytest.mark.parametrize(
    ("data", "layout"),
    [
        (FTYP + MOOV + MDAT, Layout.WHOLE),
        (FTYP + MDAT + MOOV, Layout.WHOLE),
        (FTYP + long_box(b"mdat", 100) + MOOV, Layout.WHOLE),
        (FTYP + MOOV + pack(">I4s", 0, b"mdat") + bytes(50), Layout.WHOLE),
        (FTYP + MOOV + MOOF + MDAT, Layout.FRAGMENTED),
        (FTYP + MOOV + MOOF + MDAT[:-1], Layout.FRAGMENTED),
        (FTYP + MOOV + MDAT[:-1], Layout.BROKEN),
        (FTYP + MOOV + MDAT + b"\0\0\0", Layout.BROKEN),
        (FTYP + MOOV + pack(">I4s", 7, b"junk"), Layout.BROKEN),
        (FTYP + MDAT, Layout.BROKEN),
        (FTYP + MDAT[:-1], Layout.BROKEN),
        (FTYP, Layout.BROKEN),
        (b"RIFF....AVI ", Layout.NOT_MP4),
        (b"", Layout.NOT_MP4),
    ],
)
def test_layouts(data: bytes, layout: Layout) -> None:
    assert layout_of(data) is layout


@given(st.binary(max_size=300))
def test_any_bytes_have_some_layout(data: bytes) -> None:
    assert layout_of(data) in Layout
    assert layout_of(FTYP + data) in Layout


def test_endless_small_boxes_are_given_up() -> None:
    assert layout_of(FTYP + MOOV + box(b"free", 8) * 20_000) is Layout.BROKEN
