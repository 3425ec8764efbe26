"""What telling people of changes needs from outside: who listens, when to speak, and the way there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sluice.domain.video import Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """An open WebSocket. Nothing is told to it from ``ends_at`` on."""

    connection_id: str
    user_id: str
    opened_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A connection that follows a video, with the hash of the key that it may do so by, if there is one."""

    connection: Connection
    key_hash: str | None = None


class Connections(Protocol):
    """Who is connected."""

    def add(self, connection: Connection) -> None: ...

    def find(self, connection_id: str) -> Connection | None: ...

    def of_user(self, user_id: str) -> Sequence[Connection]:
        """Oldest first, also those that have ended and were not removed yet."""

    def remove(self, connection_id: str) -> None:
        """Forget the connection and all it follows; doing it twice is no error."""


class Subscriptions(Protocol):
    """Who follows what."""

    def add(self, video_id: str, subscriber: Subscriber) -> None:
        """Follow; with another key than before, that one counts from now on."""

    def remove(self, video_id: str, connection_id: str) -> None: ...

    def followed_by(self, connection_id: str) -> Sequence[str]:
        """The ids of the videos that a connection follows."""

    def followers_of(self, video_id: str) -> Sequence[Subscriber]: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which a video may be spoken of; ``told`` is how it stood when it last was."""

    at: datetime
    told: str | None


class Slots(Protocol):
    """Moments to speak of a video, so far apart that nobody is flooded."""

    def take(self, video_id: str, *, now: datetime) -> Slot | None:
        """The next free moment, now or soon; ``None`` if somebody already waits for one that is to come."""

    def keep(self, video_id: str, told: str, *, now: datetime) -> None:
        """Remember how the video stood when it was spoken of."""


class Outlet(Protocol):
    """The way to open connections."""

    def send(self, messages: Sequence[tuple[str, bytes]]) -> Sequence[str]:
        """Send each connection (by id) its message; the ids of connections that are gone.

        Raises:
            Unavailable: some could not be sent for another reason; all have been tried.
        """

    def close(self, connection_id: str) -> None:
        """Close a connection; one that is gone is closed."""


type Saying = Literal["updated", "progress", "deleted", "ended"]


class Wording(Protocol):
    """Messages as the contract has them."""

    def say(self, what: Saying, video: Video, version: int, user_id: str, *, now: datetime) -> bytes:
        """``ended``: this user no longer follows the video. Links are signed for this user."""

    def goodbye(self) -> bytes:
        """The connection makes room for a newer one of its user."""
