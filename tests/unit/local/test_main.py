"""The commands that need no engine."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import jwt

from local.folder import DataFolder
from tests.stack import ROOT


def run(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command on a data folder."""
    env = {**os.environ, "SLUICE_DATA": str(data), **settings}
    return subprocess.run(
        [sys.executable, "-m", "local", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_token_needs_no_running_stack(tmp_path: Path) -> None:
    data = tmp_path / "data"
    printed = run(data, "token", "alice")
    secret = DataFolder(data).secrets().auth
    claims = jwt.decode(printed.stdout.strip(), secret, algorithms=["HS256"])
    assert claims["sub"] == "local-alice"
    assert claims["exp"] - datetime.now(UTC).timestamp() > 11 * 3600
    assert printed.stdout.count("\n") == 1


def test_the_operators_secret_signs_if_there_is_one(tmp_path: Path) -> None:
    secret = "the operator's own secret, long enough"
    printed = run(tmp_path / "data", "token", "alice", AUTH_JWT_SECRET=secret)
    assert jwt.decode(printed.stdout.strip(), secret, algorithms=["HS256"])["name"] == "Alice"


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    printed = run(tmp_path / "data", "token", "Al ice!")
    assert (printed.returncode, printed.stdout) == (2, "")
    assert printed.stderr.startswith("A name has")


def test_with_an_identity_provider_there_are_no_tokens_to_print(tmp_path: Path) -> None:
    settings = {"AUTH_JWKS_URL": "https://id.example/keys", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a"}
    printed = run(tmp_path / "data", "token", "alice", **settings)
    assert printed.returncode == 1
    assert "identity provider" in printed.stderr


def test_reset_says_what_it_forgot(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with DataFolder(data).held():
        pass
    printed = run(data, "reset")
    assert (printed.returncode, printed.stdout) == (0, f"Everything in {data} is forgotten.\n")


def test_logs_of_one_function(tmp_path: Path) -> None:
    (tmp_path / "functions.log").write_text("t Docs: a\nt Gallery: b\n")
    assert run(tmp_path, "logs", "Gallery").stdout == "t Gallery: b\n"


def test_an_unusable_setting_stops_every_command(tmp_path: Path) -> None:
    printed = run(tmp_path / "data", "token", "alice", PORT="http")
    assert (printed.returncode, printed.stdout) == (2, "")
    assert printed.stderr == "PORT must be a port, a whole number from 1 to 65535.\n"
