"""Asking ffprobe what a source is: by ranges, without reading more of it than the answer needs."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from sluice.adapters.ffmpeg.process import ToolFailed, private_folder
from sluice.adapters.ffmpeg.source_server import CachedSource, RangeReader, served
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.media import AudioTrack, SourceMedia, VideoTrack
from sluice.domain.media_errors import Refused
from sluice.domain.mp4_layout import Layout, mp4_layout

# Long enough to see that keyframes are too rare for stream copy (domain/ladder.py).
_SAMPLED_SECONDS = 12
_SHOWN = (
    "format=format_name,start_time,duration,bit_rate:"
    "stream=index,codec_type,codec_name,profile,pix_fmt,width,height,sample_aspect_ratio,field_order,"
    "color_transfer,avg_frame_rate,r_frame_rate,duration,bit_rate,nb_frames,channels,sample_rate:"
    "stream_disposition=attached_pic:stream_side_data=rotation:packet=stream_index,pts_time,flags"
)
_CONTAINERS = {"mov": "mp4", "matroska": "mkv", "mpegts": "ts", "mpeg": "mpg", "asf": "wmv"}
_MAGIC = (b"\x1aE\xdf\xa3", b"RIFF", b"FLV", b"OggS", b"\x00\x00\x01\xba", b"0&\xb2u")
_WEBM_CODECS = {"vp8", "vp9", "av1"}
_PROGRESSIVE = {None, "progressive", "unknown"}
_UNREADABLE = "The file is not a video, or of a kind that cannot be read here."
_BROKEN = "The file is damaged or incomplete."


def probe(tools: Tools, reader: RangeReader) -> SourceMedia:
    """What ``reader`` holds.

    Raises:
        Refused: ``empty_source``, ``not_a_video`` or ``broken_source``.
        EncodingTimedOut: ffprobe did not come to an end with it.
        SluiceError: whatever reading the source raised.
    """
    if reader.size_bytes == 0:
        raise Refused("The file is empty.", code="empty_source")
    source = CachedSource(reader)
    layout = mp4_layout(source.read, source.size_bytes)
    if layout is Layout.BROKEN:
        raise Refused(_BROKEN, code="broken_source")
    with private_folder() as folder, served(source) as url:
        told = _ask(tools, url, folder, source)
        streams = told.get("streams", [])
        picture = _first(streams, "video")
        if picture is None:
            raise Refused("The file has no video in it.", code="not_a_video")
        duration = _duration(told["format"], picture, layout)
        if duration is None:
            duration = _measured_duration(tools, url, folder, picture["index"])
    container = told["format"]["format_name"].split(",")[0]
    sound = _first(streams, "audio")
    return SourceMedia(
        container=_container(container, picture.get("codec_name")),
        duration_seconds=duration,
        size_bytes=reader.size_bytes,
        video=_video_track(picture, told.get("packets", [])),
        audio=_audio_track(sound) if sound else None,
        start_seconds=float(told["format"].get("start_time", 0)),
        indexed=layout is Layout.WHOLE or container == "matroska",
    )


def _ask(tools: Tools, url: str, folder: Path, source: CachedSource) -> dict[str, Any]:
    interval = ("-read_intervals", f"%+{_SAMPLED_SECONDS}")
    try:
        answer = tools.probe(url, ["-of", "json", "-show_entries", _SHOWN, *interval], folder=folder)
    except ToolFailed as error:
        if _looks_like_a_video(source.read(0, 16)):
            raise Refused(_BROKEN, code="broken_source") from error
        raise Refused(_UNREADABLE, code="not_a_video") from error
    found: dict[str, Any] = json.loads(answer)
    return found


def _looks_like_a_video(head: bytes) -> bool:
    return head[4:8] == b"ftyp" or head.startswith(_MAGIC)


def _first(streams: Sequence[Mapping[str, Any]], kind: str) -> Mapping[str, Any] | None:
    """The first track of a kind that can be decoded; a cover picture is no video."""
    for stream in streams:
        if stream.get("codec_type") != kind or stream.get("disposition", {}).get("attached_pic"):
            continue
        if kind == "video" or (stream.get("codec_name") and int(stream.get("sample_rate", 0))):
            return stream
    return None


def _duration(told: Mapping[str, Any], picture: Mapping[str, Any], layout: Layout) -> float | None:
    """Seconds as the container says, where it can be believed: a fragmented MP4 only knows its first part."""
    if layout is Layout.FRAGMENTED:
        return None
    said = told.get("duration") or picture.get("duration")
    return float(said) if said else None


def _measured_duration(tools: Tools, url: str, folder: Path, stream: int) -> float:
    """Seconds from the first to the end of the last frame, by reading through the whole source."""
    shown = [
        "-select_streams",
        str(stream),
        "-show_entries",
        "packet=pts_time,duration_time",
        "-of",
        "csv=p=0",
    ]
    rows = tools.probe(url, shown, folder=folder).decode().splitlines()
    times = [(_seconds(row.split(",")[0]), _seconds(row.split(",")[1])) for row in rows if row.count(",")]
    known = [(at, lasts or 0.0) for at, lasts in times if at is not None]
    if not known:
        return 0.0
    return max(at + lasts for at, lasts in known) - min(at for at, _ in known)


def _seconds(text: str) -> float | None:
    return float(text) if text and text != "N/A" else None


def _video_track(stream: Mapping[str, Any], packets: Sequence[Mapping[str, Any]]) -> VideoTrack:
    mine = [packet for packet in packets if packet["stream_index"] == stream["index"]]
    times = sorted(float(packet["pts_time"]) for packet in mine if "pts_time" in packet)
    keys = sorted(float(p["pts_time"]) for p in mine if "K" in p["flags"] and "pts_time" in p)
    average, nominal = _rate(stream.get("avg_frame_rate")), _rate(stream.get("r_frame_rate"))
    rotation = next(
        (int(side["rotation"]) for side in stream.get("side_data_list", []) if "rotation" in side), 0
    )
    return VideoTrack(
        codec=stream.get("codec_name", "unknown"),
        profile=stream.get("profile"),
        pixel_format=stream.get("pix_fmt", "unknown"),
        width=int(stream.get("width", 0)),
        height=int(stream.get("height", 0)),
        pixel_aspect=_pixel_aspect(stream.get("sample_aspect_ratio")),
        rotation=round(rotation / 90) * 90 % 360,
        frame_rate=average or nominal or Fraction(30),
        variable_frame_rate=_varies(times, average, nominal),
        interlaced=stream.get("field_order") not in _PROGRESSIVE,
        transfer=stream.get("color_transfer"),
        bitrate_bps=int(stream["bit_rate"]) if "bit_rate" in stream else None,
        starts_with_keyframe=bool(mine) and "K" in mine[0]["flags"],
        longest_gop_seconds=_longest_gop(keys, times),
    )


def _audio_track(stream: Mapping[str, Any]) -> AudioTrack:
    return AudioTrack(
        codec=stream["codec_name"],
        profile=stream.get("profile"),
        channels=int(stream.get("channels", 0)) or 2,
        sample_rate_hz=int(stream["sample_rate"]),
        bitrate_bps=int(stream["bit_rate"]) if "bit_rate" in stream else None,
    )


def _rate(text: str | None) -> Fraction | None:
    above, _, below = (text or "0/0").partition("/")
    return Fraction(int(above), int(below)) if int(above) > 0 and int(below or 1) > 0 else None


def _pixel_aspect(text: str | None) -> Fraction:
    above, _, below = (text or "1:1").partition(":")
    wide, high = int(above or 0), int(below or 0)
    # Some files carry nonsense here; nobody makes pixels four times wider than high.
    return Fraction(wide, high) if wide > 0 and high > 0 and 1 / 4 <= wide / high <= 4 else Fraction(1)


def _varies(times: Sequence[float], average: Fraction | None, nominal: Fraction | None) -> bool:
    """Whether frames come at uneven distances, in the sample or by the container's own account."""
    steps = [after - before for before, after in pairwise(times)]
    # Containers with a millisecond clock round each time up or down.
    uneven = bool(steps) and max(steps) - min(steps) > 0.0025
    differs = average is not None and nominal is not None and abs(average / nominal - 1) > Fraction(1, 100)
    return uneven or differs


def _longest_gop(keys: Sequence[float], times: Sequence[float]) -> float | None:
    """Seconds between keyframes at worst, counting the open end of the sample."""
    if not keys:
        return None
    gaps = [after - before for before, after in pairwise([*keys, times[-1]])]
    return max(gaps)


def _container(name: str, codec: str | None) -> str:
    """The container in one word, as people call it."""
    if name == "matroska" and codec in _WEBM_CODECS:
        return "webm"
    return _CONTAINERS.get(name, name)
