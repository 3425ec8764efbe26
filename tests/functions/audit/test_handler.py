"""Every night: orphans are found wherever they lie, named, counted, and purged where they were deleted."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.keys import made_prefix, source_key
from sluice.domain.video import Video

from functions.audit.handler import handler
from functions.purge.handler import handler as purge
from tests.builders import make_video
from tests.deployment import Deployment, make_deployment, running
from tests.engine import Aws
from tests.events import sample

type Down = Callable[..., AbstractContextManager[Deployment]]


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda tells a function about itself."""

    left_ms: int = 900_000
    function_name: str = "audit"

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


@pytest.fixture(scope="module")
def deployed(engine: Aws) -> Iterator[Deployment]:
    """Of its own, since an audit looks at everything that there is."""
    with running(make_deployment(engine)) as deployment:
        yield deployment


def stored(deployed: Deployment, user: str, status: str = "complete") -> Video:
    now = datetime.now(UTC)
    video = make_video(status, video_id=new_video_id(now), owner_id=user)
    deployed.put(source_key(user, video.video_id))
    deployed.put(f"{made_prefix(video.video_id)}poster.jpg")
    return deployed.has(video)


def audit(**event: Any) -> dict[str, Any]:
    return handler({**sample("audit/scheduled"), **event}, Context())


def of(report: dict[str, Any], video: Video) -> set[tuple[str, str]]:
    return {(one["what"], one["why"]) for one in report["examples"] if one["videoId"] == video.video_id}


def test_what_is_as_it_should_be_is_not_named(deployed: Deployment, user: str) -> None:
    video = stored(deployed, user)
    report = audit()
    assert of(report, video) == set()
    assert (report["miscounted"], report["unread"]) == ([], [])
    assert report["lookedAt"]["bucket.source"] >= 1


def test_what_a_deletion_left_is_named_and_purged_until_nothing_is_left(
    deployed: Deployment, user: str
) -> None:
    video = stored(deployed, user, "deleted")
    left = {("bucket.source", "deleted"), ("bucket.renditions", "deleted"), ("table.unverified", "deleted")}
    assert of(audit(), video) == left
    bodies = deployed.resources.messages(deployed["PURGE_QUEUE_URL"])
    asked = [body for body in bodies if video.video_id in body]
    (record,) = sample("purge/deleted")["Records"]
    assert purge({"Records": [{**record, "body": body} for body in asked]}, None) == {"batchItemFailures": []}
    assert of(audit(), video) == set()


def test_what_no_video_has_is_named_for_somebody_to_look_at(deployed: Deployment, user: str) -> None:
    nobodys = make_video(video_id=new_video_id(datetime.now(UTC)), owner_id=user)
    deployed.put(source_key(user, nobodys.video_id))
    assert of(audit(), nobodys) == {("bucket.source", "no_video")}
    bodies = deployed.resources.messages(deployed["PURGE_QUEUE_URL"])
    assert not [body for body in bodies if nobodys.video_id in body]


def test_it_counts_what_it_found_by_function(
    deployed: Deployment, user: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(deployed, user, "deleted")
    report = audit()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "Audit.trouble" in line]
    assert lines[-1]["Audit.orphans"] == [report["orphans"]]
    assert lines[-1]["Audit.trouble"] == [report["orphans"]]
    assert {"service", "function"} == {
        name for one in lines[-1]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] for name in one
    }


@pytest.mark.parametrize(("service", "place"), [("s3", "bucket"), ("dynamodb", "table")])
def test_what_cannot_be_read_is_told(deployed: Deployment, down: Down, service: str, place: str) -> None:
    with down(service):
        assert place in audit()["unread"]


def test_when_there_is_no_time_nothing_is_claimed(deployed: Deployment, user: str) -> None:
    stored(deployed, user)
    report = handler(sample("audit/scheduled"), Context(left_ms=1))
    assert (set(report["unread"]), report["orphans"]) == ({"bucket", "table"}, 0)
