"""One folder, one module, one function, each with a log group and limits of its own."""

import re
from typing import Any

import pytest

from tests.template.reading import functions, of_type, target
from tests.template_file import ROOT, template

FOLDERS = {path.parent.name for path in (ROOT / "functions").glob("*/handler.py")}
each_function = pytest.mark.parametrize("name", functions())


def test_every_folder_is_a_function_and_every_function_a_folder() -> None:
    assert {properties["CodeUri"] for properties in functions().values()} == {
        f"functions/{folder}/" for folder in FOLDERS
    }


@each_function
def test_a_function_is_called_as_its_folder(name: str) -> None:
    folder = functions()[name]["CodeUri"].removeprefix("functions/").rstrip("/")
    assert name == "".join(word.capitalize() for word in folder.split("_")) + "Function"


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_folder_holds_one_module(folder: str) -> None:
    modules = {path.name for path in (ROOT / "functions" / folder).rglob("*.py")}
    assert modules == {"__init__.py", "handler.py"}


@each_function
def test_a_function_runs_where_its_byte_code_and_wheels_are_made_for(name: str) -> None:
    properties = functions()[name]
    version = (ROOT / ".python-version").read_text().strip()
    assert properties["Runtime"] == f"python{version}"
    assert properties["Architectures"] == ["arm64"]
    assert properties["Handler"] == "handler.handler"


@each_function
def test_a_function_has_a_log_group_that_forgets(name: str) -> None:
    group = target(functions()[name]["LoggingConfig"]["LogGroup"])
    assert group == name.removesuffix("Function") + "LogGroup"
    assert of_type("AWS::Logs::LogGroup")[group]["Properties"]["RetentionInDays"]


def test_every_log_group_forgets() -> None:
    for group in of_type("AWS::Logs::LogGroup").values():
        assert "RetentionInDays" in group["Properties"]


@each_function
def test_a_function_says_what_it_does_within_the_limits_of_lambda(name: str) -> None:
    properties = functions()[name]
    assert properties["Description"]
    assert 1 <= properties["Timeout"] <= 900
    assert 128 <= properties["MemorySize"] <= 10_240


@each_function
def test_an_answer_over_http_comes_before_api_gateway_gives_up(name: str) -> None:
    events = functions()[name].get("Events", {}).values()
    if any(event["Type"] == "HttpApi" for event in events):
        assert functions()[name]["Timeout"] < 30


def test_every_timeout_and_memory_size_stands_below_its_reason() -> None:
    lines = (ROOT / "template.yaml").read_text().splitlines()
    limits = [number for number, line in enumerate(lines) if re.match(r" {4,6}(Timeout|MemorySize):", line)]
    without = [
        f"line {number + 1}: {lines[number].strip()}"
        for number in limits
        if not re.match(r"\s+(#|Timeout:|MemorySize:)", lines[number - 1]) and " # " not in lines[number]
    ]
    assert not without


@each_function
def test_a_function_has_every_layer_that_it_imports_from(name: str) -> None:
    shared = [target(layer) for layer in template()["Globals"]["Function"]["Layers"]]
    assert shared == ["DependenciesLayer", "SharedLayer"]
    own: list[Any] = template()["Resources"][name]["Properties"].get("Layers", [])
    assert [target(layer) for layer in own] in ([], ["MediaLayer"])
