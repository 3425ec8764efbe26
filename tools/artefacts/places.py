"""Where things are built, and what the built template says is there."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".aws-sam" / "build"
HOST_BUILD = ROOT / ".aws-sam-host" / "build"
"""The dependency layer for this machine's processor; only ever imported here, never deployed."""

ARCHITECTURE = "arm64"
HOST_ARCHITECTURE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())


@dataclass(frozen=True, slots=True)
class Built:
    """The folders of a build: functions by logical id, then the two layers that all of them have."""

    functions: Mapping[str, Path]
    dependencies: Path
    shared: Path

    def search_path(self, function: str) -> list[Path]:
        """What Lambda puts on ``sys.path`` for a function, in Lambda's order."""
        return [self.functions[function], self.dependencies / "python", self.shared / "python"]


def deployed() -> Built:
    """The last build, as it is deployed.

    Raises:
        SystemExit: nothing has been built.
    """
    template = BUILD / "template.yaml"
    if not template.exists():
        raise SystemExit("Nothing is built yet: run `make build` first.")
    return Built(
        functions={name: BUILD / name for name in functions_of(yaml_parse(template.read_text()))},
        dependencies=BUILD / "DependenciesLayer",
        shared=BUILD / "SharedLayer",
    )


def importable() -> Built:
    """The last build, with dependencies that this machine's processor can load."""
    if HOST_ARCHITECTURE == ARCHITECTURE:
        return deployed()
    return replace(deployed(), dependencies=HOST_BUILD / "DependenciesLayer")


def functions_of(template: Mapping[str, Any]) -> list[str]:
    """Logical ids of a template's functions."""
    resources = template["Resources"]
    return [name for name in resources if resources[name]["Type"] == "AWS::Serverless::Function"]
