"""Files that a function serves as they are: only those of a list, gzipped for whoever takes that."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gzip import compress
from pathlib import Path

from sluice.domain.errors import NotFound
from sluice.edge.http import Reply


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the function's folder; ``cached_seconds`` is how long a browser may keep it."""

    path: Path
    media_type: str
    cached_seconds: int


def serve(files: Mapping[str, StaticFile], name: str, headers: Mapping[str, str]) -> Reply:
    """The file that the list has under ``name``; ``headers`` are the request's.

    Raises:
        NotFound: the list does not have it, whatever the folder has.
    """
    file = files.get(name)
    if file is None:
        raise NotFound("There is no such file.", code="no_such_path")
    told = {
        "content-type": file.media_type,
        "cache-control": f"public, max-age={file.cached_seconds}",
        "vary": "accept-encoding",
    }
    if _takes_gzip(headers.get("accept-encoding", "")):
        return Reply(data=_gzipped(file.path), headers={**told, "content-encoding": "gzip"})
    return Reply(data=file.path.read_bytes(), headers=told)


def _takes_gzip(accepted: str) -> bool:
    for coding in accepted.replace(" ", "").lower().split(","):
        name, weighted, quality = coding.partition(";q=")
        if name == "gzip":
            return not weighted or quality.strip("0.") != ""
    return False


@cache
def _gzipped(path: Path) -> bytes:
    """Compressed once a process; the largest, 1.7 MB of script, takes 60 ms."""
    return compress(path.read_bytes(), mtime=0)
