"""A source cannot make the tools read anything but itself."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from sluice.adapters.ffmpeg.sandbox import DEMUXERS, decoding_options, reading_options
from sluice.adapters.ffmpeg.source_server import CachedSource, served
from sluice.domain.media import VIDEO_CODECS

from local.binaries import find_ffmpeg
from tests.clips import Clips
from tests.media_checks import FileReader

INDIRECT = {
    "hls",
    "dash",
    "concat",
    "image2",
    "sdp",
    "rtsp",
    "rtp",
    "imf",
    "lavfi",
    "tee",
    "webm_dash_manifest",
}


def opened(url: str, folder: Path, *, options: list[str]) -> str:
    """What ffmpeg says when it opens something with our options; empty if it read it."""
    argv = [
        find_ffmpeg(os.environ),
        "-nostdin",
        "-v",
        "error",
        *options,
        "-i",
        url,
        "-t",
        "0.1",
        "-f",
        "null",
        "-",
    ]
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, env={}, check=False)
    return done.stderr if done.returncode else ""


def test_no_demuxer_is_let_in_that_follows_names_inside_a_file() -> None:
    assert not INDIRECT & set(DEMUXERS)


@pytest.mark.parametrize("name", ["playlist", "concat_script", "session_description", "dash_manifest"])
@pytest.mark.parametrize("options", [reading_options(), decoding_options()], ids=["reading", "decoding"])
def test_lists_of_other_files_are_not_followed(
    clips: Clips, tmp_path: Path, name: str, options: list[str]
) -> None:
    with served(CachedSource(FileReader(clips[name]))) as url:
        assert opened(url, tmp_path, options=options)


@pytest.mark.parametrize(
    "address",
    [
        "{file}",
        "file:{file}",
        "concat:{file}|{file}",
        "crypto:{file}",
        "subfile,,start,0,end,9,,:{file}",
        "data:,x",
    ],
)
def test_files_of_ours_are_out_of_reach(clips: Clips, tmp_path: Path, address: str) -> None:
    said = opened(address.format(file=clips["streamable"]), tmp_path, options=reading_options())
    assert "not on whitelist" in said


def test_what_is_let_in_can_be_read(clips: Clips, tmp_path: Path) -> None:
    with served(CachedSource(FileReader(clips["streamable"]))) as url:
        assert opened(url, tmp_path, options=decoding_options()) == ""


def test_every_codec_that_is_taken_has_a_decoder_by_the_name_we_use() -> None:
    known = subprocess.run(
        [find_ffmpeg(os.environ), "-hide_banner", "-decoders"], capture_output=True, text=True, check=True
    ).stdout
    decoders = set(re.findall(r"^ V\S+\s+(\S+)", known, re.MULTILINE))
    listed = set(decoding_options()[-1].split(","))
    assert len(decoders & listed) >= len(VIDEO_CODECS)
