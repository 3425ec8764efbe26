"""A corpus of small sources, good and bad, made by ffmpeg when first asked for and kept for the session.

    clips = Clips(folder)
    clips["vfr"]            the path of a clip
    clips.names()           all of them

Sizes are tiny on purpose: what is tested is timing, geometry and refusal, not pictures.
"""

import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from local.binaries import find_ffmpeg

_H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
_AAC = ["-c:a", "aac", "-b:a", "64k"]
_VP8 = ["-c:v", "libvpx", "-cpu-used", "8", "-deadline", "realtime", "-g", "300"]
_COVER = ["-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic"]
_NOISE = ["-vf", "noise=alls=60:allf=t", *_H264, "-b:v", "6M"]
_HDR = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"]

type Recipe = Callable[["Clips", Path], object]


def picture(seconds: float, size: str = "192x108", rate: str = "30") -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]


def tone(seconds: float) -> list[str]:
    return ["-f", "lavfi", "-i", f"sine=f=440:r=48000:d={seconds}"]


def encoded(ending: str, *arguments: str) -> tuple[str, Recipe]:
    """A clip that one run of ffmpeg makes."""
    return ending, lambda _clips, file: ffmpeg([*arguments, str(file)])


def altered(ending: str, change: Callable[[bytes], bytes], of: str) -> tuple[str, Recipe]:
    """Another clip's bytes, changed."""
    return ending, lambda clips, file: _write(file, change(clips[of].read_bytes()))


def remuxed(ending: str, of: str, *arguments: str) -> tuple[str, Recipe]:
    """Another clip's tracks in another container."""
    return ending, lambda clips, file: ffmpeg(["-i", str(clips[of]), "-c", "copy", *arguments, str(file)])


def bytes_of(ending: str, content: bytes) -> tuple[str, Recipe]:
    return ending, lambda _clips, file: _write(file, content)


def rotated(degrees: int, of: str) -> tuple[str, Recipe]:
    """Another clip with a display matrix, as phones write it."""
    return (
        "mp4",
        lambda clips, file: ffmpeg(
            ["-display_rotation", str(degrees), "-i", str(clips[of]), "-c", "copy", str(file)]
        ),
    )


def _spoiled(data: bytes) -> bytes:
    """Every byte of the media itself turned over; the boxes stay."""
    start = data.index(b"mdat") + 4
    length = int.from_bytes(data[start - 8 : start - 4])
    end = start - 8 + length
    return data[:start] + bytes(byte ^ 0xA5 for byte in data[start:end]) + data[end:]


