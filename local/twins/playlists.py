"""Playlists with other addresses in them, and files as they are served."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from aiohttp import web

from local.twins.refusals import Refused

_ATTRIBUTE = re.compile(r'URI="([^"]+)"')
TYPES = {
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".mpd": "application/dash+xml",
}


def rewritten(playlist: str, address_of: Callable[[str], str]) -> str:
    """An HLS playlist in which every address is replaced."""
    lines = [
        _ATTRIBUTE.sub(lambda found: f'URI="{address_of(found[1])}"', line)
        if line.startswith("#")
        else address_of(line)
        if line.strip()
        else line
        for line in playlist.splitlines()
    ]
    return "\n".join(lines) + "\n"


def served(path: Path, headers: Mapping[str, str], *, download: str | None = None) -> web.StreamResponse:
    """A file, by ranges where asked; ``download`` is the name under which a browser saves it.

    Raises:
        Refused: 404.
    """
    if not path.is_file():
        raise Refused(404, "not_found", "There is no such file.")
    more = dict(headers)
    if path.suffix in TYPES:
        more["Content-Type"] = TYPES[path.suffix]
    if download is not None:
        name = re.sub(r"[^\w. -]", "_", download)
        more["Content-Disposition"] = f'attachment; filename="{name}"'
    return web.FileResponse(path, headers=more)
