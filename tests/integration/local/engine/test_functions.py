"""Functions fail, time out, log and are renewed as on AWS."""

import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from local.engine.patches.process_groups import NICER_BY
from local.engine.patches.worker_pool import FREELY, GROWTH_SECONDS
from tests.engine import Aws
from tests.integration.local.engine.functions import eventually, invoke, make_function, zipped

COUNTING = """
calls = 0
class Broken(Exception):
    pass
def handler(event, context):
    global calls
    calls += 1
    if event == "raise":
        raise Broken("no")
    return calls
"""


def test_an_exception_keeps_its_class_and_the_process_lives_on(engine: Aws) -> None:
    name = make_function(engine, COUNTING)
    assert invoke(engine, name) == (1, None)
    assert invoke(engine, name, "raise") == ({"errorMessage": "no", "errorType": "Broken"}, "Unhandled")
    assert invoke(engine, name) == (3, None)


def test_a_module_that_cannot_be_imported_says_why_in_the_log(engine: Aws) -> None:
    name = make_function(engine, "import nowhere_to_be_found\n")
    _, failure = invoke(engine, name)
    assert failure == "Unhandled"
    assert engine.folder is not None
    log = engine.folder / "functions.log"
    eventually(lambda: "No module named 'nowhere_to_be_found'" in log.read_text(), True)


def test_a_time_out_ends_what_the_handler_started(engine: Aws, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    source = f"""
import pathlib, subprocess
def handler(event, context):
    child = subprocess.Popen(["sleep", "60"])
    pathlib.Path({str(pid_file)!r}).write_text(str(child.pid))
    child.wait()
"""
    name = make_function(engine, source, timeout=1)
    for _ in range(5):
        if pid_file.exists():
            break
        # On a machine that has other things to do it may end before it began.
        answer, failure = invoke(engine, name)
        assert failure == "Unhandled"
        assert answer["errorType"] == "Sandbox.Timedout"

    def alive() -> bool:
        found = subprocess.run(
            ["ps", "-o", "stat=", "-p", pid_file.read_text()],  # noqa: S607 - wherever it is
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        return found != "" and not found.startswith("Z")

    eventually(alive, False, seconds=5)


def test_a_function_sees_the_templates_variables_and_none_of_the_engines(engine: Aws) -> None:
    name = make_function(engine, "import os\ndef handler(event, context):\n    return dict(os.environ)\n")
    seen, _ = invoke(engine, name)
    assert seen["AWS_ENDPOINT_URL"] == engine.endpoint
    assert seen["AWS_ACCESS_KEY_ID"].startswith("ASIA")
    assert engine.secret not in json.dumps(seen)
    assert not {"AUTH", "LOG_LEVEL", "STATE_DIR", "GATEWAY_PORT"} & set(seen)


def test_what_a_function_logs_is_in_the_file_as_it_comes(engine: Aws) -> None:
    name = make_function(engine, "def handler(event, context):\n    print('a line of ' + event)\n")
    invoke(engine, name, "mine")
    assert engine.folder is not None
    log = engine.folder / "functions.log"
    eventually(lambda: f"{name}: a line of mine" in log.read_text(), True)


def test_a_burst_is_served_by_a_few_processes(engine: Aws) -> None:
    source = "import os, time\ndef handler(event, context):\n    time.sleep(0.02)\n    return os.getpid()\n"
    name = make_function(engine, source)
    began = time.monotonic()
    with ThreadPoolExecutor(40) as callers:
        answers = list(callers.map(lambda _: invoke(engine, name), range(80)))
    assert {failure for _, failure in answers} == {None}
    grown = int((time.monotonic() - began) / GROWTH_SECONDS)
    assert len({process for process, _ in answers}) <= FREELY + grown


def test_no_more_functions_start_at_once_than_there_are_cores(engine: Aws, tmp_path: Path) -> None:
    source = f"""
import os, pathlib, time, uuid
note = pathlib.Path({str(tmp_path)!r}) / uuid.uuid4().hex
began = time.time()
time.sleep(0.3)
note.write_text(f"{{began}} {{time.time()}}")
def handler(event, context):
    return os.getpriority(os.PRIO_PROCESS, 0)
"""
    names = [make_function(engine, source) for _ in range(FREELY + 2)]
    with ThreadPoolExecutor(len(names)) as callers:
        answers = list(callers.map(lambda name: invoke(engine, name), names))
    starts = [tuple(map(float, note.read_text().split())) for note in tmp_path.iterdir()]
    assert len(starts) == len(names)
    assert max(sum(began <= moment < ended for began, ended in starts) for moment, _ in starts) <= FREELY
    assert answers == [(os.getpriority(os.PRIO_PROCESS, 0) + NICER_BY, None)] * len(names)


def test_handlers_that_only_wait_do_not_keep_others_out(engine: Aws, tmp_path: Path) -> None:
    go = tmp_path / "go"
    source = f"""
import pathlib, time
def handler(event, context):
    while event == "wait" and not pathlib.Path({str(go)!r}).exists():
        time.sleep(0.05)
"""
    name = make_function(engine, source, timeout=60)
    with ThreadPoolExecutor(FREELY) as callers:
        waiting = [callers.submit(invoke, engine, name, "wait") for _ in range(FREELY)]
        time.sleep(0.5)
        assert invoke(engine, name, "go on") == (None, None)
        assert not any(call.done() for call in waiting)
        go.touch()
        assert [call.result() for call in waiting] == [(None, None)] * FREELY


def test_new_code_does_not_end_what_runs_with_the_old(engine: Aws, tmp_path: Path) -> None:
    began, go = tmp_path / "began", tmp_path / "go"
    slow = f"""
import pathlib, time
def handler(event, context):
    pathlib.Path({str(began)!r}).touch()
    while not pathlib.Path({str(go)!r}).exists():
        time.sleep(0.05)
    return 'old'
"""
    name = make_function(engine, slow, timeout=60)
    with ThreadPoolExecutor(1) as caller:
        busy = caller.submit(invoke, engine, name)
        eventually(began.exists, True)
        engine("lambda").update_function_code(
            FunctionName=name, ZipFile=zipped("def handler(event, context):\n    return 'new'\n")
        )
        assert invoke(engine, name) == ("new", None)
        go.touch()
        assert busy.result() == ("old", None)
