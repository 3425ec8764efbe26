"""What ffmpeg may open while it reads a source that anybody may have sent."""

from sluice.domain.media import MAX_PIXELS, VIDEO_CODECS

# Demuxers that read one file and nothing else. Left out on purpose: whatever follows names written
# inside the file to other files or hosts (hls, dash, concat, image2, sdp, rtsp, imf, ...) and raw
# or text formats that would make a video out of any bytes. Names as libavformat spells them.
DEMUXERS = ("mov", "matroska", "webm", "avi", "mpegts", "mpeg", "flv", "asf", "ogg", "mxf")

_AUDIO_DECODERS = (
    "aac,ac3,eac3,mp2,mp2float,mp3,mp3float,opus,libopus,vorbis,flac,alac,pcm_s16le,pcm_s16be,pcm_s24le,"
    "pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_mulaw,pcm_alaw,wmav1,wmav2,wmapro,amrnb,amrwb,"
    "adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,speex"
)
_DECODER_NAMES = {
    "av1": "libdav1d,av1",
    "flv1": "flv",
    "msmpeg4v3": "msmpeg4",
    "vp8": "vp8,libvpx",
    "vp9": "vp9,libvpx-vp9",
}


def reading_options() -> list[str]:
    """Options to stand before any source: only our loopback address, and only these formats.

    ``file``, ``data``, ``crypto``, ``concat`` and all else are refused, also when a file asks for them.
    """
    return [
        *("-protocol_whitelist", "http,tcp"),
        *("-format_whitelist", ",".join(DEMUXERS)),
        *("-max_pixels", str(MAX_PIXELS)),
    ]


def decoding_options() -> list[str]:
    """The same for ffmpeg, which opens only decoders that it needs, and so can be held to a list of them.

    ffprobe opens one for each track, also for subtitles and covers, and would refuse the whole file.
    Frames that cannot be decoded are left out; a source without any other is told by its empty result.
    """
    video = ",".join(_DECODER_NAMES.get(codec, codec) for codec in sorted(VIDEO_CODECS))
    return ["-max_error_rate", "1", *reading_options(), "-codec_whitelist", f"{video},{_AUDIO_DECODERS}"]
