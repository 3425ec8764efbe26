"""`python -m tools.artefacts build` and `python -m tools.artefacts smoke`; the Makefile calls them."""

import sys
from pathlib import Path

from tools.artefacts import media_tools, sam
from tools.artefacts.finish import finish_dependencies, finish_ours
from tools.artefacts.places import BUILD, deployed, importable
from tools.artefacts.smoke import smoke


def build() -> None:
    """Build what is deployed and, on another processor, its dependencies once more to import them here."""
    media_tools.layer()
    sam.build()
    built = deployed()
    finish_ours(built)
    finish_dependencies(built.dependencies)
    here = importable().dependencies
    if here != built.dependencies:
        sam.build_host_dependencies()
        finish_dependencies(here)
    print(f"Built into {BUILD}: {len(built.functions)} functions, layers of")
    for layer in (built.dependencies, built.shared):
        print(f"  {_megabytes(layer):5.1f} MB  {layer.name}")


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    {"build": build, "smoke": smoke}[sys.argv[1]]()
