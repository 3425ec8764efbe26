"""P13: from a change of a row to the message over a WebSocket, and a burst of them, on the local stack."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain import facts
from sluice.domain.deadlines import Patience
from sluice.usecases.apply_facts import apply_facts

from benchmarks.table import Row, show
from tests.sockets import Socket, connecting
from tests.stack import LocalStack, running_stack

_ROUNDS = 60
_BURST = 1000
_APART_SECONDS = 0.4  # longer than the pause between two messages about one video, which is not measured
_DECLARED = {"filename": "a.mp4", "fileSize": 5, "mimeType": "video/mp4"}


class _Video:
    """A video of a user who is connected."""

    def __init__(self, stack: LocalStack, socket: Socket) -> None:
        self._socket = socket
        with stack.client("alice") as client:
            self._id = client.post("/api/videos/upload-url", json=_DECLARED).json()["videoId"]
        found = stack.aws("cloudformation").describe_stacks(StackName="sluice-local")["Stacks"][0]["Outputs"]
        table = {one["OutputKey"]: one["OutputValue"] for one in found}["VideosTableName"]
        self._videos = DynamoVideos(stack.aws.dynamo, table)
        socket.until("video.updated", videoId=self._id)

    def call(self, title: str) -> None:
        edited = facts.DetailsEdited(at=datetime.now(UTC), title=title)
        apply_facts(self._videos, self._id, edited, patience=Patience())

    def seconds_until_told(self, title: str) -> float:
        self.call(title)
        changed = time.perf_counter()
        self._socket.until("video.updated", title=title)
        return time.perf_counter() - changed

    def told_until(self, title: str) -> int:
        """How many messages come up to the one with this title."""
        count = 1
        while self._socket.receive()["video"]["title"] != title:
            count += 1
        return count


def push_latency() -> list[Row]:
    """The median is to stay below a second; a video is spoken of four times a second at most."""
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        running_stack(Path(folder)) as stack,
        connecting(f"{stack.base_url.replace('http', 'ws')}/ws") as sockets,
    ):
        socket = sockets.open(stack.token("alice"))
        video = _Video(stack, socket)
        video.seconds_until_told("warm")
        taken = []
        for number in range(_ROUNDS):
            time.sleep(_APART_SECONDS)
            taken.append(video.seconds_until_told(f"title {number}"))
        began = time.perf_counter()
        for number in range(_BURST):
            video.call(f"burst {number}")
        told = video.told_until(f"burst {_BURST - 1}")
        lasted = time.perf_counter() - began
        socket.close()
    what = "row change → message over a WebSocket"
    p50, p95 = median(taken) * 1000, quantiles(taken, n=20)[18] * 1000
    rate = max(0.0, told - 2) / lasted  # the first and the last are not part of the pace
    return [
        Row(key="P13", what=f"{what}, p50; against 1 s", ours=p50, baseline=1000, unit="ms", limit=1),
        Row(key="P13", what=f"{what}, p95; against 1 s", ours=p95, baseline=1000, unit="ms"),
        Row(
            key="P13",
            what=f"messages a second in a burst of {_BURST:,} changes; against 4",
            ours=rate,
            baseline=4,
            unit="/s",
            limit=1,
        ),
    ]


if __name__ == "__main__":
    show(push_latency())
