"""Processors are told by the ELF header, not by a file's name."""

from pathlib import Path
from struct import pack

import pytest

from tools.artefacts.machine import machine_of, strangers


def elf(machine: int) -> bytes:
    """The first twenty bytes of a 64-bit little-endian shared object."""
    return b"\x7fELF\x02\x01\x01" + bytes(9) + pack("<HH", 3, machine)


@pytest.mark.parametrize(
    ("content", "machine"),
    [
        (elf(0xB7), "arm64"),
        (elf(0x3E), "x86_64"),
        (elf(0xF3), "0xf3"),
        (elf(0xB7)[:19], None),
        (b"", None),
        (b"#!/bin/sh\necho not a binary\n", None),
    ],
)
def test_the_header_names_the_processor(tmp_path: Path, content: bytes, machine: str | None) -> None:
    file = tmp_path / "library.so"
    file.write_bytes(content)
    assert machine_of(file) == machine


def test_binaries_for_another_processor_are_found_wherever_they_are(tmp_path: Path) -> None:
    for name, content in {"a.so": elf(0xB7), "deep/b": elf(0x3E), "deep/c.py": b"x = 1\n"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert list(strangers(tmp_path, "arm64")) == [tmp_path / "deep/b"]
