"""Connections whose every read and write ends in time, for ``http.client`` to speak over."""

import socket
from collections.abc import Callable
from http.client import HTTPConnection
from io import BufferedReader, RawIOBase
from typing import Any, cast


class Channel:
    """As much of a socket as ``http.client`` needs.

    ``silent`` is how many seconds may pass without a byte, ``ends`` the moment of ``clock`` by which all of
    it is over, however many bytes come.
    """

    def __init__(self, held: socket.socket, silent: float, ends: float, clock: Callable[[], float]) -> None:
        self._held, self._silent, self._ends, self._clock = held, silent, ends, clock

    def sendall(self, data: Any) -> None:
        self._arm()
        self._held.sendall(data)

    def makefile(self, *_: object, **__: object) -> BufferedReader:
        return BufferedReader(_Bytes(self))

    def receive(self, into: Any) -> int:
        self._arm()
        return self._held.recv_into(into)

    def close(self) -> None:
        """What ``http.client`` calls once it has the head; the body is still to come."""

    def end(self) -> None:
        self._held.close()

    def _arm(self) -> None:
        left = min(self._silent, self._ends - self._clock())
        if left <= 0:
            raise TimeoutError("it takes too long")
        self._held.settimeout(left)


class ChannelConnection(HTTPConnection):
    """Speaks over a channel that is open already; host and port are for the ``Host`` header."""

    def __init__(self, host: str, port: int, channel: Channel, *, tls: bool) -> None:
        super().__init__(host, port)
        self.default_port = 443 if tls else 80
        self.sock = cast("socket.socket", channel)


class _Bytes(RawIOBase):
    """What comes in."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        return self._channel.receive(into)
