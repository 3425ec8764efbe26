"""Packages code: each function's folder as a zip, the shared layer as a snapshot that all functions import.

Functions run from copies, so that a file that is half edited, or does not parse, is never run.
"""

import ast
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

SHARED = Path("layers/shared/python")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold: equal code makes equal bytes
_SKIPPED = {"__pycache__", ".mypy_cache", ".ruff_cache"}

FUNCTION_PLACEHOLDER = 'def handler(event, context):\n    raise RuntimeError("the code is not there yet")\n'


class BadSyntax(ValueError):
    """A file does not parse; the message names the file, line and fault."""


def check_syntax(root: Path, folder: Path) -> None:
    """Every module below ``folder`` parses.

    Raises:
        BadSyntax: one does not.
    """
    for path in source_files(folder):
        if path.suffix == ".py":
            try:
                ast.parse(path.read_bytes(), filename=str(path))
            except (SyntaxError, ValueError) as exc:
                line = getattr(exc, "lineno", None) or 1
                raise BadSyntax(f"{path.relative_to(root)}:{line}: {getattr(exc, 'msg', exc)}") from exc


def source_files(folder: Path) -> Iterator[Path]:
    """Files below ``folder`` in a fixed order, without caches."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        for name in sorted(names):
            if not name.endswith((".pyc", "~")) and not name.startswith("."):
                yield Path(base) / name


def digest_of(folder: Path) -> str:
    """Changes with any file's name or content."""
    digest = hashlib.sha256()
    for path in source_files(folder):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder)}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


def function_package(folder: Path, shared_digest: str) -> bytes:
    """A function's zip. It names the shared snapshot, so that the function is renewed when that changes."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in source_files(folder)}
    return zipped({**files, "shared-layer.txt": shared_digest.encode()})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip that depends on its files' names and contents only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def snapshot_shared(root: Path, code: Path) -> str:
    """Copy the shared layer to ``code`` and make it the current one; its digest.

    Byte code is copied along and times are kept, so that it stays valid and functions start faster.
    """
    source = root / SHARED
    digest = digest_of(source)
    target = code / digest
    if not target.exists():
        draft = code / f".{digest}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft, ignore=shutil.ignore_patterns(".mypy_cache", ".ruff_cache", "*~"))
        draft.replace(target)
    link = code / f".current.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(digest)
    link.replace(code / "current")
    _forget_others(code, digest)
    return digest


def _forget_others(code: Path, kept: str, most: int = 3) -> None:
    """Remove old snapshots but the newest few, which running functions may still import from."""
    others = [
        path for path in code.iterdir() if path.is_dir() and not path.is_symlink() and path.name != kept
    ]
    others.sort(key=lambda path: path.stat().st_ctime, reverse=True)
    for path in others[most - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
