"""Run in an empty interpreter: import ``handler`` from the folders given as arguments.

There are no installed packages, no environment and no network: an import that asks for the network
fails here, since it would cost every cold start.
"""

import sys


def _refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        raise RuntimeError(f"an import asked for the network: {event}")


if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:]
    sys.addaudithook(_refuse_network)
    from handler import handler  # type: ignore[import-not-found] # found on the given path only

    if not callable(handler):
        raise TypeError("handler.handler cannot be called")
