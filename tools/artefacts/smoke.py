"""Import every built handler as Lambda would: only its folder, its layers and the runtime's own packages."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.artefacts.machine import strangers
from tools.artefacts.places import ARCHITECTURE, BUILD, HOST_ARCHITECTURE, importable

RUNTIME_PACKAGES = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
"""What Lambda's Python brings (and what that needs); everything else must come from a layer."""

_ISOLATED = (sys.executable, "-I", "-S", str(Path(__file__).with_name("imported.py")))


def smoke() -> None:
    """Check the processor of what is deployed, then import each handler in an interpreter of its own.

    Raises:
        SystemExit: naming what is wrong.
    """
    built = importable()
    wrong = [str(file.relative_to(BUILD)) for file in strangers(BUILD, ARCHITECTURE)]
    if wrong:
        raise SystemExit(f"Not for {ARCHITECTURE}: {', '.join(wrong)}")
    with TemporaryDirectory() as folder:
        runtime = runtime_packages(Path(folder))
        failed = [name for name in built.functions if not _imports([*built.search_path(name), runtime])]
    if failed:
        raise SystemExit(f"Could not be imported: {', '.join(failed)}")
    print(f"{len(built.functions)} handlers import; all binaries that are deployed are for {ARCHITECTURE}.")
    if HOST_ARCHITECTURE != ARCHITECTURE:
        print(f"This machine is {HOST_ARCHITECTURE}: binary dependencies were imported from a twin build.")


def runtime_packages(folder: Path) -> Path:
    """``folder``, with links to the runtime's packages as this environment has them."""
    for name in RUNTIME_PACKAGES:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise SystemExit(f"{name} is not installed: run `make setup`.")
        place = Path(found.origin)
        if place.name == "__init__.py":
            place = place.parent
        (folder / place.name).symlink_to(place)
    return folder


def _imports(search_path: list[Path]) -> bool:
    """Whether ``handler.handler`` is there and callable; what went wrong goes to the terminal."""
    command = [*_ISOLATED, *map(str, search_path)]
    return subprocess.run(command, env={}, stdin=subprocess.DEVNULL, check=False).returncode == 0
