"""The ladder: never enlarged, always even, right for every shape."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.ladder import (
    audio_copyable,
    copied_rung,
    ladder,
    output_frame_rate,
    rung_bitrate,
    rungs_below,
    streamable,
)

from tests.media_samples import make_sound, make_source

STANDARD = (1080, 720, 480)
sides = st.integers(16, 8192)


def sizes(**source: Any) -> list[tuple[str, int, int]]:
    return [(rung.name, rung.width, rung.height) for rung in ladder(make_source(**source), STANDARD)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({}, [("1080p", 1920, 1080), ("720p", 1280, 720), ("480p", 854, 480)]),
        ({"rotation": 90}, [("1080p", 1080, 1920), ("720p", 720, 1280), ("480p", 480, 854)]),
        (
            {"width": 1080, "height": 1920},
            [("1080p", 1080, 1920), ("720p", 720, 1280), ("480p", 480, 854)],
        ),
        (
            {"width": 3840, "height": 2160},
            [("1080p", 1920, 1080), ("720p", 1280, 720), ("480p", 854, 480)],
        ),
        (
            {"width": 1440, "pixel_aspect": Fraction(4, 3)},
            [("1080p", 1920, 1080), ("720p", 1280, 720), ("480p", 854, 480)],
        ),
        ({"width": 1280, "height": 720}, [("720p", 1280, 720), ("480p", 854, 480)]),
        ({"width": 1066, "height": 600}, [("600p", 1066, 600), ("480p", 852, 480)]),
        ({"width": 870, "height": 490}, [("480p", 852, 480)]),
        ({"width": 320, "height": 240}, [("240p", 320, 240)]),
        ({"width": 321, "height": 241}, [("241p", 320, 240)]),
        ({"width": 8000, "height": 400}, [("400p", 4096, 204)]),
    ],
)
def test_rungs_follow_the_short_side_of_what_is_shown(
    source: dict[str, Any], expected: list[tuple[str, int, int]]
) -> None:
    assert sizes(**source) == expected


@given(sides, sides, st.sampled_from([0, 90, 180, 270]), st.sets(st.integers(144, 2160), min_size=1))
def test_no_rung_is_enlarged_odd_or_out_of_shape(
    width: int, height: int, rotation: int, short_sides: set[int]
) -> None:
    source = make_source(width=width, height=height, rotation=rotation)
    shown = source.video.display_size
    rungs = ladder(source, sorted(short_sides))
    assert rungs
    assert len({rung.name for rung in rungs}) == len(rungs)
    for rung in rungs:
        assert rung.width % 2 == rung.height % 2 == 0
        assert rung.width <= shown[0]
        assert rung.height <= shown[1]
        # A pixel of rounding on each side, and no other distortion.
        assert abs(rung.width * shown[1] - rung.height * shown[0]) <= 1.5 * (shown[0] + shown[1])


@given(st.integers(2, 4096), st.integers(2, 4096), st.fractions(min_value=1, max_value=60))
def test_bit_rates_grow_with_size_and_frame_rate(width: int, height: int, rate: Fraction) -> None:
    here = rung_bitrate(width, height, rate)
    assert here >= 80_000
    assert rung_bitrate(width * 2, height, rate) >= here
    assert rung_bitrate(width, height, rate * 2) >= here


def test_full_hd_gets_five_megabits() -> None:
    assert rung_bitrate(1920, 1080, Fraction(30)) == 5_000_000


def test_a_plain_source_is_streamable() -> None:
    assert streamable(make_source())
    assert streamable(make_source(audio=None))


@pytest.mark.parametrize(
    "changes",
    [
        {"codec": "hevc"},
        {"profile": "High 10"},
        {"pixel_format": "yuv422p"},
        {"interlaced": True},
        {"transfer": "smpte2084"},
        {"rotation": 90},
        {"pixel_aspect": Fraction(4, 3)},
        {"frame_rate": Fraction(120)},
        {"width": 5120, "height": 2880},
        {"starts_with_keyframe": False},
        {"longest_gop_seconds": 10.5},
        {"longest_gop_seconds": None},
        {"bitrate_bps": 40_000_000},
        {"audio": make_sound(codec="opus")},
        {"audio": make_sound(profile="HE-AAC")},
        {"audio": make_sound(channels=6)},
        {"audio": make_sound(sample_rate_hz=96_000)},
    ],
)
def test_anything_that_some_player_cannot_play_is_encoded(changes: dict[str, Any]) -> None:
    assert not streamable(make_source(**changes))


def test_a_short_source_needs_no_second_keyframe() -> None:
    assert streamable(make_source(longest_gop_seconds=None, duration_seconds=8.0))


def test_silence_cannot_be_copied() -> None:
    assert not audio_copyable(make_source(audio=None))


def test_rungs_beside_a_copied_one_are_clearly_smaller() -> None:
    source = make_source(width=1936, height=1088)
    copied = copied_rung(source)
    assert (copied.name, copied.bitrate_bps, copied.copy) == ("1088p", 8_000_000, True)
    assert [rung.name for rung in rungs_below(copied, ladder(source, STANDARD))] == ["720p", "480p"]


@pytest.mark.parametrize(
    ("rate", "output"),
    [(Fraction(24), None), (Fraction(60), None), (Fraction(601, 10), None), (Fraction(120), Fraction(60))],
)
def test_frame_rates_are_kept_up_to_sixty(rate: Fraction, output: Fraction | None) -> None:
    assert output_frame_rate(make_source(frame_rate=rate).video) == output
