"""Whether a port can be had."""

import errno
import socket


class Busy(RuntimeError):
    """A port is taken; the message is a sentence for the operator."""


def require_free(port: int, variable: str) -> None:
    """Nobody listens on the port on this machine's loopback.

    Raises:
        Busy: somebody does, or we may not.
    """
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise Busy(f"Port {port} may not be used: set {variable} to one above 1023.") from None
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise Busy(
                    f"Port {port} is busy: stop what listens on it, or set {variable} to another one."
                ) from exc
            if family is socket.AF_INET:
                raise
            # this machine has no IPv6: the stack listens on IPv4 alone


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
