"""The index at the end of an object comes back as it was written."""

from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.made import MadeTrack, index_box, index_length, read_index

numbers = st.integers(0, 2**40)
tracks = st.builds(
    MadeTrack,
    name=st.text(max_size=10),
    codec=st.text(max_size=20),
    init=st.tuples(numbers, numbers),
    init_digest=st.text("0123456789abcdef", max_size=16),
    segments=st.lists(st.tuples(numbers, numbers, st.floats(0, 1e6)), max_size=20),
)


@given(st.lists(tracks, max_size=4), st.binary(max_size=50))
def test_an_index_is_found_from_behind(written: list[MadeTrack], media: bytes) -> None:
    whole = media + index_box(written)
    assert index_length(whole) == len(whole) - len(media)
    assert read_index(whole) == written


def test_the_index_is_a_box_that_readers_skip() -> None:
    box = index_box([])
    assert (int.from_bytes(box[:4]), box[4:8]) == (len(box), b"free")


def test_segments_name_the_object_that_they_lie_in() -> None:
    track = MadeTrack(
        name="720p", codec="avc1.64001f", init=(5, 700), init_digest="d", segments=[(705, 90, 6.0)]
    )
    (segment,) = track.as_segments("rest-0003.mp4")
    assert (segment.media.uri, str(segment.media), str(segment.init)) == ("rest-0003.mp4", "90@705", "700@5")
