"""Whether a port can be had."""

import os
import socket

import pytest

from local.ports import Busy, free_port, require_free


def test_a_free_port_is_free() -> None:
    require_free(free_port(), "PORT")


def test_a_port_that_somebody_listens_on_is_busy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Busy, match=f"Port {port} is busy: .* set AWS_PORT to another"):
            require_free(port, "AWS_PORT")


def test_a_port_that_somebody_listens_on_for_ipv6_is_busy() -> None:
    with socket.socket(socket.AF_INET6) as taken:
        taken.bind(("::1", 0))
        taken.listen()
        with pytest.raises(Busy, match="is busy"):
            require_free(taken.getsockname()[1], "PORT")


def test_a_port_of_the_system_may_not_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:  # root may: the refusal is made

        class Refusing(socket.socket):
            def bind(self, _address: object, /) -> None:
                raise PermissionError

        monkeypatch.setattr("local.ports.socket.socket", Refusing)
    with pytest.raises(Busy, match="set PORT to one above 1023"):
        require_free(80, "PORT")
