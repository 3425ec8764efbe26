"""API Gateway's side of open WebSockets: messages to them by their ids."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from sluice.domain.errors import Unavailable

# Each takes some ten milliseconds, nearly all of it waiting; as many as the client has connections for.
_AT_ONCE = 10


class Sockets:
    """``Outlet`` on one WebSocket API."""

    def __init__(self, client: Callable[[], Any]) -> None:
        """``client`` gives botocore's for this API's connections, which a handshake seldom needs."""
        self._make = client
        self._making = Lock()

    def send(self, messages: Sequence[tuple[str, bytes]]) -> Sequence[str]:
        if len(messages) == 1:
            there = [self._send(messages[0])]
        else:
            with ThreadPoolExecutor(min(_AT_ONCE, max(1, len(messages)))) as pool:
                there = list(pool.map(self._send, messages))
        failed = [answer for answer in there if isinstance(answer, Exception)]
        if failed:
            raise Unavailable("Not every connection could be told.") from failed[0]
        return [connection_id for (connection_id, _), sent in zip(messages, there, strict=True) if not sent]

    def close(self, connection_id: str) -> None:
        try:
            self._client().delete_connection(ConnectionId=connection_id)
        except (ClientError, BotoCoreError) as error:
            if not _is_gone(error):
                raise Unavailable("The connection could not be closed.") from error

    def _client(self) -> Any:
        """Several threads ask; botocore makes clients in one at a time only."""
        with self._making:
            return self._make()

    def _send(self, message: tuple[str, bytes]) -> bool | Exception:
        """Whether the connection is there, or why that is unknown."""
        connection_id, data = message
        try:
            self._client().post_to_connection(ConnectionId=connection_id, Data=data)
        except (ClientError, BotoCoreError) as error:
            return False if _is_gone(error) else error
        return True


def _is_gone(error: Exception) -> bool:
    return isinstance(error, ClientError) and error.response["Error"]["Code"] == "GoneException"
