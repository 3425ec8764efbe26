"""A connection follows a video that its user may watch."""

from sluice.domain.errors import TooManyRequests
from sluice.domain.identity import Caller
from sluice.domain.secret_keys import hash_of
from sluice.usecases.find_video import find_viewable
from sluice.usecases.ports import Versioned, VideoStore
from sluice.usecases.realtime_ports import Connection, Subscriber, Subscriptions

MOST_SUBSCRIPTIONS = 100


def follow_video(
    video_id: str, connection: Connection, *, key: str, subscriptions: Subscriptions, videos: VideoStore
) -> Versioned:
    """Follow the video, and see it as it stands; whatever changes afterwards is told.

    ``key`` may be the video's secret key (an empty one is none).

    Raises:
        NotFound, Forbidden: as ``find_viewable``.
        TooManyRequests: the connection follows as many as it may.
    """
    caller = Caller(user_id=connection.user_id)
    find_viewable(videos, video_id, caller, key=key)
    followed = subscriptions.followed_by(connection.connection_id)
    if video_id not in followed and len(followed) >= MOST_SUBSCRIPTIONS:
        text = f"A connection may follow {MOST_SUBSCRIPTIONS} videos."
        raise TooManyRequests(text, code="too_many_subscriptions")
    subscriptions.add(video_id, Subscriber(connection, hash_of(key) if key else None))
    # Read again: between the first time and the row a change may have been told to everybody else.
    return find_viewable(videos, video_id, caller, key=key)
