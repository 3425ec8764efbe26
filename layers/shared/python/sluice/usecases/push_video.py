"""A video has changed: whoever listens is told, but nobody more than four times a second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.following import may_follow, standing
from sluice.domain.video import Status
from sluice.usecases.ports import Versioned, VideoStore
from sluice.usecases.realtime_ports import (
    Connections,
    Outlet,
    Saying,
    Slots,
    Subscriber,
    Subscriptions,
    Wording,
)

# Until $connect has been answered a connection is unknown to API Gateway, although its row is there.
_STILL_OPENING = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Realtime:
    """What pushing works with."""

    videos: VideoStore
    connections: Connections
    subscriptions: Subscriptions
    slots: Slots
    outlet: Outlet
    wording: Wording
    clock: Callable[[], datetime]
    wait: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was said of a video (``None``: nothing), and to how many connections."""

    said: Saying | None
    to: int = 0


def push_video(video_id: str, owner_id: str, at: Realtime) -> Pushed:
    """Tell how the video stands now, which includes the change that this is called for.

    The version in each message lets clients drop one that was overtaken.

    Raises:
        Unavailable: not everybody could be told; telling all again is harmless.
    """
    listeners = _listeners(video_id, owner_id, at)
    if not listeners:
        return Pushed(None)
    slot = at.slots.take(video_id, now=at.clock())
    if slot is None:
        return Pushed(None)  # whoever waits for the next slot will read what changed
    delay = (slot.at - at.clock()).total_seconds()
    if delay > 0:
        at.wait(delay)
        listeners = _listeners(video_id, owner_id, at)  # those who came meanwhile rely on being told
    found = at.videos.find(video_id)
    if found is None:
        return Pushed(None)
    stood, _, told_version = (slot.told or "@").partition("@")
    if told_version == str(found.version):
        return Pushed(None)  # nothing has changed since
    stands = standing(found.video)
    said: Saying = "progress" if stood == stands else "updated"
    if found.video.status is Status.DELETED:
        said = "deleted"
    _tell(said, found, listeners, at)
    at.slots.keep(video_id, f"{stands}@{found.version}", now=at.clock())
    return Pushed(said, len(listeners))


def _listeners(video_id: str, owner_id: str, at: Realtime) -> list[Subscriber]:
    """The owner's connections, and others that follow the video; each once."""
    own = {one.connection_id: Subscriber(one) for one in at.connections.of_user(owner_id)}
    others = {one.connection.connection_id: one for one in at.subscriptions.followers_of(video_id)}
    now = at.clock()
    return [one for one in {**others, **own}.values() if one.connection.ends_at > now]


def _tell(said: Saying, found: Versioned, listeners: Sequence[Subscriber], at: Realtime) -> None:
    """Tell each listener, in their own words; those who may no longer hear of the video are told that."""
    video, now = found.video, at.clock()
    stay = {
        one.connection.connection_id
        for one in listeners
        if may_follow(video, one.connection.user_id, one.key_hash)
    }
    words: dict[tuple[Saying, str], bytes] = {}
    messages = []
    for one in listeners:
        connection = one.connection
        what: Saying = said if said == "deleted" or connection.connection_id in stay else "ended"
        key = (what, connection.user_id)
        if key not in words:
            words[key] = at.wording.say(what, video, found.version, connection.user_id, now=now)
        messages.append((connection.connection_id, words[key]))
    gone = set(at.outlet.send(messages))
    for one in listeners:
        connection = one.connection
        if connection.connection_id not in gone:
            if connection.connection_id not in stay:
                at.subscriptions.remove(video.video_id, connection.connection_id)
        elif connection.opened_at < now - _STILL_OPENING:
            at.connections.remove(connection.connection_id)
