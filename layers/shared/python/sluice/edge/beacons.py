"""Beacons in: read without trusting, one by one, and queued; and read again on the queue's other side."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec

from sluice.domain.errors import Malformed, TooLarge, TooManyRequests
from sluice.domain.qoe_beacon import Beacon, implausible
from sluice.edge.bodies import problem_of
from sluice.edge.contract.beacons import MOST_EVENTS, BeaconData, BeaconEvent, BeaconsAnswer, Kept, Rejected
from sluice.edge.contract.errors import ErrorBody, FieldDetail
from sluice.edge.contract.times import iso
from sluice.edge.http import Reply
from sluice.edge.senders import Sender
from sluice.edge.throttle import SessionThrottle

_LONGEST_EVENT_BYTES = 8192
# SQS takes 1 MiB in a message; its envelope and what is escaped in it need some room.
_LONGEST_MESSAGE_BYTES = 900_000
_MOST_DETAILS = 20
_decode_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_event = msgspec.json.Decoder(BeaconEvent).decode
_decode_kept = msgspec.json.Decoder(Kept).decode
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_NO_DATA = BeaconData()


class BeaconQueue(Protocol):
    """Where beacons wait for being rolled up."""

    def send(self, message: dict[str, Any]) -> None: ...


def pieces(raw: bytes) -> list[bytes]:
    """The events of a body: one object, or an array of them.

    Raises:
        Malformed: it is neither, or empty.
        TooLarge: there are too many.
    """
    try:
        raw.decode()
        whole = raw.strip()
        found = [bytes(one) for one in _decode_list(whole)] if whole[:1] == b"[" else [whole]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not readable JSON.") from error
    if not found or not whole:
        raise Malformed("There are no events in the body.")
    if len(found) > MOST_EVENTS:
        raise TooLarge(f"A request may have at most {MOST_EVENTS} events.", code="too_many_events")
    return found


class Bad(ValueError):
    """An event that cannot be used; the text says why."""


def checked(raw: bytes, *, now: datetime) -> BeaconEvent:
    """One event.

    Raises:
        Bad: it is none, or its time or its numbers are absurd.
        Malformed: it is not even JSON.
    """
    if len(raw) > _LONGEST_EVENT_BYTES:
        raise Bad(f"has more than {_LONGEST_EVENT_BYTES:,} bytes")
    try:
        event = _decode_event(raw)
    except msgspec.ValidationError as error:
        problem = problem_of(error)
        raise Bad(f"{problem.field}: {problem.problem}" if problem.field else problem.problem) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not readable JSON.") from error
    wrong = implausible(event.timestamp, now=now)
    if wrong:
        raise Bad(f"timestamp: {wrong}")
    return event


@dataclass(slots=True)
class Intake:
    """The events of one request, while they are looked at."""

    throttle: SessionThrottle
    now: datetime
    accepted: int = 0
    throttled: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    events: list[bytes] = field(default_factory=list)

    def take(self, index: int, made: Callable[[], Sequence[bytes]]) -> None:
        """Take what ``made`` gives, if all of it is good and its session may send more."""
        try:
            events = made()
            sessions = [checked(event, now=self.now).session_id for event in events]
        except Bad as error:
            self.rejected.append(Rejected(index, str(error)))
            return
        if not all(self.throttle.allows(one, now=self.now.timestamp()) for one in sessions):
            self.throttled += 1
            self.rejected.append(Rejected(index, "sessionId: sends too many events; slow down"))
            return
        self.accepted += 1
        self.events.extend(events)

    def answer(self, request_id: str) -> Reply:
        """202 if anything was taken.

        Raises:
            TooManyRequests: nothing was, and for nothing but being too much.
        """
        if self.accepted:
            return Reply(202, BeaconsAnswer(success=True, accepted=self.accepted, rejected=self.rejected))
        if self.throttled == len(self.rejected):
            text = "This session sends too many events. Please slow down."
            raise TooManyRequests(text, retry_after_seconds=self.throttle.retry_after_seconds)
        shown = self.rejected[:_MOST_DETAILS]
        details = [FieldDetail(f"[{one.index}]", one.problem) for one in shown]
        text = f"None of the events can be used: {shown[0].problem}."
        return Reply(400, ErrorBody(text, "invalid_events", request_id, details))


def take_beacons(
    raw: bytes, sender: Sender, *, now: datetime, throttle: SessionThrottle, queue: BeaconQueue
) -> Intake:
    """Check the events of a body and queue the good ones.

    Raises:
        Malformed, TooLarge: as ``pieces``.
        Unavailable: the queue does not take them.
    """
    intake = Intake(throttle, now)
    for index, piece in enumerate(pieces(raw)):
        intake.take(index, lambda piece=piece: [piece])  # type: ignore[misc]
    enqueue(intake.events, sender, now=now, queue=queue)
    return intake


def enqueue(events: Sequence[bytes], sender: Sender, *, now: datetime, queue: BeaconQueue) -> None:
    """Queue checked events, in as few messages as there can be; raises ``Unavailable``."""
    for some in _messages(events):
        queue.send(
            {
                "receivedAt": iso(now),
                "device": sender.device,
                "country": sender.country,
                "events": [msgspec.Raw(event) for event in some],
            }
        )


def _messages(events: Iterable[bytes]) -> Iterator[list[bytes]]:
    message: list[bytes] = []
    size = 0
    for event in events:
        # Quotes and backslashes are escaped once more on the way.
        needed = len(event) + 1
        if message and size + needed > _LONGEST_MESSAGE_BYTES:
            yield message
            message, size = [], 0
        message.append(event)
        size += needed
    if message:
        yield message


class Message(msgspec.Struct, frozen=True, rename="camel"):
    """Events as they were queued."""

    received_at: datetime
    events: list[msgspec.Raw]
    device: str | None = None
    country: str | None = None


class Line(msgspec.Struct, frozen=True):
    """What is kept of one event; the columns of the table that queries see."""

    event_type: str
    session_id: str
    video_id: str
    user_id: str | None
    timestamp_ms: int
    received_at: str
    device: str | None
    country: str | None
    verified: bool
    error: str | None
    data: msgspec.Raw


def read_message(text: str) -> Message:
    """A message as it was queued; raises ``msgspec.MsgspecError`` for anything else."""
    return msgspec.json.decode(text, type=Message)


def heard(
    message: Message, view_of: Callable[[str, str, datetime], str | None]
) -> Iterator[tuple[Beacon, bytes]]:
    """Each event as a beacon, and the line to be kept of it.

    ``view_of`` tells the view that a token was minted for, given the token, the video and when it came.
    """
    received = message.received_at.astimezone(UTC)
    for raw in message.events:
        event, kept = _decode_event(raw), _decode_kept(raw)
        view = view_of(event.view_token, event.video_id, received) if event.view_token else None
        beacon = _beacon(event, message, view)
        line = Line(
            event_type=beacon.kind,
            session_id=beacon.session_id,
            video_id=beacon.video_id,
            user_id=beacon.user_id,
            timestamp_ms=beacon.at_ms,
            received_at=iso(received),
            device=message.device,
            country=message.country,
            verified=view is not None,
            error=beacon.error,
            data=kept.data,
        )
        yield beacon, msgspec.json.encode(line)


def _beacon(event: BeaconEvent, message: Message, view: str | None) -> Beacon:
    data = event.data or _NO_DATA
    return Beacon(
        kind=event.event_type,
        session_id=event.session_id,
        video_id=event.video_id,
        at_ms=int(event.timestamp),
        user_id=None if event.user_id is None or event.user_id == "" else str(event.user_id),
        play_ms=_whole(data.total_play_time),
        buffer_ms=_whole(data.total_buffer_time),
        rebuffers=_whole(data.rebuffer_count),
        seeks=_whole(data.seek_count),
        position_us=_whole(data.current_time, 1_000_000),
        duration_us=_whole(data.duration, 1_000_000) or None,
        startup_ms=_whole(data.startup_time),
        error=_code(data) if event.event_type == "error" else None,
        device=message.device,
        country=message.country,
        view=view,
    )


def _whole(number: float | None, unit: int = 1) -> int | None:
    return None if number is None else round(number * unit)


def _code(data: BeaconData) -> str:
    """What kind of error it was: a code, or the beginning of a text."""
    given = data.code if data.code is not None else data.error
    if isinstance(given, Mapping):
        given = given.get("code", given.get("message"))
    found = _CODE.match(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else None
    return found[0] if found else "unknown"
