"""The storyboard: tiles for the whole length, inside the sprite."""

import re

from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.storyboard import sign_storyboard, sprite, web_vtt


@given(st.floats(0.01, 24 * 3600), st.integers(16, 8192), st.integers(16, 8192))
def test_every_moment_has_a_tile_inside_the_sprite(seconds: float, width: int, height: int) -> None:
    layout = sprite(seconds, width, height)
    assert 1 <= layout.tiles <= 100
    assert layout.tile_width % 2 == layout.tile_height % 2 == 0
    assert (layout.rows - 1) * layout.columns < layout.tiles <= layout.rows * layout.columns
    for x, y, w, h in re.findall(r"xywh=(\d+),(\d+),(\d+),(\d+)", web_vtt(layout, seconds, "s.jpg")):
        assert int(x) + int(w) <= layout.columns * layout.tile_width
        assert int(y) + int(h) <= layout.rows * layout.tile_height


def test_cues_follow_each_other_to_the_end() -> None:
    text = web_vtt(sprite(5.0, 1920, 1080), 5.0, "s.jpg")
    assert text == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\ns.jpg#xywh=0,0,160,90\n\n"
        "00:00:02.000 --> 00:00:04.000\ns.jpg#xywh=160,0,160,90\n\n"
        "00:00:04.000 --> 00:00:05.000\ns.jpg#xywh=320,0,160,90\n"
    )


def test_hours_are_written_out() -> None:
    assert "01:00:00.000 -->" in web_vtt(sprite(7200.0, 1920, 1080), 7200.0, "s.jpg")


def test_signing_keeps_the_place_in_the_picture() -> None:
    text = web_vtt(sprite(5.0, 1920, 1080), 5.0, "s.jpg")
    signed = sign_storyboard(text, lambda name: f"https://x.example/{name}?sig=1")
    assert "https://x.example/s.jpg?sig=1#xywh=160,0,160,90\n" in signed
    assert signed.count("-->") == text.count("-->")
