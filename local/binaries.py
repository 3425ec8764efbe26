"""Where ffmpeg and ffprobe are: named by the operator, on the path, or from a registry package."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path


class NotFound(RuntimeError):
    """No usable program; the message tells the operator what to set or install."""


def find_ffmpeg(env: Mapping[str, str]) -> str:
    """The path of ffmpeg.

    Raises:
        NotFound: it is nowhere.
    """
    return _find(env, "SLUICE_FFMPEG", "ffmpeg", _packaged_ffmpeg)


def find_ffprobe(env: Mapping[str, str]) -> str:
    """The path of ffprobe.

    Raises:
        NotFound: it is nowhere.
    """
    return _find(env, "SLUICE_FFPROBE", "ffprobe", _packaged_ffprobe)


def _find(env: Mapping[str, str], variable: str, program: str, packaged: Callable[[], str | None]) -> str:
    named = env.get(variable)
    if named:
        path = shutil.which(named, path=env.get("PATH"))
        if path is None:
            raise NotFound(f"{variable} does not name a program that can be run.")
        return path
    path = shutil.which(program, path=env.get("PATH")) or packaged()
    if path is None:
        raise NotFound(f"{program} was not found: install it, or set {variable} to its path.")
    return path


def _packaged_ffmpeg() -> str | None:
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:  # the package has no binary for this platform
        return None


def _packaged_ffprobe() -> str | None:
    """Beside this Python, where `python -m tools.artefacts.media_tools here` puts it at installation."""
    return shutil.which("ffprobe", path=str(Path(sys.prefix) / "bin"))
