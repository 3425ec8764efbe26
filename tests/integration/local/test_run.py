"""`python -m local run`: what an operator sees, from the first line to the last."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local.processes import session_members
from tests.stack import ROOT, STOP_SECONDS, LocalStack


def test_it_says_ready_only_when_the_first_request_succeeds(stack: LocalStack) -> None:
    with stack.client() as client:
        health = client.get("/api/health")
    assert health.status_code == 200
    assert stack.lines.count(f"ready {stack.base_url}") == 1


def test_the_sign_in_link_signs_in(stack: LocalStack) -> None:
    link = stack.wait_for("#token=").split()[-1]
    address, token = link.split("/#token=")
    assert address == stack.base_url
    with stack.client() as client:
        answer = client.get("/api/videos", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_no_secret_of_the_stack_is_printed(stack: LocalStack) -> None:
    secrets = stack.folder.secrets()
    printed = "\n".join(stack.lines)
    assert secrets.auth not in printed
    assert secrets.engine_key not in printed


@pytest.mark.parametrize("name", ["PORT", "AWS_PORT"])
def test_a_busy_port_is_said_in_one_sentence(name: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        stack = LocalStack(tmp_path / "data", settings={name: str(port)})
        assert stack.ended() == 1
    assert stack.lines == [f"Port {port} is busy: stop what listens on it, or set {name} to another one."]


def test_an_unusable_setting_is_named_and_its_value_is_not(tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "data", settings={"AUTH_JWT_SECRET": "hunter2"})
    assert stack.ended() == 2
    assert stack.lines == ["AUTH_JWT_SECRET must have at least 32 bytes."]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_and_later_ones_change_nothing(number: int, tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "data").wait_ready()
    session = stack.engine_session()
    with stack.client("alice") as client:
        client.get("/api/videos")  # so that a function's process is there
    assert len(session_members(session)) > 1
    stack.process.send_signal(number)
    stack.wait_for("stopping")
    ends = time.monotonic() + STOP_SECONDS
    while stack.process.poll() is None and time.monotonic() < ends:
        stack.process.send_signal(number)
        time.sleep(0.001)
    assert stack.ended() == 0
    assert stack.lines[-1] == "stopped"
    assert session_members(session) == []


def test_ctrl_c_during_the_start_leaves_nothing_behind(tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "data")
    stack.wait_for("engine")
    session = stack.engine_session()
    assert stack.stop() == 0
    assert session_members(session) == []
    assert not any(line.startswith("ready") for line in stack.lines)


def test_when_it_is_killed_the_engine_and_its_children_end_by_themselves(tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "data").wait_ready()
    session = stack.engine_session()
    with stack.client("alice") as client:
        client.get("/api/videos")
    stack.process.kill()
    stack.ended()
    deadline = time.monotonic() + 10
    while session_members(session) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert session_members(session) == []


def test_when_the_engine_dies_it_says_so_and_stops(tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "data").wait_ready()
    session = stack.engine_session()
    os.kill(session, signal.SIGKILL)
    assert stack.ended() == 1
    assert any("The engine went down" in line for line in stack.lines)
    assert session_members(session) == []


def test_a_second_stack_on_the_same_folder_is_refused(stack: LocalStack) -> None:
    second = LocalStack(stack.data)
    assert second.ended() == 1
    assert second.lines == [f"A local stack is already running on {stack.data}: stop it first."]


def test_reset_refuses_while_it_runs(stack: LocalStack) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "local", "reset"],
        cwd=ROOT,
        env={**os.environ, "SLUICE_DATA": str(stack.data)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "already running" in refused.stderr
    with stack.client() as client:
        assert client.get("/api/health").status_code == 200
