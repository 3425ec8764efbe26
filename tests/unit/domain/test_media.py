"""Which sources are taken, and what is said of them."""

from fractions import Fraction
from typing import Any

import pytest
from sluice.domain.media import media_facts, require_acceptable
from sluice.domain.media_errors import Refused

from tests.media_samples import make_source


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"codec": "cinepak"}, "unsupported_codec"),
        ({"duration_seconds": 0.0}, "broken_source"),
        ({"width": 0, "height": 0}, "broken_source"),
        ({"width": 20_000, "height": 64}, "dimensions_too_large"),
        ({"width": 8192, "height": 8192}, "dimensions_too_large"),
        ({"width": 4096, "height": 4096, "pixel_aspect": Fraction(3)}, "dimensions_too_large"),
        ({"width": 64, "height": 8}, "dimensions_too_small"),
        ({"duration_seconds": 3600.1}, "too_long"),
    ],
)
def test_what_cannot_be_processed_is_refused_with_a_code(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        require_acceptable(make_source(**changes), longest_seconds=3600)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"duration_seconds": 0.1},
        {"duration_seconds": 3600.0},
        {"width": 7680, "height": 4320},
        {"width": 16, "height": 16},
        {"codec": "prores", "pixel_format": "yuv422p10le"},
    ],
)
def test_what_can_be_processed_is_let_through(changes: dict[str, Any]) -> None:
    require_acceptable(make_source(**changes), longest_seconds=3600)


@pytest.mark.parametrize(("longest", "words"), [(3600.0, "60 minutes"), (60.0, "60 seconds")])
def test_the_limit_is_named_in_words(longest: float, words: str) -> None:
    with pytest.raises(Refused, match=words):
        require_acceptable(make_source(duration_seconds=9999.0), longest_seconds=longest)


@pytest.mark.parametrize(
    ("rotation", "aspect", "shown"),
    [
        (0, Fraction(1), (1920, 1080)),
        (90, Fraction(1), (1080, 1920)),
        (180, Fraction(1), (1920, 1080)),
        (270, Fraction(4, 3), (1080, 2560)),
        (0, Fraction(4, 3), (2560, 1080)),
    ],
)
def test_the_size_is_the_one_that_is_shown(rotation: int, aspect: Fraction, shown: tuple[int, int]) -> None:
    facts = media_facts(make_source(rotation=rotation, pixel_aspect=aspect))
    assert (facts.width, facts.height) == shown


def test_facts_carry_what_the_contract_lists() -> None:
    facts = media_facts(make_source(frame_rate=Fraction(30000, 1001), audio=None))
    assert (facts.format, facts.codec, facts.frame_rate, facts.has_audio) == ("mp4", "h264", 29.97, False)
    assert (facts.size_bytes, facts.bitrate_bps, facts.duration_seconds) == (60_000_000, 8_000_000, 60.0)
