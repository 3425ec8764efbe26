"""How renditions are written: one fragmented MP4 a rung, ready to be cut into byte ranges."""

from collections.abc import Sequence

from sluice.domain.ladder import Rung, output_frame_rate
from sluice.domain.media import AudioTrack, VideoTrack
from sluice.domain.pieces import SEGMENT_SECONDS

# The same clock for every rung and piece: it divides all usual frame rates.
TIMESCALE = 90_000
# Everything is shown this much later than in the source, sound and pictures alike: frames that are
# decoded before they are shown would need times below zero, which a fragment cannot have. The
# alternative, negative composition offsets, is read in two ways by players, 67 ms apart.
TIMELINE_START_SECONDS = 1
# With fewer frames a second, or at uneven distances, reordered frames may need more than that.
_FRAME_RATE_FOR_REORDERING = 8
# Measured against `medium` at 1080p: a fifth less work for a tenth of a decibel.
_PRESET = "faster"
_CRF = 21
# What pieces need above one whole run to look like it: 0.1 dB, measured where the limit binds.
_HEADROOM = 1.06
# Distance of keyframes at most, should none of the forced ones come: 10 s.
_LAST_RESORT_GOP_SECONDS = 10

# frag_discont makes a piece begin at its own time instead of zero; without use_editlist 0 that would
# be the time at which its first frame is shown rather than decoded.
_FLAGS = "+empty_moov+default_base_moof+frag_discont"
_PLAIN = [
    *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"),
    *("-output_ts_offset", str(TIMELINE_START_SECONDS), "-avoid_negative_ts", "disabled"),
    *("-use_editlist", "0", "-f", "mp4"),
]


def encoded_video(
    pad: str, video: VideoTrack, rung: Rung, keyframes: Sequence[float], file: str
) -> list[str]:
    """Options that encode one pad of the graph into ``file`` with keyframes at the given times (seconds)."""
    peak = round(rung.bitrate_bps * _HEADROOM)
    fixed = output_frame_rate(video)
    rate = fixed or video.frame_rate
    steady = fixed is not None or (not video.variable_frame_rate and rate >= _FRAME_RATE_FOR_REORDERING)
    return [
        *("-map", f"[{pad}]", "-c:v", "libx264", "-preset", _PRESET, "-profile:v", "high"),
        *("-crf", str(_CRF), "-maxrate", str(peak), "-bufsize", str(2 * peak)),
        *("-force_key_frames", ",".join(f"{time:.6f}" for time in keyframes)),
        *([] if steady else ["-bf", "0"]),
        *("-sc_threshold", "0", "-g", str(max(2, round(rate * _LAST_RESORT_GOP_SECONDS)))),
        # Every frame once, at its own time: anything else doubles or drops some at the seams, and the
        # encoder's usual clock would round times to whole frames.
        *("-fps_mode", "passthrough", "-enc_time_base:v", f"1:{TIMESCALE}", "-flags:v", "+bitexact"),
        *_video_file(file),
    ]


def copied_video(file: str) -> list[str]:
    """Options that package the source's own pictures into ``file``."""
    return ["-map", "0:v:0", "-c:v", "copy", *_video_file(file)]


def written_audio(audio: AudioTrack, file: str, *, copy: bool) -> list[str]:
    """Options that write the sound into ``file``: as it is, or as stereo (or mono) AAC-LC.

    Packets before time zero hold an encoder's run-up and nothing that was recorded. Kept without an
    edit list they would delay all that follows them by 21 ms.
    """
    channels = min(audio.channels, 2)
    rate = audio.sample_rate_hz if audio.sample_rate_hz in {44_100, 48_000} else 48_000
    encoded = ["-c:a", "aac", "-b:a", f"{64 * channels}k", "-ac", str(channels), "-ar", str(rate)]
    return [
        *("-map", "0:a:0", *(["-c:a", "copy"] if copy else encoded)),
        *("-bsf:a", "aac_adtstoasc,noise=drop='lt(pts,0)'"),
        *_PLAIN,
        *("-movflags", _FLAGS, "-frag_duration", str(SEGMENT_SECONDS * 1_000_000), file),
    ]


def _video_file(file: str) -> list[str]:
    return [
        *_PLAIN,
        *(
            "-video_track_timescale",
            str(TIMESCALE),
            "-f",
            "mp4",
            "-movflags",
            f"{_FLAGS}+frag_keyframe",
            file,
        ),
    ]
