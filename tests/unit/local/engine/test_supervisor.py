"""Starting the engine when it cannot start."""

import os
import socket
from pathlib import Path

import pytest

from local.engine.environment import engine_environment
from local.engine.supervisor import Engine, EngineFailed


def test_an_engine_that_does_not_start_says_its_last_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        env = engine_environment(os.environ, port=port, state=tmp_path, root_secret="root")
        engine = Engine(env, log=tmp_path / "engine.log")
        try:
            with pytest.raises(EngineFailed, match="did not start"):
                engine.wait_ready()
        finally:
            engine.stop()
    assert not engine.running()


def test_stopping_twice_is_harmless(tmp_path: Path) -> None:
    env = engine_environment(os.environ, port=1, state=tmp_path, root_secret="root")
    engine = Engine(env, log=tmp_path / "engine.log")
    engine.stop()
    engine.stop()
    assert not engine.running()
