"""What a million beacons cost, from what the code really asks of the table and a dated price list."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import batched
from math import ceil
from typing import Any

import msgspec
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.figures import DynamoFigures
from sluice.edge.beacons import Message, heard
from sluice.usecases.analytics_ports import Watched
from sluice.usecases.roll_up import Report, roll_up

from benchmarks.prices import (
    API_REQUEST,
    LAMBDA_GB_SECOND,
    LOG_GB,
    PROCESSOR_GB,
    PUT,
    QUEUE_REQUEST,
    READ_UNIT,
    WRITE_UNIT,
    invocation,
)
from benchmarks.stack import Stack
from benchmarks.table import Row
from tests.builders import video_id
from tests.fakes.figures import FakeRawBeacons, FakeWatchedVideos
from tests.players import Event, crowd, seeded

_TAKE_SECONDS, _TAKE_LOG_BYTES = 0.004, 900
_ROLLUP_SECONDS, _ROLLUP_SECONDS_A_BEACON = 0.02, 0.0004


@dataclass(slots=True)
class Units:
    """What was asked of the table, in its own units."""

    written: float = 0.0
    read: float = 0.0


class Metered:
    """The table's client, with a meter: a transaction writes each kilobyte twice over."""

    def __init__(self, client: DynamoClient) -> None:
        self._client = client
        self.units = Units()

    def transact_write_items(self, **asked: Any) -> Any:
        for item in asked["TransactItems"]:
            ((_, write),) = item.items()
            self.units.written += 2 * ceil(_size(write.get("Item", write.get("Key"))) / 1024)
        return self._client.transact_write_items(**asked)

    def batch_get_item(self, **asked: Any) -> Any:
        answer = self._client.batch_get_item(**asked)
        for table, wanted in asked["RequestItems"].items():
            sizes = [_size(item) for item in answer["Responses"].get(table, [])]
            missing = len(wanted["Keys"]) - len(sizes)
            self.units.read += missing + sum(ceil(size / 4096) for size in sizes)
        return answer


def _size(item: Any) -> int:
    return len(json.dumps(item))


@dataclass(frozen=True, slots=True)
class Traffic:
    """``in_a_post`` is how many beacons players send at once, ``in_a_batch`` how many the rollup gets."""

    name: str
    in_a_post: int
    in_a_batch: int


TRAFFIC = (
    Traffic("a busy site, 20 at a time", 20, 5000),
    Traffic("a busy site, one by one", 1, 1000),
    Traffic("a quiet site, one by one", 1, 1),
)


def cost_rows(stack: Stack) -> list[Row]:
    """Dollars a million; beside them what an update of two rows for each beacon would cost."""
    plain = 1e6 * (API_REQUEST + invocation(_TAKE_SECONDS) + 4 * WRITE_UNIT)
    return [
        Row(
            key="P14",
            what=f"cost of a million beacons, {traffic.name} ÷ one by one into two rows",
            ours=dollars(stack, traffic),
            baseline=plain,
            unit="$",
        )
        for traffic in TRAFFIC
    ]


def dollars(stack: Stack, traffic: Traffic) -> float:
    """A million beacons of such traffic."""
    count = 400 if traffic.in_a_batch == 1 else 10_000
    metered = Metered(stack.aws.dynamo)
    store = DynamoFigures(metered, stack.environment["ANALYTICS_TABLE"])  # type: ignore[arg-type]
    batches = 0
    for batches, events in enumerate(batched(_events(count), traffic.in_a_batch, strict=False), 1):
        roll_up(
            _reports(events),
            name=f"{traffic.name} {batches}",
            now=datetime.now(UTC),
            videos=FakeWatchedVideos({video_id(0): Watched(f"cost-{traffic.name}", "", 60.0)}),
            store=store,
            raw=FakeRawBeacons(),
        )
    posts, batch_share = 1 / traffic.in_a_post, batches / count
    message = ceil(traffic.in_a_post * 400 / 65_536)
    a_beacon = (
        posts * (API_REQUEST + invocation(_TAKE_SECONDS) + _TAKE_LOG_BYTES / 1e9 * LOG_GB)
        + posts * message * QUEUE_REQUEST
        # Receiving and deleting go ten messages at a time.
        + 2 * posts * message / 10 * QUEUE_REQUEST
        + batch_share * (invocation(_ROLLUP_SECONDS) + PUT)
        + _ROLLUP_SECONDS_A_BEACON * PROCESSOR_GB * LAMBDA_GB_SECOND
        + (metered.units.written * WRITE_UNIT + metered.units.read * READ_UNIT) / count
    )
    return a_beacon * 1e6


def _events(count: int) -> Iterator[Event]:
    """Beacons of a crowd in the order of their time."""
    since = datetime.now(UTC) - timedelta(days=8)
    sessions, _ = crowd(seeded(5), count // 8, video_id=video_id(0), length=60, since=since, days=1)
    events = sorted((event for session in sessions for event in session), key=lambda one: one["timestamp"])
    yield from events[:count]


def _reports(events: Sequence[Event]) -> list[Report]:
    raw = [msgspec.Raw(msgspec.json.encode(event)) for event in events]
    return [Report(*one) for one in heard(Message(datetime.now(UTC), raw, "mobile", "DE"), lambda *_: None)]
