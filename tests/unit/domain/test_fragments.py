"""Reading fragmented MP4: made here box by box, so that every number is known."""

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.fragments import Fragment, Unreadable, read_track, segments_on_grid


def box(kind: bytes, *content: bytes) -> bytes:
    joined = b"".join(content)
    return pack(">I4s", 8 + len(joined), kind) + joined


def moov(entry: bytes, *, timescale: int = 90_000, version: int = 0) -> bytes:
    times = bytes(16 if version else 8)
    mdhd = box(b"mdhd", bytes([version, 0, 0, 0]), times, pack(">I", timescale), bytes(12))
    stsd = box(b"stsd", bytes(4), pack(">I", 1), entry)
    return box(b"moov", box(b"trak", box(b"mdia", mdhd, box(b"minf", box(b"stbl", stsd)))))


H264 = box(b"avc1", bytes(78), box(b"avcC", b"\x01\x64\x00\x1f"))
AAC = box(b"mp4a", bytes(28))


def fragment(
    at: int, samples: list[tuple[int, int]], *, default: int | None = None, media: bytes = b"x" * 10
) -> bytes:
    """Samples as (duration, composition offset); with ``default`` their durations are not listed."""
    tfhd = box(b"tfhd", pack(">II", 0x8 if default else 0, 1), pack(">I", default) if default else b"")
    tfdt = box(b"tfdt", pack(">IQ", 0x01000000, at))
    flags = 0x01000801 | (0 if default else 0x100)
    rows = b"".join((b"" if default else pack(">I", d)) + pack(">i", o) for d, o in samples)
    trun = box(b"trun", pack(">III", flags, len(samples), 0), rows)
    return box(b"moof", box(b"mfhd", bytes(8)), box(b"traf", tfhd, tfdt, trun)) + box(b"mdat", media)


FTYP = box(b"ftyp", b"isom")


def test_fragments_are_found_with_their_places_and_times() -> None:
    init = FTYP + moov(H264)
    one = fragment(90_000, [(3000, 6000), (3000, 0)])
    two = fragment(96_000, [(0, 0)] * 3, default=3000)
    track = read_track(init + one + two + box(b"mfra"))
    assert (track.init_length, track.codec) == (len(init), "avc1.64001f")
    assert track.fragments[0] == Fragment(len(init), len(one), 93_000 / 90_000, 6000 / 90_000, 2)
    assert track.fragments[1].offset == len(init) + len(one)
    assert track.fragments[1].duration_seconds == pytest.approx(0.1)
    assert track.end_offset == len(init + one + two)


def test_sound_has_its_own_name_and_clock() -> None:
    data = FTYP + moov(AAC, timescale=48_000, version=1) + fragment(48_000, [(0, 0)], default=1024)
    track = read_track(data)
    assert track.codec == "mp4a.40.2"
    assert track.fragments[0].start_seconds == 1.0


def test_a_file_without_fragments_ends_with_its_setup() -> None:
    data = FTYP + moov(H264)
    assert read_track(data).end_offset == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        FTYP,
        FTYP + moov(box(b"hvc1", bytes(78))),
        FTYP + moov(box(b"avc1", bytes(78))),
        (FTYP + moov(H264))[:-4],
        FTYP + moov(H264) + pack(">I4s", 4, b"junk"),
        FTYP + box(b"moov"),
    ],
)
def test_anything_else_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_track(data)


@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_being_unreadable(data: bytes) -> None:
    for whole in (data, FTYP + moov(H264) + data):
        try:
            read_track(whole)
        except Unreadable:
            continue


def pieces(*starts: float) -> list[Fragment]:
    return [Fragment(n * 10, 10, start, 2.0, 60) for n, start in enumerate(starts)]


def test_fragments_of_one_cell_become_one_segment() -> None:
    joined = segments_on_grid(pieces(1.0, 3.0, 5.0, 7.0, 9.0), 6.0, origin_seconds=1.0)
    assert [(one.offset, one.length, one.duration_seconds, one.samples) for one in joined] == [
        (0, 30, 6.0, 180),
        (30, 20, 4.0, 120),
    ]


def test_a_rounding_error_before_the_line_counts_as_behind_it() -> None:
    assert len(segments_on_grid(pieces(0.0, 5.9999), 6.0)) == 2


@given(st.lists(st.floats(0, 1000), unique=True))
def test_no_byte_is_left_out(starts: list[float]) -> None:
    fragments = pieces(*sorted(starts))
    joined = segments_on_grid(fragments, 6.0)
    assert sum(one.length for one in joined) == sum(one.length for one in fragments)
    assert sum(one.samples for one in joined) == sum(one.samples for one in fragments)
