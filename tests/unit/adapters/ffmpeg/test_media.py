"""Everything that is made of a source: no frame lost, none doubled, all at their time, sound in step."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sluice.domain.ladder import ladder
from sluice.domain.media_errors import EncodingFailed, NotStreamable
from sluice.domain.pieces import Kind, Stage, Task, plan
from sluice.domain.storyboard import sprite

from tests.clips import Clips, ffmpeg
from tests.media_checks import (
    NOWHERE,
    build,
    frame_times,
    make,
    media_of,
    packet_times,
    segment_seconds,
    stream,
)

START = 1.0  # where the timeline of what we make begins (sluice/adapters/ffmpeg/outputs.py)
ENCODED = (
    *(
        "rare_keyframes",
        "ntsc",
        "vfr",
        "slow_frames",
        "mpegts_far_keyframes",
        "mpeg4_avi",
        "flash",
        "vp9_webm",
    ),
    *("live_webm", "rotated", "upside_down", "portrait", "wide_pixels", "odd_444", "rgb", "ten_bit", "hdr"),
    *("interlaced", "late_sound", "surround", "streamable", "mpegts", "fragmented"),
)
PACKAGED = (
    "streamable",
    "streamable_silent",
    "moov_in_front",
    "mpegts",
    "fragmented",
    "vfr",
    "blink",
    "one_frame",
)


@pytest.mark.parametrize(
    ("name", "may_copy"), [*((name, False) for name in ENCODED), *((name, True) for name in PACKAGED)]
)
def test_every_frame_comes_once_and_at_its_time(
    clips: Clips, tmp_path: Path, name: str, *, may_copy: bool
) -> None:
    source, made = build(clips[name], tmp_path, may_copy=may_copy)
    assert (made.first[0].kind is Kind.PACKAGE) is may_copy
    expected = [time - source.start_seconds + START for time in frame_times(clips[name])]
    for rung in made.rungs(Stage.REST):
        shown = frame_times(tmp_path / f"{rung.name}.m3u8")
        assert len(shown) == len(expected)
        assert shown == pytest.approx(expected, abs=0.0005)


def test_frames_above_sixty_a_second_are_halved_evenly(clips: Clips, tmp_path: Path) -> None:
    build(clips["fast_frames"], tmp_path)
    times = frame_times(tmp_path / "72p.m3u8")
    assert len(times) == 7 * 60
    assert all(after - before == pytest.approx(1 / 60, abs=0.0005) for before, after in pairwise(times))


@pytest.mark.parametrize(
    "name", ["streamable", "rare_keyframes", "mpegts", "mpegts_far_keyframes", "surround"]
)
@pytest.mark.parametrize("may_copy", [True, False])
def test_sound_and_picture_keep_step_within_a_millisecond(
    clips: Clips, tmp_path: Path, name: str, *, may_copy: bool
) -> None:
    source, made = build(clips[name], tmp_path, may_copy=may_copy)
    # A packet before zero is an encoder's run-up; what is heard begins at the first one that is not.
    heard = min(time for time in packet_times(clips[name], "a") if time >= source.start_seconds - 1e-6)
    apart = heard - frame_times(clips[name])[0]
    for rung in made.rungs(Stage.REST):
        ours = packet_times(tmp_path / "audio.m3u8", "a")[0] - frame_times(tmp_path / f"{rung.name}.m3u8")[0]
        assert ours == pytest.approx(apart, abs=0.001)


@pytest.mark.parametrize("name", ["streamable", "rare_keyframes", "mpegts"])
def test_no_packet_of_copied_sound_is_lost(clips: Clips, tmp_path: Path, name: str) -> None:
    source, _ = build(clips[name], tmp_path)
    spoken = [time for time in packet_times(clips[name], "a") if time >= source.start_seconds - 1e-6]
    ours = packet_times(tmp_path / "audio.m3u8", "a")
    assert len(ours) == len(spoken)
    assert [time - START for time in ours] == pytest.approx(
        [time - source.start_seconds for time in spoken], abs=0.0001
    )


def test_encoded_sound_has_no_seams(clips: Clips, tmp_path: Path) -> None:
    build(clips["vp9_webm"], tmp_path)
    times = packet_times(tmp_path / "audio.m3u8", "a")
    assert all(
        after - before == pytest.approx(1024 / 48_000, abs=0.0001) for before, after in pairwise(times)
    )
    assert times[-1] - times[0] == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("rotated", ("72", "128")),
        ("portrait", ("72", "128")),
        ("wide_pixels", ("128", "72")),
        ("odd_444", ("128", "72")),
    ],
)
def test_pictures_are_upright_square_and_even(
    clips: Clips, tmp_path: Path, name: str, size: tuple[str, str]
) -> None:
    build(clips[name], tmp_path)
    shown = stream(tmp_path / "72p.m3u8", "width,height,sample_aspect_ratio,pix_fmt,field_order,profile")
    assert (shown["width"], shown["height"]) == size
    assert shown["sample_aspect_ratio"] == "1:1"
    assert (shown["pix_fmt"], shown["profile"]) == ("yuv420p", "High")


@pytest.mark.parametrize("name", ["ten_bit", "hdr", "interlaced", "rgb", "odd_444"])
def test_whatever_comes_in_eight_bit_progressive_pictures_go_out(
    clips: Clips, tmp_path: Path, name: str
) -> None:
    build(clips[name], tmp_path)
    shown = stream(tmp_path / "72p.m3u8", "pix_fmt,field_order,color_transfer")
    assert shown["pix_fmt"] == "yuv420p"
    assert shown["field_order"] in {"progressive", "unknown"}
    assert shown["color_transfer"] in {"bt709", "unknown"}


@pytest.mark.parametrize("name", ["rare_keyframes", "ntsc", "vfr"])
def test_segments_of_all_rungs_end_at_the_same_frames(clips: Clips, tmp_path: Path, name: str) -> None:
    source, _ = build(clips[name], tmp_path, may_copy=False)
    low, high = (segment_seconds(tmp_path / f"{rung}.m3u8") for rung in ("48p", "72p"))
    assert low == high or sum(low) == pytest.approx(sum(high), abs=0.001)
    assert sum(high) == pytest.approx(source.duration_seconds, abs=0.05)


def test_pieces_of_a_rung_share_one_decoder_setup(clips: Clips, tmp_path: Path) -> None:
    build(clips["ntsc"], tmp_path)
    assert (tmp_path / "72p.m3u8").read_text().count("#EXT-X-MAP") == 1


def test_making_a_piece_again_makes_the_same_segments(clips: Clips, tmp_path: Path) -> None:
    # Not the same bytes: x264 is free to place bits within its buffer as its threads come along.
    ours = media_of(clips["ntsc"])
    source = ours.probe(NOWHERE)
    task = plan(source, (72, 48)).rest[1]
    one, other = (make(ours, source, task, tmp_path)["72p"] for _ in range(2))
    assert [segment.duration_seconds for segment in one] == [segment.duration_seconds for segment in other]
    assert one[0].init_digest == other[0].init_digest


def test_a_piece_behind_the_last_frame_is_empty(clips: Clips) -> None:
    ours = media_of(clips["ntsc"])
    source = ours.probe(NOWHERE)
    task = Task(
        kind=Kind.PIECE,
        stage=Stage.REST,
        start_seconds=60.0,
        end_seconds=66.0,
        rungs=ladder(source, (72, 48)),
    )
    with ours.made(NOWHERE, source, task) as made:
        assert made.empty


@pytest.mark.parametrize("name", ["garbage_inside", "garbage_streamable"])
def test_a_source_without_one_readable_picture_leaves_nothing(
    clips: Clips, tmp_path: Path, name: str
) -> None:
    _, made = build(clips[name], tmp_path, may_copy=False)
    assert not [rung for rung in made.rungs(Stage.REST) if (tmp_path / f"{rung.name}.m3u8").exists()]


@pytest.mark.parametrize("name", ["garbage_streamable", "rare_keyframes"])
def test_what_only_looked_streamable_is_not_packaged(clips: Clips, tmp_path: Path, name: str) -> None:
    ours = media_of(clips[name])
    source = ours.probe(NOWHERE)
    task = Task(kind=Kind.PACKAGE, stage=Stage.FIRST, rungs=ladder(source, (72,)))
    if name == "rare_keyframes":  # it ends long before its container says it does
        source = replace(source, duration_seconds=26.0)
    with pytest.raises(NotStreamable):
        make(ours, source, task, tmp_path)


def test_a_failing_tool_says_nothing_to_people(clips: Clips, tmp_path: Path) -> None:
    ours = media_of(clips["web_page"])
    source = media_of(clips["streamable"]).probe(NOWHERE)
    with pytest.raises(EncodingFailed) as failed:
        make(ours, source, Task(kind=Kind.AUDIO, stage=Stage.FIRST), tmp_path)
    assert failed.value.message == "The video could not be processed."


@pytest.mark.parametrize(
    "name", ["streamable", "rotated", "hdr", "blink", "one_frame", "mpegts", "vfr", "interlaced"]
)
def test_poster_and_storyboard_are_pictures_of_the_right_size(
    clips: Clips, tmp_path: Path, name: str
) -> None:
    ours = media_of(clips[name])
    source = ours.probe(NOWHERE)
    width, height = source.video.display_size
    layout = sprite(source.duration_seconds, width, height)
    with ours.stills(NOWHERE, source, layout) as stills:
        poster, board = stream(stills.poster, "width,height"), stream(stills.sprite, "width,height")
        ffmpeg(["-i", str(stills.poster), "-f", "null", "-"])
    assert abs(int(poster["width"]) - width) <= 1
    assert abs(int(poster["height"]) - height) <= 1
    assert int(board["width"]) == layout.columns * layout.tile_width
    assert int(board["height"]) == layout.rows * layout.tile_height
