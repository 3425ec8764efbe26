"""What ffprobe says of each kind of source, and what is refused."""

from fractions import Fraction
from typing import Any

import pytest
from sluice.adapters.ffmpeg.probe import probe
from sluice.domain.media import SourceMedia, require_acceptable
from sluice.domain.media_errors import Refused, StorageUnavailable

from tests.clips import Clips
from tests.media_checks import FileReader, tools


def probed(clips: Clips, name: str) -> SourceMedia:
    return probe(tools(), FileReader(clips[name]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("streamable", {"codec": "h264", "pixel_format": "yuv420p", "longest_gop_seconds": pytest.approx(2)}),
        ("rare_keyframes", {"longest_gop_seconds": pytest.approx(12, abs=1)}),
        ("ntsc", {"frame_rate": Fraction(30000, 1001), "variable_frame_rate": False}),
        ("vfr", {"variable_frame_rate": True}),
        ("fast_frames", {"frame_rate": Fraction(120)}),
        ("rotated", {"rotation": 90, "display_size": (108, 192)}),
        ("upside_down", {"rotation": 180, "display_size": (192, 108)}),
        ("wide_pixels", {"pixel_aspect": Fraction(4, 3), "display_size": (192, 108)}),
        ("odd_444", {"pixel_format": "yuv444p", "display_size": (193, 109)}),
        ("ten_bit", {"codec": "hevc", "pixel_format": "yuv420p10le", "hdr": False}),
        ("hdr", {"hdr": True, "transfer": "smpte2084"}),
        ("interlaced", {"interlaced": True}),
        ("portrait", {"codec": "mpeg4", "display_size": (108, 192)}),
    ],
)
def test_the_picture_is_described(clips: Clips, name: str, expected: dict[str, Any]) -> None:
    video = probed(clips, name).video
    assert {key: getattr(video, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("name", "container", "seconds", "indexed"),
    [
        ("streamable", "mp4", 13, True),
        ("moov_in_front", "mp4", 13, True),
        ("fragmented", "mp4", 13, False),
        ("mpegts", "ts", 13, False),
        ("mpeg4_avi", "avi", 3, False),
        ("flash", "flv", 3, False),
        ("live_webm", "webm", 8, True),
        ("surround", "mkv", 2, True),
        ("blink", "mp4", 0.1, True),
    ],
)
def test_the_container_and_its_length_are_found(
    clips: Clips, name: str, container: str, seconds: float, indexed: bool
) -> None:
    media = probed(clips, name)
    assert (media.container, media.indexed) == (container, indexed)
    assert media.duration_seconds == pytest.approx(seconds, abs=0.08)


def test_sound_is_described_or_missing(clips: Clips) -> None:
    audio = probed(clips, "surround").audio
    assert audio is not None
    assert (audio.codec, audio.channels, audio.sample_rate_hz) == ("ac3", 6, 48_000)
    assert probed(clips, "streamable_silent").audio is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "empty_source"),
        ("random", "not_a_video"),
        ("web_page", "not_a_video"),
        ("playlist", "not_a_video"),
        ("concat_script", "not_a_video"),
        ("session_description", "not_a_video"),
        ("dash_manifest", "not_a_video"),
        ("picture", "not_a_video"),
        ("sound_only", "not_a_video"),
        ("cover_only", "not_a_video"),
        ("no_frames", "broken_source"),
        ("cut_behind_moov", "broken_source"),
        ("cut_before_moov", "broken_source"),
        ("huge", "dimensions_too_large"),
        ("minute_and_more", "too_long"),
    ],
)
def test_what_is_no_usable_video_is_refused_in_words_for_people(clips: Clips, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        require_acceptable(probed(clips, name), longest_seconds=60)
    assert refused.value.code == code
    message = refused.value.message
    assert message.endswith(".")
    assert not any(mark in message for mark in ("/", "127.0.0.1", "ffprobe", "moov", "-i"))


def test_a_long_source_is_not_read_through(clips: Clips) -> None:
    reader = FileReader(clips["big"])
    assert reader.size_bytes > 40_000_000
    probe(tools(), reader)
    assert reader.bytes_read < reader.size_bytes / 2


class Failing(FileReader):
    """A bucket that answers once and then no more."""

    def read(self, start: int, end: int) -> bytes:
        if start > 0:
            raise StorageUnavailable("later")
        return super().read(start, end)


def test_trouble_with_the_bucket_is_not_blamed_on_the_file(clips: Clips) -> None:
    with pytest.raises(StorageUnavailable):
        probe(tools(), Failing(clips["big"]))
