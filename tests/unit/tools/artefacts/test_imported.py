"""A handler that needs more than its folders fails the smoke test."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.artefacts import imported


def run(folder: Path, handler: str) -> subprocess.CompletedProcess[str]:
    (folder / "handler.py").write_text(handler)
    program = [sys.executable, "-I", "-S", imported.__file__, str(folder)]
    return subprocess.run(program, env={}, capture_output=True, text=True, timeout=60, check=False)


def test_a_handler_that_only_needs_its_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("answer = 42\n")
    assert run(tmp_path, "import beside\ndef handler(event, context): ...\n").returncode == 0


@pytest.mark.parametrize(
    ("handler", "complaint"),
    [
        ("import msgspec\ndef handler(event, context): ...\n", "No module named 'msgspec'"),
        ("import os\nos.environ['VIDEOS_TABLE']\n", "VIDEOS_TABLE"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 9))\n", "asked for the network"),
        ("import urllib.request\nurllib.request.urlopen('http://localhost')\n", "asked for the network"),
        ("handler = None\n", "cannot be called"),
        ("", "cannot import name 'handler'"),
    ],
    ids=["missing layer", "environment", "socket", "http", "not callable", "no handler"],
)
def test_what_lambda_would_not_forgive_is_told(tmp_path: Path, handler: str, complaint: str) -> None:
    done = run(tmp_path, handler)
    assert done.returncode == 1
    assert complaint in done.stderr
