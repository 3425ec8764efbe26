"""Poster and storyboard: small JPEGs of a source's frames."""

from pathlib import Path

from sluice.adapters.ffmpeg.filters import still_filters
from sluice.adapters.ffmpeg.sandbox import decoding_options
from sluice.adapters.ffmpeg.tools import Tools
from sluice.domain.media import SourceMedia
from sluice.domain.storyboard import Sprite

_POSTER_LONG_SIDE = 1280
# Videos often begin black: the poster comes from a little later, and is the most typical of some frames.
_POSTER_AT = 0.1
_POSTER_LATEST_SECONDS = 10.0
_POSTER_CANDIDATES = 24
_JPEG = ["-frames:v", "1", "-map_metadata", "-1", "-c:v", "mjpeg", "-f", "mjpeg"]


def poster(tools: Tools, url: str, media: SourceMedia, folder: Path) -> Path:
    """One picture, as large as the source but at most 1280 pixels on its long side."""
    file = folder / "poster.jpg"
    at = min(media.duration_seconds * _POSTER_AT, _POSTER_LATEST_SECONDS) if media.indexed else 0.0
    width, height = _fitted(media.video.display_size)
    chain = f"thumbnail=n={_POSTER_CANDIDATES},{still_filters(media.video, width, height)}"
    arguments = ["-noaccurate_seek", "-ss", f"{at:.3f}", *decoding_options(), "-i", url, "-map", "0:v:0"]
    tools.encode([*arguments, "-vf", chain, "-q:v", "3", *_JPEG, file.name], folder=folder)
    return file


def storyboard(tools: Tools, url: str, media: SourceMedia, layout: Sprite, folder: Path) -> Path:
    """A grid of tiles in one picture, made of keyframes only, which is a fraction of the work."""
    file = folder / "storyboard.jpg"
    chain = (
        f"fps=fps={1 / layout.interval_seconds:.9f}:start_time=0:round=up,"
        f"{still_filters(media.video, layout.tile_width, layout.tile_height)},"
        f"tile={layout.columns}x{layout.rows}"
    )
    clock = ["-copyts", "-itsoffset", f"{-media.start_seconds:.6f}"]
    arguments = [*clock, "-skip_frame", "nokey", *decoding_options(), "-i", url]
    tools.encode([*arguments, "-map", "0:v:0", "-vf", chain, "-q:v", "5", *_JPEG, file.name], folder=folder)
    return file


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    factor = min(1.0, _POSTER_LONG_SIDE / max(size))
    width, height = (max(2, 2 * round(side * factor / 2)) for side in size)
    return width, height