_RECIPES: dict[str, tuple[str, Recipe]] = {
    # sources that can be packaged as they are
    "streamable": encoded("mp4", *picture(13), *tone(13), *_H264, "-g", "60", "-bf", "2", *_AAC, "-shortest"),
    "streamable_silent": encoded("mp4", *picture(4), *_H264, "-g", "60"),
    "moov_in_front": remuxed("mp4", "streamable", "-movflags", "+faststart"),
    "mpegts": remuxed("ts", "streamable"),
    "mpegts_far_keyframes": encoded("ts", *picture(15), *tone(15), *_H264, "-g", "600", *_AAC),
    "fragmented": remuxed("mp4", "streamable", "-movflags", "+frag_keyframe+empty_moov"),
    # sources that must be encoded
    "rare_keyframes": encoded("mp4", *picture(13), *tone(13), *_H264, "-g", "600", "-bf", "2", *_AAC),
    "tall": encoded("mp4", *picture(7, "320x180"), *tone(7), "-c:v", "mpeg4", *_AAC),
    "hd": encoded("mp4", *picture(20, "1280x720"), *tone(20), "-c:v", "mpeg4", "-b:v", "2M", *_AAC),
    "ntsc": encoded("mp4", *picture(13, rate="30000/1001"), *_H264, "-g", "600", "-bf", "3"),
    "vfr": encoded(
        "mp4",
        *picture(20),
        *("-vf", "select='lt(t,3)+between(t,3,5)*not(mod(n,3))+gt(t,14.2)'", "-fps_mode", "vfr"),
        *_H264,
        *("-g", "600"),
    ),
    "fast_frames": encoded("mp4", *picture(7, rate="120"), *_H264, "-g", "1200"),
    "slow_frames": encoded("mp4", *picture(13, rate="1"), *_H264, "-g", "100"),
    "mpeg4_avi": encoded("avi", *picture(3), *tone(3), "-c:v", "mpeg4", "-c:a", "mp2"),
    "flash": encoded("flv", *picture(3), *tone(3), "-c:v", "flv1", "-c:a", "libmp3lame", "-ar", "44100"),
    "vp9_webm": encoded(
        "webm",
        *picture(3),
        *tone(3),
        *("-c:v", "libvpx-vp9", "-cpu-used", "8", "-deadline", "realtime", "-c:a", "libopus"),
    ),
    "live_webm": (
        "webm",
        lambda _clips, file: _write(file, ffmpeg([*picture(8), *_VP8, "-live", "1", "-f", "webm", "pipe:1"])),
    ),
    "rotated": rotated(90, "streamable"),
    "upside_down": rotated(180, "streamable_silent"),
    "portrait": encoded("mp4", *picture(2, "108x192"), "-c:v", "mpeg4"),
    "wide_pixels": encoded("mp4", *picture(2, "144x108"), "-vf", "setsar=4/3", *_H264),
    "odd_444": encoded(
        "mp4",
        *picture(2),
        "-vf",
        "scale=193:109,setsar=1",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv444p",
    ),
    "rgb": encoded("mov", *picture(2), "-c:v", "qtrle", "-pix_fmt", "rgb24"),
    "ten_bit": encoded(
        "mp4", *picture(2), "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"
    ),
    "hdr": encoded(
        "mp4",
        *picture(2),
        *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", *_HDR),
        *("-x265-params", "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:log-level=none"),
    ),
    "interlaced": encoded(
        "mp4",
        *picture(2, rate="50"),
        "-vf",
        "interlace",
        *_H264,
        "-flags",
        "+ilme+ildct",
        "-x264opts",
        "tff=1",
    ),
    "late_sound": encoded("mp4", *picture(4), "-itsoffset", "0.5", *tone(3), "-c:v", "mpeg4", *_AAC),
    "surround": encoded(
        "mkv",
        *picture(2),
        *tone(2),
        *_H264,
        "-filter:a",
        "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0",
        "-c:a",
        "ac3",
    ),
    "blink": encoded("mp4", *picture(0.1), *tone(0.1), *_H264, *_AAC),
    "one_frame": encoded("mp4", *picture(1, rate="1"), "-frames:v", "1", *_H264),
    # sources that must be refused
    "empty": bytes_of("mp4", b""),
    "random": bytes_of("mp4", bytes(range(7, 256)) * 200),
    "web_page": bytes_of("mp4", b"<!DOCTYPE html><title>no video</title>" * 20),
    "playlist": bytes_of(
        "mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    ),
    "concat_script": bytes_of("mp4", b"ffconcat version 1.0\nfile /etc/hostname\n"),
    "session_description": bytes_of("mp4", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
    "dash_manifest": bytes_of(
        "mp4", b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>'
    ),
    "picture": encoded("png", *picture(1), "-frames:v", "1"),
    "sound_only": encoded("m4a", *tone(2), *_AAC),
    "cover_only": (
        "m4a",
        lambda clips, file: ffmpeg(
            ["-i", str(clips["sound_only"]), "-i", str(clips["picture"]), *_COVER, str(file)]
        ),
    ),
    "no_frames": encoded("mp4", *picture(1), *_H264, "-frames:v", "0", "-movflags", "+empty_moov"),
    "cut_behind_moov": altered("mp4", lambda data: data[: len(data) * 2 // 3], "moov_in_front"),
    "cut_before_moov": altered("mp4", lambda data: data[: len(data) * 2 // 3], "streamable"),
    "huge": encoded("mkv", *picture(0.2, "20000x64", "10"), "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"),
    # taken, and long enough that reading through it would show
    "big": encoded("mp4", *picture(60, "320x180"), *_NOISE, "-g", "30", "-movflags", "+faststart"),
    "minute_and_more": encoded("mp4", *picture(70, "32x32", "2"), *_H264),
    # broken, but not to be seen from outside
    "garbage_streamable": altered("mp4", _spoiled, "streamable"),
    "garbage_inside": altered("mp4", _spoiled, "rare_keyframes"),
}


class Clips:
    """The corpus in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> Path:
        ending, recipe = _RECIPES[name]
        file = self._folder / f"{name}.{ending}"
        if not file.exists():
            part = self._folder / f"{name}.{os.getpid()}.{ending}"
            recipe(self, part)
            part.rename(file)
        return file

    @staticmethod
    def names() -> Iterable[str]:
        return _RECIPES


def ffmpeg(arguments: Sequence[str]) -> bytes:
    """Run ffmpeg as a test's own tool; what it wrote to its standard output."""
    # Static builds crash on the host's character converters (sluice/adapters/ffmpeg/process.py).
    environment = {**os.environ, "GCONV_PATH": "/nonexistent"}
    start = [find_ffmpeg(os.environ), "-nostdin", "-v", "error", "-y"]
    return subprocess.run([*start, *arguments], check=True, stdout=subprocess.PIPE, env=environment).stdout


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
