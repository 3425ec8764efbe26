"""An edit is live within two seconds; one that cannot be used changes nothing."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

from tests.stack import LocalStack

LIVE_SECONDS = 2.0
PATIENCE_SECONDS = 60.0


def waited_for(true: Callable[[], bool]) -> float:
    """How long it was not true, in seconds."""
    began = asked = time.monotonic()
    while not true():
        assert asked - began < PATIENCE_SECONDS, f"not within {PATIENCE_SECONDS} s"
        time.sleep(0.02)
        asked = time.monotonic()
    return asked - began


def save(path: Path, text: str) -> None:
    """Put a new file in the place of the old one, as editors do."""
    draft = path.with_name(f"{path.name}.tmp")
    draft.write_text(text)
    draft.replace(path)


def assert_live_in_time(edit: Callable[[int], None], live: Callable[[int], bool]) -> None:
    """The first of three edits that is live in time will do: other work may hold one up."""
    for number in range(3):
        edit(number)
        if waited_for(partial(live, number)) <= LIVE_SECONDS:
            return
    raise AssertionError(f"not live within {LIVE_SECONDS} s")


def health(stack: LocalStack) -> httpx.Response:
    """GET /api/health."""
    return httpx.get(f"{stack.base_url}/api/health", timeout=40)


def test_an_edited_handler_is_live(project: Path, edited: LocalStack) -> None:
    handler = project / "functions/docs/handler.py"
    before = handler.read_text()
    source = 'def handler(event, context):\n    return {{"statusCode": 200, "body": "edited {}"}}\n'
    try:
        assert_live_in_time(
            lambda number: save(handler, source.format(number)),
            lambda number: health(edited).text == f"edited {number}",
        )
    finally:
        save(handler, before)
        waited_for(lambda: '"status"' in health(edited).text)


def test_an_edit_of_the_shared_layer_is_live(project: Path, edited: LocalStack) -> None:
    module = project / "layers/shared/python/sluice/__init__.py"
    before = module.read_text()
    broken = "raise RuntimeError('the edited layer')\n"
    try:
        assert_live_in_time(
            lambda number: save(module, before if number % 2 else broken),
            lambda number: health(edited).status_code == (200 if number % 2 else 500),
        )
    finally:
        save(module, before)
        waited_for(lambda: health(edited).status_code == 200)
    waited_for(lambda: "the edited layer" in edited.folder.log("functions").read_text())


def test_a_syntax_error_is_printed_and_the_old_code_stays(project: Path, edited: LocalStack) -> None:
    handler = project / "functions/docs/handler.py"
    before, printed = handler.read_text(), len(edited.lines)
    try:
        save(handler, before + "\ndef broken(:\n")
        line = edited.wait_for("functions/docs/handler.py:", after=printed)
        assert "the last good version stays live" in line
        assert health(edited).status_code == 200
    finally:
        save(handler, before)


def test_an_edit_of_the_template_is_deployed(project: Path, edited: LocalStack) -> None:
    template = project / "template.yaml"
    before, printed = template.read_text(), len(edited.lines)
    try:
        save(template, before.replace("    Timeout: 10\n", "    Timeout: 11\n", 1))
        edited.wait_for("template.yaml live", after=printed)
        timeouts = {found["Timeout"] for found in edited.aws("lambda").list_functions()["Functions"]}
        assert 11 in timeouts
        assert 10 not in timeouts
        assert health(edited).status_code == 200
    finally:
        printed = len(edited.lines)
        save(template, before)
        edited.wait_for("template.yaml live", after=printed)


def test_a_broken_template_is_printed_and_the_old_stack_stays(project: Path, edited: LocalStack) -> None:
    template = project / "template.yaml"
    before, printed = template.read_text(), len(edited.lines)
    try:
        save(template, before + "\n  - nonsense: [\n")
        edited.wait_for("template.yaml cannot be read", after=printed)
        assert health(edited).status_code == 200
    finally:
        printed = len(edited.lines)
        save(template, before)
        edited.wait_for("template.yaml live", after=printed)


def test_an_edit_of_a_state_machine_is_deployed(project: Path, edited: LocalStack) -> None:
    path = project / "statemachines/media.asl.json"
    before, printed = path.read_text(), len(edited.lines)
    try:
        save(path, json.dumps({**json.loads(before), "Comment": "edited by a test"}))
        edited.wait_for("statemachines/media.asl.json live", after=printed)
        machines = edited.aws("stepfunctions")
        arn = machines.list_state_machines()["stateMachines"][0]["stateMachineArn"]
        assert "edited by a test" in machines.describe_state_machine(stateMachineArn=arn)["definition"]
    finally:
        printed = len(edited.lines)
        save(path, before)
        edited.wait_for("statemachines/media.asl.json live", after=printed)
