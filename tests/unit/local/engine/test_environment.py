"""The engine's environment."""

from pathlib import Path
from typing import Any

from local.engine.environment import engine_environment

OPERATOR = {
    "PATH": "/bin",
    "HOME": "/home/me",
    "AUTH_JWT_SECRET": "of the operator",
    "AWS_ACCESS_KEY_ID": "AKIA-of-the-operator",
    "AWS_PROFILE": "production",
    "MUX_TOKEN_SECRET": "of the operator",
    "PYTHONPATH": "/elsewhere",
}


def test_nothing_of_the_operators_gets_in_but_what_is_needed() -> None:
    made = engine_environment(OPERATOR, port=4566, state=Path("/data"), root_secret="root")
    assert (made["PATH"], made["HOME"]) == ("/bin", "/home/me")
    assert "of the operator" not in str(made)
    assert "AKIA" not in str(made)
    assert "AWS_PROFILE" not in made
    assert "PYTHONPATH" not in made


def test_it_listens_on_the_loopback_and_asks_for_credentials() -> None:
    made = engine_environment({}, port=4599, state=Path("/data"), root_secret="root")
    assert made["BIND_HOST"] == "127.0.0.1"
    assert made["AUTH"] == "true"
    assert made["GATEWAY_PORT"] == "4599"
    assert made["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4599"
    assert made["AWS_SECRET_ACCESS_KEY"] == "root"


def test_functions_are_given_code_log_and_programs() -> None:
    made = engine_environment(
        {},
        port=1,
        state=Path("/data"),
        root_secret="root",
        shared_code=Path("/data/code/current"),
        function_log=Path("/data/functions.log"),
        programs={"SLUICE_FFMPEG": "/bin/ffmpeg"},
    )
    assert made["PYTHONPATH"] == "/data/code/current"
    assert made["SLUICE_FUNCTION_LOG"] == "/data/functions.log"
    assert made["SLUICE_FFMPEG"] == "/bin/ffmpeg"


def test_hosts_that_imports_may_reach_are_passed_on_past_the_template() -> None:
    known: dict[str, Any] = {"port": 1, "state": Path("/data"), "root_secret": "root"}
    assert "IMPORT_ALLOWED_HOSTS" not in engine_environment({"IMPORT_ALLOWED_HOSTS": "a:1"}, **known)
    made = engine_environment({}, **known, import_allowed_hosts="localhost:8443")
    assert made["IMPORT_ALLOWED_HOSTS"] == "localhost:8443"
