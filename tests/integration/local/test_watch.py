"""An edit is live within two seconds; one that cannot be used changes nothing."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.stack import LocalStack

LIVE_SECONDS = 2.0


def within(seconds: float, true: Callable[[], bool]) -> float:
    """How long it took until it was true; fails after ``seconds``."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - began


def health(stack: LocalStack) -> httpx.Response:
    """GET /api/health."""
    return httpx.get(f"{stack.base_url}/api/health", timeout=40)


def test_an_edited_handler_is_live(project: Path, edited: LocalStack) -> None:
    handler = project / "functions/docs/handler.py"
    before = handler.read_text()
    try:
        handler.write_text('def handler(event, context):\n    return {"statusCode": 200, "body": "edited"}\n')
        within(LIVE_SECONDS, lambda: health(edited).text == "edited")
    finally:
        handler.write_text(before)
        within(LIVE_SECONDS, lambda: '"status"' in health(edited).text)


def test_an_edit_of_the_shared_layer_is_live(project: Path, edited: LocalStack) -> None:
    module = project / "layers/shared/python/sluice/__init__.py"
    before = module.read_text()
    try:
        module.write_text("raise RuntimeError('the edited layer')\n")
        within(LIVE_SECONDS, lambda: health(edited).status_code == 500)
    finally:
        module.write_text(before)
        within(LIVE_SECONDS, lambda: health(edited).status_code == 200)
    assert "the edited layer" in edited.folder.log("functions").read_text()


def test_a_syntax_error_is_printed_and_the_old_code_stays(project: Path, edited: LocalStack) -> None:
    handler = project / "functions/docs/handler.py"
    before, printed = handler.read_text(), len(edited.lines)
    try:
        handler.write_text(before + "\ndef broken(:\n")
        line = edited.wait_for("functions/docs/handler.py:", after=printed, seconds=LIVE_SECONDS)
        assert "the last good version stays live" in line
        assert health(edited).status_code == 200
    finally:
        handler.write_text(before)


def test_an_edit_of_the_template_is_deployed(project: Path, edited: LocalStack) -> None:
    template = project / "template.yaml"
    before, printed = template.read_text(), len(edited.lines)
    try:
        template.write_text(before.replace("    Timeout: 10\n", "    Timeout: 11\n", 1))
        edited.wait_for("template.yaml live", after=printed, seconds=10)
        timeouts = {found["Timeout"] for found in edited.aws("lambda").list_functions()["Functions"]}
        assert 11 in timeouts
        assert 10 not in timeouts
        assert health(edited).status_code == 200
    finally:
        printed = len(edited.lines)
        template.write_text(before)
        edited.wait_for("template.yaml live", after=printed, seconds=10)


def test_a_broken_template_is_printed_and_the_old_stack_stays(project: Path, edited: LocalStack) -> None:
    template = project / "template.yaml"
    before, printed = template.read_text(), len(edited.lines)
    try:
        template.write_text(before + "\n  - nonsense: [\n")
        edited.wait_for("template.yaml cannot be read", after=printed, seconds=LIVE_SECONDS + 2)
        assert health(edited).status_code == 200
    finally:
        printed = len(edited.lines)
        template.write_text(before)
        edited.wait_for("template.yaml live", after=printed, seconds=10)


def test_an_edit_of_a_state_machine_is_deployed(project: Path, edited: LocalStack) -> None:
    path = project / "statemachines/media.asl.json"
    before, printed = path.read_text(), len(edited.lines)
    try:
        path.write_text(json.dumps({**json.loads(before), "Comment": "edited by a test"}))
        edited.wait_for("statemachines/media.asl.json live", after=printed, seconds=10)
        machines = edited.aws("stepfunctions")
        arn = machines.list_state_machines()["stateMachines"][0]["stateMachineArn"]
        assert "edited by a test" in machines.describe_state_machine(stateMachineArn=arn)["definition"]
    finally:
        printed = len(edited.lines)
        path.write_text(before)
        edited.wait_for("statemachines/media.asl.json live", after=printed, seconds=10)
