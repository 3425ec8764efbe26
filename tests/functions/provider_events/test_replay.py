"""What was understood wrongly is told again from the bucket, by an operator's command."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sluice.adapters.s3.deliveries import S3Deliveries
from sluice.domain.video import Status
from sluice.edge import wiring

from tests.deployment import Deployment, running
from tests.functions.provider_events.conftest import Poller
from tests.functions.provider_events.saying import opened, told
from tools import redrive, replay
from tools.deployment import Deployment as Operated

LONG_AGO = datetime(2026, 3, 1, 23, 59, 58, tzinfo=UTC)


@pytest.fixture(scope="module")
def deployed(made: Deployment) -> Iterator[Deployment]:
    """With a bucket in which no other test keeps deliveries."""
    own = Deployment(made.aws, {**made.environment, "MEDIA_BUCKET": made.resources.bucket()})
    with running(own) as deployment:
        yield deployment


@pytest.fixture
def told_long_ago(deployed: Deployment) -> Iterator[list[str]]:
    """Bodies of five deliveries, a second apart across midnight; they are nobody's."""
    kept = S3Deliveries(deployed.aws("s3"), deployed["MEDIA_BUCKET"])
    bodies = [json.dumps({"n": n, "text": "ä\uffff"}, ensure_ascii=False) for n in range(5)]
    keys = [
        kept.keep("mux", body, received_at=LONG_AGO + timedelta(seconds=n, milliseconds=500))
        for n, body in enumerate(bodies)
    ]
    yield bodies
    for key in keys:
        deployed.aws("s3").delete_object(Bucket=deployed["MEDIA_BUCKET"], Key=key)


@contextmanager
def chosen(operated: Operated) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for tool in (replay, redrive):
            patch.setattr(tool, "chosen", lambda _env: operated)
        yield


@pytest.mark.parametrize(
    ("since", "until", "numbers"),
    [
        ("2026-03-01", "2026-03-03", [0, 1, 2, 3, 4]),
        ("2026-03-01T23:59:59", "2026-03-02T00:00:01", [1, 2]),
        ("2026-03-02T00:59:59+01:00", "2026-03-02T01:00:01+01:00", [1, 2]),
        ("2026-03-02T00:00:02", "2026-03-02T00:00:03", [4]),
        ("2026-03-02T00:00:03", "2026-04-01", []),
    ],
)
def test_deliveries_of_a_time_are_queued_as_they_came_and_marked(
    operated: Operated, poller: Poller, told_long_ago: list[str], since: str, until: str, numbers: list[int]
) -> None:
    with chosen(operated):
        replay.main([since, until, "--provider", "mux", "--go"])
    queued = sorted(
        (json.loads(message) for message in poller.deployed.resources.messages(poller.url)),
        key=lambda message: str(message["receivedAt"]),
    )
    assert [message["body"] for message in queued] == [told_long_ago[number] for number in numbers]
    assert all(message["replayed"] is True for message in queued)
    times = [datetime.fromisoformat(message["receivedAt"]) for message in queued]
    assert times == [LONG_AGO + timedelta(seconds=number, milliseconds=500) for number in numbers]


def test_nothing_is_queued_before_one_says_go(
    operated: Operated, poller: Poller, told_long_ago: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with chosen(operated):
        replay.main(["2026-03-01", "2026-03-03"])
    assert "mux: 5 deliveries would be" in capsys.readouterr().out
    assert poller.deployed.resources.messages(poller.url) == []


@pytest.mark.parametrize(
    "arguments",
    [[], ["2026-03-01"], ["soon", "later"], ["2026-03-02", "2026-03-01"], ["x", "y", "--provider", "s3"]],
)
def test_a_time_that_is_none_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        replay.main(arguments)
    assert refused.value.code == 2


@pytest.mark.parametrize("provider", ["mux", "cloudflare"])
def test_what_was_acknowledged_and_misunderstood_has_its_effect_after_a_replay(
    deployed: Deployment, user: str, poller: Poller, operated: Operated, provider: str
) -> None:
    video = opened(deployed, user, provider)
    poller.send(told(provider, video))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sluice.edge.hearing.hear_provider", lambda *_given, **_named: "nothing")
        assert poller.once() == 0
    assert wiring.videos().find(video.video_id) == deployed.videos.find(video.video_id)
    assert deployed.state_of(video.video_id).status is Status.UPLOADING
    today = datetime.now(UTC)
    with chosen(operated):
        replay.main(
            [
                f"{today - timedelta(hours=1)}",
                f"{today + timedelta(seconds=1)}",
                "--provider",
                provider,
                "--go",
            ]
        )
    while (
        poller.deployed.aws("sqs").get_queue_attributes(
            QueueUrl=poller.url, AttributeNames=["ApproximateNumberOfMessages"]
        )["Attributes"]["ApproximateNumberOfMessages"]
        != "0"
    ):
        assert poller.once() == 0
    assert deployed.state_of(video.video_id).status is Status.READY


def test_dead_letters_are_counted_by_queue_and_moved_by_name(
    operated: Operated, poller: Poller, capsys: pytest.CaptureFixture[str]
) -> None:
    poller.deployed.aws("sqs").send_message(QueueUrl=poller.dead, MessageBody="ä")
    with chosen(operated):
        assert redrive.waiting(operated, "inbox") == 1
        redrive.main(["inbox"])
        assert "1 messages went back to inbox" in capsys.readouterr().out
        redrive.main(["inbox"])
        with pytest.raises(SystemExit, match="inbox"):
            redrive.main(["publish"])
    assert poller.deployed.resources.messages(poller.url) == ["ä"]
    assert poller.letters() == 0
