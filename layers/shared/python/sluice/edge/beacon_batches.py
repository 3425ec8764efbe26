"""A batch of the beacon queue: all its messages' events together, and which message each came in."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from sluice.edge.beacons import heard, read_message
from sluice.edge.logger import logger
from sluice.usecases.roll_up import Report, SessionName


@dataclass(frozen=True, slots=True)
class Batch:
    """``name`` is the same whenever the same messages come together again."""

    name: str
    reports: Sequence[Report]
    sessions: Mapping[SessionName, Collection[str]]
    unreadable: Sequence[str]

    def again(self, failed: Collection[SessionName]) -> list[str]:
        """Messages that must come again: unreadable ones, and those with events of these sessions."""
        return sorted({*self.unreadable, *(one for session in failed for one in self.sessions[session])})


def read_batch(
    records: Sequence[Mapping[str, Any]], view_of: Callable[[str, str, datetime], str | None]
) -> Batch:
    """What a batch's messages say; one that cannot be read holds back no other."""
    reports: list[Report] = []
    sessions: dict[SessionName, set[str]] = defaultdict(set)
    unreadable = []
    for record in records:
        try:
            said = [Report(*one) for one in heard(read_message(record["body"]), view_of)]
        except msgspec.MsgspecError:
            logger().exception("message unreadable", extra={"messageId": record["messageId"]})
            unreadable.append(record["messageId"])
            continue
        reports += said
        for report in said:
            sessions[report.session].add(record["messageId"])
    digest = sha256("\n".join(sorted(record["messageId"] for record in records)).encode())
    return Batch(digest.hexdigest()[:32], reports, sessions, unreadable)
