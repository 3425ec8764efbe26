"""P14: beacons: their acknowledgement, one invocation of the rollup, a hot video, the whole local path."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain.figure_rows import video_scope
from sluice.edge import figures_wiring

from benchmarks.beacon_cost import cost_rows
from benchmarks.stack import Stack
from benchmarks.table import Row, show
from benchmarks.timing import interleaved
from benchmarks.webhooks import raw_post
from tests.builders import make_video, video_id
from tests.events import sample
from tests.players import Event, crowd, mixed, seeded
from tests.stack import running_stack

_BEACONS = 5000
_WRITERS = 8


def beacons(stack: Stack) -> list[Row]:
    """What can be measured with the engine alone."""
    return [*_acknowledged(stack), *_rolled_up(stack), *_hot(stack), *cost_rows(stack)]


def _acknowledged(stack: Stack) -> list[Row]:
    """A request with one beacon, and one with 500, each beside the bare request to the queue."""
    from sluice.edge import analytics_wiring

    from functions.analytics.handler import handler

    class Open:
        """Lets everybody through: a flood is what this is."""

        def allows(self, _session: str, *, now: float) -> bool:
            return now > 0

    analytics_wiring.throttle = Open  # type: ignore[assignment]
    rows = []
    for count, limit in ((1, 2), (500, None)):
        event = _request(_events(count))

        def ours(event: dict[str, Any] = event) -> None:
            answer = handler(event, None)
            assert answer["statusCode"] == 202, answer

        raw = raw_post(stack, stack.environment["BEACON_QUEUE_URL"], event["body"])
        contenders = {"ours": ours, "raw": raw}
        interleaved(contenders, rounds=20)
        seconds = interleaved(contenders, rounds=400 if count == 1 else 60)
        rows.append(
            _row(f"acknowledgement of {count} beacons ÷ raw POST to the queue", seconds, 1e6, "µs", limit)
        )
    return rows


def _rolled_up(stack: Stack) -> list[Row]:
    """One invocation with 5,000 beacons of a crowd, against two plain updates for each beacon."""
    from functions.rollup.handler import handler

    events = _events(_BEACONS)
    began = time.perf_counter()
    assert handler(_batch(events), None) == {"batchItemFailures": []}
    ours = time.perf_counter() - began
    table = stack.environment["ANALYTICS_TABLE"]

    def naive() -> None:
        for key in ("SESSION#naive", "TOTALS#naive"):
            stack.aws.dynamo.update_item(
                TableName=table,
                Key={"pk": {"S": key}, "sk": {"S": "x"}},
                UpdateExpression="ADD plays :one",
                ExpressionAttributeValues={":one": {"N": "1"}},
            )

    one = interleaved({"naive": naive}, rounds=300)["naive"]
    what = "one invocation, 5,000 beacons: two updates each ÷ ours"
    baseline = one * _BEACONS * 1e3
    return [
        Row(key="P14", what=what, ours=ours * 1e3, baseline=baseline, unit="ms", limit=5, faster=True),
    ]


def _hot(stack: Stack) -> list[Row]:
    """Eight invocations at once, all of one video, against one video each; nothing may be lost."""
    from functions.rollup.handler import handler

    store = DynamoVideos(stack.aws.dynamo, stack.table)
    videos = [video_id(90_000 + number) for number in range(_WRITERS + 1)]
    for number, one in enumerate(videos):
        store.add(make_video("complete", video_id=one, owner_id=f"hot-{number}"), due_at=None)

    def run(targets: list[str]) -> float:
        batches = [
            _batch(_events(1000, video=target, seed=100 + number)) for number, target in enumerate(targets)
        ]
        began = time.perf_counter()
        with ThreadPoolExecutor(_WRITERS) as pool:
            for answer in pool.map(lambda batch: handler(batch, None), batches):
                assert answer == {"batchItemFailures": []}
        return time.perf_counter() - began

    hot, spread = run([videos[0]] * _WRITERS), run(videos[1:])
    views = [figures_wiring.figures().collected(video_scope(one)).totals.counts["views"] for one in videos]
    assert views[0] == sum(views[1:]), views
    seconds = {"ours": hot, "raw": spread}
    return [_row("eight invocations at once, all of one video ÷ one each", seconds, 1e3, "ms", 2)]


def whole_path() -> list[Row]:
    """Through API, queue, functions and table of the local stack, until the figures have them all."""
    with TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        outputs = stack.aws("cloudformation").describe_stacks()["Stacks"][0]["Outputs"]
        table = next(one["OutputValue"] for one in outputs if one["OutputKey"] == "VideosTableName")
        one = make_video("complete", video_id=video_id(1), owner_id="local-alice")
        DynamoVideos(stack.aws.dynamo, table).add(one, due_at=None)
        with stack.client("alice") as api:
            taken = []
            for size in (500, 1):
                events = _events(10_000 if size == 500 else 300, video=one.video_id, seed=size)
                path, began = f"/api/analytics/videos/{one.video_id}", time.perf_counter()
                before = api.get(path).json()["totalViews"]
                for some in batched(events, size, strict=False):
                    api.post("/api/analytics/events", json=list(some)).raise_for_status()
                wanted = before + len({e["sessionId"] for e in events if e["eventType"] == "play"})
                while api.get(path).json()["totalViews"] < wanted:
                    time.sleep(0.05)
                taken.append((time.perf_counter() - began) / len(events))
    what = "whole local path, a beacon: alone ÷ 500 at a time"
    return [Row(key="P14", what=what, ours=taken[0] * 1e6, baseline=taken[1] * 1e6, unit="µs", faster=True)]


def _events(count: int, video: str | None = None, seed: int = 1) -> list[Event]:
    """So many of a crowd's beacons, of the last days, as they come in."""
    random = seeded(seed)
    since = datetime.now(UTC) - timedelta(days=8)
    target = video or video_id(0)
    sessions, _ = crowd(random, max(1, count // 12), video_id=target, length=60, since=since)
    for number, session in enumerate(sessions):
        for event in session:
            event["sessionId"] = f"{event['sessionId']}-{seed}-{number}"
    found = [event for batch in mixed(random, sessions) for event in batch]
    assert len(found) >= count
    return found[:count]


def _request(events: list[Event]) -> dict[str, Any]:
    request = sample("analytics/beacons")
    request["body"] = json.dumps(events, separators=(",", ":"))
    return request


def _batch(events: list[Event]) -> dict[str, Any]:
    """Messages of 500 as Lambda hands them over."""
    (record,) = sample("rollup/beacons")["Records"]
    known = {"receivedAt": datetime.now(UTC).isoformat(), "device": "mobile", "country": "DE"}
    return {
        "Records": [
            {
                **record,
                "messageId": f"{time.perf_counter_ns()}-{number}",
                "body": json.dumps({**known, "events": list(some)}),
            }
            for number, some in enumerate(batched(events, 500, strict=False))
        ]
    }


def _row(what: str, seconds: dict[str, float], scale: float, unit: str, limit: float | None) -> Row:
    ours, raw = seconds["ours"] * scale, seconds["raw"] * scale
    return Row(key="P14", what=what, ours=ours, baseline=raw, unit=unit, limit=limit)


if __name__ == "__main__":
    show(whole_path())
