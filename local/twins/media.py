"""What a twin does with bytes: looks at them, packages them for playback, takes pictures. Real ffmpeg, one
at a time.

Uploads are strangers' files: only plain containers are read and nothing is opened but the file itself.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from local.twins.refusals import Doc

LONGEST_SECONDS = 600  # for one run of ffmpeg
CONTAINERS = "mov,matroska,webm,mpegts,mpeg,avi,flv,asf,ogg,mp3,wav,aac,flac"
_SAFE = ("-protocol_whitelist", "file", "-format_whitelist", CONTAINERS)
_COPYABLE_VIDEO, _COPYABLE_AUDIO = {"h264"}, {"aac"}


class NotPlayable(Exception):
    """No video and no sound can be read from the file. ``broken``: a known container that makes no sense."""

    def __init__(self, *, broken: bool) -> None:
        super().__init__("broken" if broken else "not a media file")
        self.broken = broken


class ToolFailed(RuntimeError):
    """ffmpeg ended with an error."""


@dataclass(frozen=True, slots=True)
class Facts:
    """About a media file. Width and height as seen (rotation applied), 0 without video; 0 channels without
    sound.
    """

    duration_seconds: float
    width: int
    height: int
    frame_rate: float
    channels: int
    video_codec: str
    audio_codec: str
    size_bytes: int

    @property
    def as_doc(self) -> Doc:
        """For the store."""
        return asdict(self)


class Media:
    """The two programs; one run at a time, so that a twin leaves the machine to others."""

    def __init__(self, ffmpeg: str, ffprobe: str) -> None:
        self._ffmpeg, self._ffprobe = ffmpeg, ffprobe
        self._turn = asyncio.Semaphore(1)

    async def probe(self, source: Path) -> Facts:
        """Facts of a file.

        Raises:
            NotPlayable: it is none of ours.
        """
        known = await asyncio.to_thread(_looks_like_media, source)
        arguments = ("-v", "error", *_SAFE, "-of", "json", "-show_format", "-show_streams", str(source))
        try:
            found = json.loads(await self._run(self._ffprobe, arguments))
        except (ToolFailed, ValueError):
            raise NotPlayable(broken=known) from None
        streams = found.get("streams", [])
        video: Doc = next(
            (one for one in streams if one.get("codec_type") == "video" and not _is_cover(one)), {}
        )
        audio: Doc = next((one for one in streams if one.get("codec_type") == "audio"), {})
        if not video and not audio:
            raise NotPlayable(broken=known)
        width, height = _seen_size(video)
        return Facts(
            duration_seconds=float(found.get("format", {}).get("duration") or video.get("duration") or 0),
            width=width,
            height=height,
            frame_rate=_ratio(video.get("avg_frame_rate", "0/0")),
            channels=int(audio.get("channels", 0)),
            video_codec=str(video.get("codec_name", "")),
            audio_codec=str(audio.get("codec_name", "")),
            size_bytes=source.stat().st_size,
        )

    async def package(
        self, source: Path, facts: Facts, folder: Path, *, cut_seconds: float | None = None
    ) -> None:
        """One rung as HLS and DASH over the same pieces: ``master.m3u8``, ``media_N.m3u8``, ``manifest.mpd``.

        Copied where browsers can play it, else encoded as fast as it goes. ``cut_seconds`` keeps the
        beginning only.

        Raises:
            ToolFailed: the file could be probed but not read to its end.
        """
        folder.mkdir(parents=True, exist_ok=True)
        small = "scale='min(1280,iw)':-2"
        encode = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "60", "-vf", small)
        video = ("-c:v", "copy") if facts.video_codec in _COPYABLE_VIDEO else encode
        audio = ("-c:a", "copy") if facts.audio_codec in _COPYABLE_AUDIO else ("-c:a", "aac", "-ac", "2")
        names = (
            "-init_seg_name",
            "init-$RepresentationID$.mp4",
            "-media_seg_name",
            "piece-$RepresentationID$-$Number%05d$.m4s",
        )
        await self._run(
            self._ffmpeg,
            (
                "-v",
                "error",
                "-nostdin",
                "-y",
                *_SAFE,
                "-i",
                str(source),
                *(("-t", str(cut_seconds)) if cut_seconds else ()),
                "-map",
                "0:v:0?",
                "-map",
                "0:a:0?",
                *video,
                *audio,
                "-f",
                "dash",
                "-seg_duration",
                "6",
                "-hls_playlist",
                "1",
                "-use_timeline",
                "1",
                *names,
                str(folder / "manifest.mpd"),
            ),
        )

    async def picture(self, source: Path, target: Path, *, at_seconds: float, filters: str) -> None:
        """One frame at or after a time; the format follows from the target's name."""
        await self._image(source, target, ("-ss", f"{at_seconds:.3f}"), filters, ("-frames:v", "1"))

    async def animation(
        self, source: Path, target: Path, *, start: float, length: float, filters: str
    ) -> None:
        """A few seconds as a GIF or WebP."""
        await self._image(
            source, target, ("-ss", f"{start:.3f}", "-t", f"{length:.3f}"), filters, ("-loop", "0")
        )

    async def sprite(
        self, source: Path, target: Path, *, every_seconds: float, width: int, columns: int, rows: int
    ) -> None:
        """Frames at even distances in one picture."""
        filters = f"fps=1/{every_seconds:.6f}:round=down,scale={width}:-2,tile={columns}x{rows}"
        await self._image(source, target, (), filters, ("-frames:v", "1"))

    async def download(
        self, source: Path, target: Path, facts: Facts, *, picture: bool = True, short_side: int | None = None
    ) -> None:
        """An MP4 (or M4A, without ``picture``) that plays while it loads; ``short_side`` scales it."""
        encode = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
        size = f"-2:{short_side}" if facts.width >= facts.height else f"{short_side}:-2"
        scaled = (*encode, "-vf", f"scale={size}") if short_side else encode
        video = ("-c:v", "copy") if facts.video_codec in _COPYABLE_VIDEO and not short_side else scaled
        audio = ("-c:a", "copy") if facts.audio_codec in _COPYABLE_AUDIO else ("-c:a", "aac")
        maps = ("-map", "0:v:0?", *video) if picture else ()
        await self._to(
            target,
            ("-i", str(source), *maps, "-map", "0:a:0?", *audio, "-movflags", "+faststart", "-f", "mp4"),
        )

    async def _image(
        self, source: Path, target: Path, seek: Sequence[str], filters: str, more: Sequence[str]
    ) -> None:
        form = {".jpg": "image2", ".png": "image2", ".webp": "webp", ".gif": "gif"}[target.suffix]
        coder = {".jpg": "mjpeg", ".png": "png", ".webp": "libwebp", ".gif": "gif"}[target.suffix]
        one = ("-update", "1") if form == "image2" else ()
        await self._to(
            target, (*seek, "-i", str(source), "-an", "-vf", filters, *more, "-c:v", coder, "-f", form, *one)
        )

    async def _to(self, target: Path, arguments: Sequence[str]) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"draft-{target.name}")  # a reader never sees half a file
        await self._run(self._ffmpeg, ("-v", "error", "-nostdin", "-y", *_SAFE, *arguments, str(draft)))
        if not draft.exists():
            raise ToolFailed("nothing was made")
        draft.replace(target)

    async def _run(self, program: str, arguments: Sequence[str]) -> bytes:
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                program, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
            )
            try:
                output, complaint = await asyncio.wait_for(process.communicate(), LONGEST_SECONDS)
            except BaseException:  # cancelled or too long: never leave it running
                if process.returncode is None:
                    process.kill()
                await process.communicate()  # its pipes are closed before the loop is
                raise
        if process.returncode != 0:
            raise ToolFailed(complaint.decode(errors="replace")[-300:])
        return output


def _looks_like_media(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(12)
    return head[4:8] == b"ftyp" or head[:4] in {b"\x1aE\xdf\xa3", b"RIFF", b"OggS"}


def _is_cover(stream: Doc) -> bool:
    return bool(stream.get("disposition", {}).get("attached_pic"))


def _seen_size(video: Doc) -> tuple[int, int]:
    width, height = int(video.get("width", 0)), int(video.get("height", 0))
    turns = [int(side.get("rotation", 0)) for side in video.get("side_data_list", [])]
    return (height, width) if any(turn % 180 for turn in turns) else (width, height)


def _ratio(text: str) -> float:
    above, _, below = text.partition("/")
    return round(float(above) / float(below), 3) if float(below or 1) else 0.0
