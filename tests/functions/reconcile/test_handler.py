"""Overdue videos are looked after, each on its own: one that cannot be does not hold back the rest."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain import facts
from sluice.domain.errors import PollBudgetSpent, Unavailable
from sluice.domain.keys import source_key
from sluice.domain.video import Status, Video, reduce
from sluice.edge import wiring

from functions.reconcile.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, running
from tests.engine import Aws
from tests.events import sample
from tests.resources import Resources

type Down = Callable[..., AbstractContextManager[Deployment]]
EVENT = sample("reconcile/scheduled")


class Context:
    """What Lambda says about the time that is left."""

    def __init__(self, milliseconds: int = 55_000, each: int = 0) -> None:
        self._milliseconds = milliseconds
        self._each = each

    def get_remaining_time_in_millis(self) -> int:
        """Each question costs some of it."""
        self._milliseconds -= self._each
        return self._milliseconds


@pytest.fixture
def deployed(made: Deployment, engine: Aws) -> Iterator[Deployment]:
    """With a table of its own, as all that is overdue in it is looked after."""
    fresh = {
        "VIDEOS_TABLE": Resources(engine).table("VideosTable"),
        "INGEST_QUEUE_URL": Resources(engine).queue(),
    }
    deployment = Deployment(engine, {**made.environment, **fresh})
    with running(deployment):
        yield deployment


def overdue(deployed: Deployment, *log: facts.Fact, age_hours: float = 7) -> Video:
    """A video that was asked for some hours ago and has been overdue for a minute."""
    now = datetime.now(UTC)
    video = make_video(video_id=new_video_id(now), created_at=now - timedelta(hours=age_hours))
    for fact in log:
        video = reduce(video, fact)
    return deployed.has(video, due_at=now - timedelta(minutes=1))


def ago(hours: float) -> datetime:
    return datetime.now(UTC) - timedelta(hours=hours)


def test_nothing_overdue_is_nothing_to_do(deployed: Deployment) -> None:
    deployed.has(make_video(), due_at=datetime.now(UTC) + timedelta(hours=1))
    assert handler(EVENT, Context()) == {}


def test_each_overdue_video_gets_what_it_needs(deployed: Deployment) -> None:
    never_sent = overdue(deployed)
    sent = overdue(deployed)
    deployed.put(source_key("alice", sent.video_id))
    stuck = overdue(deployed, facts.SourceStored(at=ago(1), size_bytes=1, etag="e"), age_hours=1)
    old = overdue(deployed, facts.SourceStored(at=ago(6.5), size_bytes=1, etag="e"))
    reference = wiring.executions().start(new_video_id(datetime.now(UTC)), {})
    at_work = overdue(deployed, facts.ProcessingStarted(at=ago(1), reference=reference), age_hours=1)
    verdicts = handler(EVENT, Context())
    assert deployed.state_of(never_sent.video_id).status is Status.ERROR
    assert deployed.state_of(sent.video_id).status is Status.PROCESSING
    assert deployed.state_of(stuck.video_id).status is Status.PROCESSING
    assert deployed.state_of(old.video_id).status is Status.ERROR
    assert deployed.state_of(at_work.video_id).status is Status.PROCESSING
    announced = Resources(deployed.aws).messages(deployed["INGEST_QUEUE_URL"])
    keys = {json.loads(body)["detail"]["object"]["key"] for body in announced}
    assert source_key("alice", stuck.video_id) in keys
    assert sum(verdicts.values()) == 5
    assert verdicts["given_up"] == 2
    assert handler(EVENT, Context()) == {}


def test_a_video_that_cannot_be_looked_after_holds_nobody_back_and_raises_the_alarm(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    videos = [overdue(deployed) for _ in range(4)]
    broken = videos[1].video_id
    look = type(wiring.uploads()).look

    def break_one(self: object, video: Video) -> object:
        if video.video_id == broken:
            raise ValueError("a mistake of ours")
        return look(self, video)  # type: ignore[arg-type] # the real one's own

    monkeypatch.setattr(type(wiring.uploads()), "look", break_one)
    with pytest.raises(RuntimeError, match="1 videos"):
        handler(EVENT, Context())
    settled = [deployed.state_of(video.video_id).settled for video in videos]
    assert settled == [True, False, True, True]
    assert [vars(record)["videoId"] for record in caplog.records if record.levelname == "ERROR"] == [broken]
    assert broken not in set(deployed.videos.due(datetime.now(UTC), limit=50)), "others go first"
    assert broken in set(deployed.videos.due(datetime.now(UTC) + timedelta(minutes=3), limit=50))


def test_a_provider_that_gives_no_answer_is_asked_once_a_round(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wait for it is long, and the others have only this minute."""
    asked: list[str] = []

    def silent(self: object, video: Video) -> object:
        asked.append(video.video_id)
        raise Unavailable("No answer.")

    monkeypatch.setattr(type(wiring.uploads()), "look", silent)
    videos = [overdue(deployed) for _ in range(4)]
    with pytest.raises(RuntimeError, match="1 videos"):
        handler(EVENT, Context())
    assert len(asked) == 1
    assert [deployed.state_of(video.video_id) for video in videos] == videos
    assert not set(deployed.videos.due(datetime.now(UTC), limit=50)), "videos of others go first"


def test_what_may_not_be_asked_just_now_is_asked_a_little_later(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All who ask a provider share a budget, which grows with time: a round is longer than a moment."""
    asked: list[str] = []
    look = type(wiring.uploads()).look

    def budgeted(self: object, video: Video) -> object:
        asked.append(video.video_id)
        if len(asked) <= 5:
            raise PollBudgetSpent("Not now.")
        return look(self, video)  # type: ignore[arg-type] # the real one's own

    monkeypatch.setattr(type(wiring.uploads()), "look", budgeted)
    videos = [overdue(deployed) for _ in range(3)]
    assert handler(EVENT, Context()) == {"given_up": 3}
    assert len(asked) == 8
    assert all(deployed.state_of(video.video_id).settled for video in videos)


def test_what_may_not_be_asked_at_all_stays_due(
    deployed: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spent(self: object, video: Video) -> object:
        raise PollBudgetSpent("Not now.")

    monkeypatch.setattr(type(wiring.uploads()), "look", spent)
    video = overdue(deployed)
    assert handler(EVENT, Context(12_000, each=1_500)) == {"deferred": 1}
    assert deployed.state_of(video.video_id) == video


def test_a_provider_that_is_down_fails_no_video(made: Deployment, deployed: Deployment) -> None:
    video = overdue(deployed)
    down = running(deployed, AWS_ENDPOINT_URL_S3="http://127.0.0.1:9")
    with down, pytest.raises(RuntimeError):
        handler(EVENT, Context())
    assert deployed.state_of(video.video_id) == video


def test_it_stops_while_there_is_time_left_and_goes_on_the_next_minute(deployed: Deployment) -> None:
    overdue(deployed)
    assert handler(EVENT, Context(milliseconds=9_000)) == {}
    assert handler(EVENT, Context()) == {"given_up": 1}
