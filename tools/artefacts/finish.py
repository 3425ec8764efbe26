"""What SAM leaves undone: files that nobody reads at run time go, byte code comes.

Without byte code every cold start compiles whatever it imports, since Lambda's file system is read-only.
``unchecked-hash`` byte code is taken as it is, so neither zip's times nor a source's hash can void it.
"""

import compileall
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from py_compile import PycInvalidationMode

from tools.artefacts.places import Built

_RUNTIME = (3, 13)
# Lists and stubs for tools; licences and metadata stay.
_UNREAD = ("**/*.pyi", "**/py.typed", "*.dist-info/RECORD", "requirements.txt")


def finish_ours(built: Built) -> None:
    """Byte-compile functions and shared layer, under the paths that tracebacks will show."""
    byte_compile(built.shared / "python", shown_as="/opt/python")
    for folder in built.functions.values():
        byte_compile(folder, shown_as="/var/task")


def finish_dependencies(layer: Path) -> None:
    """Prune and byte-compile a dependency layer."""
    prune(layer / "python")
    byte_compile(layer / "python", shown_as="/opt/python")


def prune(packages: Path) -> None:
    """Remove what no import and no licence needs from a folder of installed packages."""
    for pattern in _UNREAD:
        _remove(packages.glob(pattern))
    _remove(path for path in packages.glob("*/**/tests") if path.is_dir())


def byte_compile(folder: Path, *, shown_as: str) -> None:
    """Compile all modules below ``folder`` by the runtime's own Python version.

    Raises:
        SystemExit: this is another Python, or a module does not compile.
    """
    if sys.version_info[:2] != _RUNTIME:
        raise SystemExit(f"Byte code must come from Python {_RUNTIME[0]}.{_RUNTIME[1]}, the runtime's.")
    fine = compileall.compile_dir(
        folder,
        quiet=1,
        force=True,
        stripdir=str(folder),
        prependdir=shown_as,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not fine:
        raise SystemExit(f"{folder} has modules that do not compile.")


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
