"""Open connections, what they follow, and when they are spoken to, in memory."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sluice.domain.errors import Unavailable
from sluice.domain.video import Video
from sluice.usecases.realtime_ports import Connection, Saying, Slot, Subscriber


class FakeRows:
    """``Connections`` and, as ``follows``, ``Subscriptions``, which know of each other as rows do."""

    def __init__(self, *connections: Connection) -> None:
        self._known = {one.connection_id: one for one in connections}
        self.follows = FakeSubscriptions()

    def add(self, connection: Connection) -> None:
        self._known[connection.connection_id] = connection

    def find(self, connection_id: str) -> Connection | None:
        return self._known.get(connection_id)

    def of_user(self, user_id: str) -> Sequence[Connection]:
        found = [one for one in self._known.values() if one.user_id == user_id]
        return sorted(found, key=lambda one: (one.opened_at, one.connection_id))

    def remove(self, connection_id: str) -> None:
        self._known.pop(connection_id, None)
        for video_id in self.follows.followed_by(connection_id):
            self.follows.remove(video_id, connection_id)


class FakeSubscriptions:
    """``Subscriptions``."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Subscriber] = {}

    def add(self, video_id: str, subscriber: Subscriber) -> None:
        self._known[video_id, subscriber.connection.connection_id] = subscriber

    def remove(self, video_id: str, connection_id: str) -> None:
        self._known.pop((video_id, connection_id), None)

    def followed_by(self, connection_id: str) -> Sequence[str]:
        return sorted(video_id for video_id, follower in self._known if follower == connection_id)

    def followers_of(self, video_id: str) -> Sequence[Subscriber]:
        return [one for (followed, _), one in self._known.items() if followed == video_id]


class FakeSlots:
    """``Slots``."""

    def __init__(self) -> None:
        self._taken: dict[str, datetime] = {}
        self._told: dict[str, str] = {}

    def take(self, video_id: str, *, now: datetime) -> Slot | None:
        last, apart = self._taken.get(video_id), timedelta(milliseconds=250)
        if last is not None and last > now:
            return None
        self._taken[video_id] = now if last is None else max(now, last + apart)
        return Slot(self._taken[video_id], self._told.get(video_id))

    def keep(self, video_id: str, told: str, *, now: datetime) -> None:
        self._told[video_id] = told


class FakeOutlet:
    """``Outlet``: what was ``sent`` to whom, and who was ``closed``; ``gone`` and ``broken`` are ids."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.closed: list[str] = []
        self.gone: set[str] = set()
        self.broken: set[str] = set()

    def send(self, messages: Sequence[tuple[str, bytes]]) -> Sequence[str]:
        there = [message for message in messages if message[0] not in self.gone | self.broken]
        self.sent += there
        if self.broken & {connection_id for connection_id, _ in messages}:
            raise Unavailable("Not every connection could be told.")
        return [connection_id for connection_id, _ in messages if connection_id in self.gone]

    def close(self, connection_id: str) -> None:
        self.closed.append(connection_id)


class FakeWording:
    """``Wording`` of a few words: what, the title, the progress and who it is for."""

    def say(self, what: Saying, video: Video, version: int, user_id: str, *, now: datetime) -> bytes:
        return f"{what} {video.title.value} {video.progress} {user_id}".encode()

    def goodbye(self) -> bytes:
        return b"goodbye"
