"""Which processor a binary is for, from its ELF header."""

from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from

_MAGIC = b"\x7fELF"
# e_machine, the 16-bit field at offset 18 of the header (System V ABI, chapter 4).
_MACHINES = {0x3E: "x86_64", 0xB7: "arm64"}


def machine_of(file: Path) -> str | None:
    """``arm64``, ``x86_64`` or another machine's number; ``None`` for what is no ELF binary."""
    with file.open("rb") as opened:
        header = opened.read(20)
    if len(header) < 20 or not header.startswith(_MAGIC):
        return None
    number = unpack_from("<H", header, 18)[0]
    return _MACHINES.get(number, hex(number))


def strangers(folder: Path, architecture: str) -> Iterator[Path]:
    """Binaries below ``folder`` that ``architecture`` cannot load."""
    for file in folder.rglob("*"):
        if file.is_file() and machine_of(file) not in {None, architecture}:
            yield file
