"""Where ffmpeg and ffprobe are found."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from local.binaries import NotFound, find_ffmpeg, find_ffprobe

Finder = Callable[[Mapping[str, str]], str]
BOTH = pytest.mark.parametrize(
    ("find", "variable", "program"),
    [(find_ffmpeg, "SLUICE_FFMPEG", "ffmpeg"), (find_ffprobe, "SLUICE_FFPROBE", "ffprobe")],
)


def program_at(path: Path) -> str:
    """A program there."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@BOTH
def test_the_operators_own_comes_first(find: Finder, variable: str, program: str, tmp_path: Path) -> None:
    named, other = program_at(tmp_path / "mine"), program_at(tmp_path / "bin" / program)
    assert find({variable: named, "PATH": str(tmp_path / "bin")}) == named
    assert find({"PATH": str(tmp_path / "bin")}) == other


@BOTH
def test_what_the_operator_names_must_be_there(
    find: Finder, variable: str, program: str, tmp_path: Path
) -> None:
    program_at(tmp_path / program)
    with pytest.raises(NotFound, match=f"{variable} does not name a program"):
        find({variable: "/nowhere/secret-place", "PATH": str(tmp_path)})


@BOTH
def test_else_it_is_a_registry_package(find: Finder, variable: str, program: str, tmp_path: Path) -> None:
    found = find({"PATH": str(tmp_path)})
    shown = subprocess.run([found, "-version"], capture_output=True, text=True, check=True).stdout
    assert shown.startswith(f"{program} version")
