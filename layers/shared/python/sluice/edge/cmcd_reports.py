"""CMCD in: what players add to their requests, told by the player afterwards, becomes beacons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import msgspec

from sluice.domain.cmcd import Unreadable, Value, kinds, measures, read_cmcd
from sluice.domain.errors import Malformed
from sluice.edge.beacons import Bad, BeaconQueue, Intake, enqueue, pieces
from sluice.edge.bodies import problem_of
from sluice.edge.contract.beacons import CmcdQuery, CmcdReport
from sluice.edge.senders import Sender
from sluice.edge.throttle import SessionThrottle

_HEADERS = ("cmcd-request", "cmcd-object", "cmcd-status", "cmcd-session")
_decode = msgspec.json.Decoder(CmcdReport).decode


def take_reports(
    raw: bytes,
    query: CmcdQuery,
    headers: Mapping[str, str],
    sender: Sender,
    *,
    now: datetime,
    throttle: SessionThrottle,
    queue: BeaconQueue,
) -> Intake:
    """Take reports from the body (JSON, or a text a line), the query and the headers, whichever there are.

    Raises:
        Malformed, TooLarge, Unavailable: as for beacons.
    """
    intake = Intake(throttle, now)
    for index, report in enumerate(_reports(raw, query, headers)):
        intake.take(index, lambda report=report: _events(report, now=now))  # type: ignore[misc]
    enqueue(intake.events, sender, now=now, queue=queue)
    return intake


def _reports(raw: bytes, query: CmcdQuery, headers: Mapping[str, str]) -> list[CmcdReport | Bad]:
    about = CmcdReport(video_id=query.video_id or None, session_id=query.session_id or None)
    sent = {name: headers[name] for name in _HEADERS if name in headers}
    found: list[CmcdReport | Bad] = []
    if sent or query.cmcd:
        found.append(msgspec.structs.replace(about, cmcd=query.cmcd, headers=sent))
    body = raw.strip()
    if body[:1] in {b"{", b"["}:
        found.extend(_read(piece) for piece in pieces(body))
    elif body:
        try:
            lines = body.decode().splitlines()
        except UnicodeDecodeError as error:
            raise Malformed("The body cannot be read.") from error
        found.extend(msgspec.structs.replace(about, cmcd=line) for line in lines if line.strip())
    if not found:
        raise Malformed("There is no report in body, query or headers.")
    return found


def _read(piece: bytes) -> CmcdReport | Bad:
    try:
        return _decode(piece)
    except msgspec.ValidationError as error:
        problem = problem_of(error)
        return Bad(f"{problem.field}: {problem.problem}" if problem.field else problem.problem)
    except msgspec.MsgspecError as error:
        raise Malformed("The body is not readable JSON.") from error


def _events(report: CmcdReport | Bad, *, now: datetime) -> Sequence[bytes]:
    """A report as events; raises ``Bad``."""
    if isinstance(report, Bad):
        raise report
    said = _said(report)
    at = report.timestamp if report.timestamp is not None else said.get("ts")
    known: dict[str, Any] = {
        "sessionId": report.session_id or said.get("sid"),
        "videoId": report.video_id or said.get("cid"),
        "timestamp": at if isinstance(at, int | float) else int(now.timestamp() * 1000),
        "userId": report.user_id,
        "viewToken": report.view_token,
        "data": {**measures(said), "cmcd": said},
    }
    if known["sessionId"] is None:
        raise Bad("sid: is required, or sessionId")
    if known["videoId"] is None:
        raise Bad("cid: is required, or videoId")
    return [msgspec.json.encode({"eventType": kind, **known}) for kind in kinds(said)]


def _said(report: CmcdReport) -> dict[str, Value]:
    text = report.cmcd.strip().removeprefix("CMCD=")
    # A query's parameter as it stands in a URL: there, its equals signs and commas are escaped.
    if "%3D" in text.upper() or "%2C" in text.upper():
        text = unquote(text)
    said: dict[str, Value] = {}
    try:
        for one in (text, *(value for name, value in report.headers.items() if name.lower() in _HEADERS)):
            said |= read_cmcd(one)
    except Unreadable as error:
        raise Bad(f"cmcd: {error}") from error
    if not said:
        raise Bad("cmcd: is empty")
    return said
