"""The page's pure modules, tested where they run: in JavaScript, by Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).parents[2]


def node() -> str:
    """The Node on the path, else the one that Playwright brings: no machine needs one of its own."""
    return shutil.which("node") or compute_driver_executable()[0]


def test_the_modules_of_the_page_keep_their_promises() -> None:
    suites = sorted(str(path) for path in (ROOT / "tests/web").glob("*.test.mjs"))
    assert suites, "there are no suites in tests/web"

    done = subprocess.run(
        [node(), "--test", *suites], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
