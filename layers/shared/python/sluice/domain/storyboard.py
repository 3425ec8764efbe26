"""The storyboard: one sprite of small pictures, and the WebVTT that says which belongs to which moment."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

_COLUMNS = 10
_MOST_TILES = 100
_SHORTEST_INTERVAL_SECONDS = 2.0
_TILE_LONG_SIDE = 160
_TILE_SHORTEST_SIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprite:
    """A grid of tiles, one every ``interval_seconds``; sizes in pixels."""

    interval_seconds: float
    tiles: int
    columns: int
    rows: int
    tile_width: int
    tile_height: int


def sprite(duration_seconds: float, width: int, height: int) -> Sprite:
    """How to lay out the storyboard of a video shown at ``width`` x ``height``."""
    interval = max(_SHORTEST_INTERVAL_SECONDS, duration_seconds / _MOST_TILES)
    tiles = max(1, min(_MOST_TILES, ceil(duration_seconds / interval)))
    columns = min(_COLUMNS, tiles)
    factor = _TILE_LONG_SIDE / max(width, height)
    return Sprite(
        interval_seconds=interval,
        tiles=tiles,
        columns=columns,
        rows=ceil(tiles / columns),
        tile_width=max(_TILE_SHORTEST_SIDE, 2 * round(width * factor / 2)),
        tile_height=max(_TILE_SHORTEST_SIDE, 2 * round(height * factor / 2)),
    )


def web_vtt(layout: Sprite, duration_seconds: float, image: str) -> str:
    """Cues that point into ``image`` by spatial media fragments."""
    cues = ["WEBVTT"]
    for tile in range(layout.tiles):
        begin = tile * layout.interval_seconds
        last = tile == layout.tiles - 1
        end = max(begin + 0.001, duration_seconds) if last else begin + layout.interval_seconds
        x, y = tile % layout.columns * layout.tile_width, tile // layout.columns * layout.tile_height
        where = f"{image}#xywh={x},{y},{layout.tile_width},{layout.tile_height}"
        cues.append(f"{_clock(begin)} --> {_clock(end)}\n{where}")
    return "\n\n".join(cues) + "\n"


def sign_storyboard(text: str, sign: Callable[[str], str]) -> str:
    """``text`` with each image name replaced by ``sign(name)``; the fragment stays."""
    known: dict[str, str] = {}

    def signed(line: str) -> str:
        image, mark, fragment = line.partition("#xywh=")
        if not mark:
            return line
        if image not in known:
            known[image] = sign(image)
        return f"{known[image]}{mark}{fragment}"

    return "\n".join(signed(line) for line in text.split("\n"))


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
