"""The layers' folders have the shape that SAM turns into what Lambda looks for."""

import re
from pathlib import Path

import pytest

from tests.template.reading import of_type
from tests.template_file import ROOT

REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(_PIN.findall((REQUIREMENTS / name).read_text()))


def test_the_shared_layer_is_the_package_s_parent_and_nothing_else_is_in_it() -> None:
    layer = of_type("AWS::Serverless::LayerVersion")["SharedLayer"]
    assert layer["Metadata"]["BuildMethod"] == "python3.13"
    folder = ROOT / layer["Properties"]["ContentUri"]
    assert [path.name for path in folder.iterdir() if path.name != "__pycache__"] == ["sluice"]


def test_the_dependency_layer_is_built_from_the_runtime_s_lock() -> None:
    layer = of_type("AWS::Serverless::LayerVersion")["DependenciesLayer"]
    copy = ROOT / layer["Properties"]["ContentUri"] / "requirements.txt"
    assert copy.read_text() == (REQUIREMENTS / "runtime.txt").read_text(), "run: make lock"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?://|--(extra-)?index|--find-links", text)
    for requirement in re.split(r"\n(?=[A-Za-z0-9])", text):
        assert re.match(r"[A-Za-z0-9._-]+==\S+", requirement)
        assert "--hash=sha256:" in requirement


@pytest.mark.parametrize("name", ["local.txt", "runtime.txt"])
def test_a_package_has_one_version_everywhere(name: str) -> None:
    assert pins(name).items() <= pins("dev.txt").items()


def test_every_layer_is_for_the_functions_runtime() -> None:
    for layer in of_type("AWS::Serverless::LayerVersion").values():
        assert layer["Properties"]["CompatibleRuntimes"] == ["python3.13"]
        assert layer["Properties"]["CompatibleArchitectures"] == ["arm64"]
