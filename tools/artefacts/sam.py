"""`sam build`, without Docker: pip fetches wheels for Lambda's processor, whatever this machine's is."""

import os
import subprocess
import sys
from pathlib import Path

from tools.artefacts.places import ARCHITECTURE, BUILD, HOST_ARCHITECTURE, HOST_BUILD, ROOT


def build() -> None:
    """All functions and layers, as they are deployed."""
    _sam("--build-dir", str(BUILD), "--cache-dir", str(BUILD.parent / "cache"))


def build_host_dependencies() -> None:
    """The dependency layer once more, of the same lock, for this machine: binary wheels load nowhere else."""
    template = HOST_BUILD.parent / "template.yaml"
    template.parent.mkdir(exist_ok=True)
    ours = (ROOT / "template.yaml").read_text()
    template.write_text(ours.replace(ARCHITECTURE, HOST_ARCHITECTURE))
    places = ["--build-dir", str(HOST_BUILD), "--cache-dir", str(HOST_BUILD.parent / "cache")]
    _sam("DependenciesLayer", "--template-file", str(template), "--base-dir", str(ROOT), *places)


def _sam(*arguments: str) -> None:
    # SAM looks for python3.13, and pip in it, on the path.
    binaries = Path(sys.prefix, "bin")
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "SAM_CLI_TELEMETRY": "0",
    }
    done = subprocess.run(
        [str(binaries / "sam"), "build", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout}\nsam build failed; what it said is above.")
