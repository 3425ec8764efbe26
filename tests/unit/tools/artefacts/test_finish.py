"""What SAM built becomes what Lambda should get."""

import importlib.util
import marshal
import os
from pathlib import Path
from types import CodeType

import pytest

from tools.artefacts.finish import byte_compile, prune

UNCHECKED = 1
"""The flags of byte code that goes by a hash and is never compared with its source (PEP 552)."""


def written(file: Path, text: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def compiled(source: Path) -> tuple[int, CodeType]:
    """Flags and code of a module's byte code."""
    raw = Path(importlib.util.cache_from_source(str(source))).read_bytes()
    code = marshal.loads(raw[16:])  # noqa: S302 - byte code that this test has just made
    assert isinstance(code, CodeType)
    return int.from_bytes(raw[4:8], "little"), code


def test_byte_code_is_valid_whatever_happens_to_the_times_of_files(tmp_path: Path) -> None:
    module = written(tmp_path / "package" / "module.py", "answer = 42\n")

    byte_compile(tmp_path, shown_as="/opt/python")
    os.utime(module, (0, 0))

    flags, code = compiled(module)
    assert flags == UNCHECKED
    assert code.co_filename == "/opt/python/package/module.py"


def test_a_module_that_does_not_compile_stops_the_build(tmp_path: Path) -> None:
    written(tmp_path / "broken.py", "def (:\n")
    with pytest.raises(SystemExit, match="do not compile"):
        byte_compile(tmp_path, shown_as="/opt/python")


def test_only_what_nobody_reads_at_run_time_is_removed(tmp_path: Path) -> None:
    kept = [
        written(tmp_path / name)
        for name in (
            "package/module.py",
            "package/_core.cpython-313-aarch64-linux-gnu.so",
            "package/testing.py",
            "package-1.0.dist-info/METADATA",
            "package-1.0.dist-info/licenses/LICENSE",
        )
    ]
    for name in (
        "package/module.pyi",
        "package/py.typed",
        "package/sub/tests/test_module.py",
        "package-1.0.dist-info/RECORD",
        "requirements.txt",
    ):
        written(tmp_path / name)

    prune(tmp_path)

    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
