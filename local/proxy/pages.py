"""`/`: the files of `web/`, as a static host would serve them, never kept by the browser.

`/share/{videoId}` is one page for all videos: which one, it reads from its address.
"""

from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

# Python's own table depends on the machine; modules with a wrong type are not run by browsers.
TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_TEXTUAL = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_NOT_FOUND = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title>
<meta name="viewport" content="width=device-width">
<body style="font: 1rem/1.5 system-ui; margin: 3rem auto; max-width: 32rem; padding: 0 1rem">
<h1>There is no such page</h1><p><a href="/">Back to the gallery</a></p></body></html>"""


class Pages:
    """Serves the files below one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A file, or the page that says that there is none."""
        if request.method not in {"GET", "HEAD"}:
            raise web.HTTPMethodNotAllowed(request.method, ["GET", "HEAD"])
        path = self._file(request.path)
        if path is None:
            custom = self._root / "404.html"
            text = custom.read_text() if custom.is_file() else _NOT_FOUND
            return web.Response(status=404, text=text, content_type="text/html", headers=_HEADERS)
        kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
        textual = kind.startswith(_TEXTUAL)
        headers = {**_HEADERS, "Content-Type": f"{kind}; charset=utf-8" if textual else kind}
        return web.FileResponse(path, headers=headers)

    def _file(self, url_path: str) -> Path | None:
        """The file of a path; None if it has none, is hidden, or lies outside the folder."""
        parts = [part for part in unquote(url_path).split("/") if part]
        if len(parts) == 2 and parts[0] == "share":
            parts = ["share.html"]
        if any(part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            return None
        path = self._root.joinpath(*parts)
        if path.is_dir():
            path = path / "index.html"
        return path if path.is_file() and path.resolve().is_relative_to(self._root) else None
