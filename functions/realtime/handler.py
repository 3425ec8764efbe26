"""The WebSocket API: who is connected, and what they follow."""

from sluice.domain.errors import Unauthenticated
from sluice.edge import analytics_wiring, realtime_wiring, wiring
from sluice.edge.actions import Actions, Frame
from sluice.edge.beacons import take_beacons
from sluice.edge.contract import realtime as contract
from sluice.edge.pushes import shown_to
from sluice.edge.senders import sender_of
from sluice.usecases.follow_video import follow_video
from sluice.usecases.open_connection import open_connection
from sluice.usecases.realtime_ports import Connection


def connect(frame: Frame) -> None:
    """Let in whoever brings a good token."""
    open_connection(
        realtime_wiring.connection_of(frame.connection_id, frame.query, now=frame.now),
        connections=realtime_wiring.connections(),
        outlet=realtime_wiring.sockets(),
        wording=realtime_wiring.pushes(),
    )


def disconnect(frame: Frame) -> None:
    """Forget a connection that has ended."""
    realtime_wiring.connections().remove(frame.connection_id)


actions = handler = Actions(connect=connect, disconnect=disconnect)


@actions.action("subscribe")
def subscribe(frame: Frame, body: contract.SubscribeRequest) -> contract.Subscribed:
    """Tell of a video's changes: of a public one, or one that the key opens."""
    connection = _connection(frame)
    found = follow_video(
        body.video_id,
        connection,
        key=body.key,
        subscriptions=realtime_wiring.subscriptions(),
        videos=wiring.videos(),
    )
    video = shown_to(realtime_wiring.presenter(), found.video, connection.user_id, now=frame.now)
    return contract.Subscribed(found.video.video_id, video, found.version)


@actions.action("unsubscribe")
def unsubscribe(frame: Frame, body: contract.UnsubscribeRequest) -> contract.Unsubscribed:
    """Tell no more of it."""
    realtime_wiring.subscriptions().remove(body.video_id, frame.connection_id)
    return contract.Unsubscribed(body.video_id)


@actions.action("ping")
def ping(_frame: Frame, body: contract.PingRequest) -> contract.Pong:  # noqa: ARG001 - has nothing to say
    """Keep the connection open."""
    return contract.Pong()


@actions.action("analytics")
def analytics(frame: Frame, body: contract.AnalyticsRequest) -> contract.AnalyticsTaken:
    """Take a player's events."""
    return beacons(frame, bytes(body.events))


@actions.bare("eventType")
def beacons(frame: Frame, raw: bytes) -> contract.AnalyticsTaken:
    """Take an event, or an array of them, as players send them elsewhere too."""
    intake = take_beacons(
        raw,
        sender_of({"user-agent": frame.user_agent}),
        now=frame.now,
        throttle=analytics_wiring.throttle(),
        queue=analytics_wiring.beacon_queue(),
    )
    intake.answer(frame.request_id)  # raises where the session must slow down
    return contract.AnalyticsTaken(bool(intake.accepted), intake.accepted, intake.rejected)


def _connection(frame: Frame) -> Connection:
    """The connection as its handshake made it known, while its token holds."""
    found = realtime_wiring.connections().find(frame.connection_id)
    if found is None or found.ends_at <= frame.now:
        raise Unauthenticated("This connection has ended. Please connect again.", code="connection_ended")
    return found
