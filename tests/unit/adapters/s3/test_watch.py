"""How a video is really doing: what the bucket and the execution say, whatever was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.uploads import S3Uploads
from sluice.adapters.s3.watch import S3Watch
from sluice.domain.facts import Fact, Failed, LadderCompleted, ProcessingStarted, SourceStored
from sluice.domain.keys import source_key
from sluice.domain.video import Status, Video, reduce
from sluice.usecases.provider_ports import ExecutionOutcome

from tests.builders import at, make_video
from tests.engine import Aws, unique


class Execution:
    """One execution and what has become of it."""

    def __init__(self, outcome: ExecutionOutcome, ended_at: datetime | None = None) -> None:
        self._said = outcome, ended_at

    def outcome(self, reference: str) -> tuple[ExecutionOutcome, datetime | None]:
        assert reference == "arn:aws:states:::execution:media:one"
        return self._said


@pytest.fixture
def uploads(engine: Aws, bucket: str, presigner: Presigner) -> S3Uploads:
    client = engine("s3")
    return S3Uploads(lambda: client, presigner, bucket=bucket, ttl=timedelta(hours=1))


def said(uploads: S3Uploads, video: Video, execution: Execution) -> Sequence[Fact]:
    return S3Watch(uploads, execution).look(video, now=at(100))


def test_a_source_that_has_arrived_is_found_in_the_bucket(
    engine: Aws, bucket: str, uploads: S3Uploads
) -> None:
    video = make_video(video_id=unique("vid"))
    running = Execution(ExecutionOutcome.RUNNING)
    assert said(uploads, video, running) == ()
    engine("s3").put_object(Bucket=bucket, Key=source_key("alice", video.video_id), Body=b"xyz")
    match said(uploads, video, running):
        case [SourceStored(size_bytes=3, etag=etag)]:
            assert '"' not in etag
        case other:
            pytest.fail(f"{other}")


def test_an_execution_that_runs_is_a_sign_of_life(uploads: S3Uploads) -> None:
    running = Execution(ExecutionOutcome.RUNNING)
    assert said(uploads, make_video("processing"), running) == (ProcessingStarted(at=at(100)),)


@pytest.mark.parametrize("ended_at", [at(50), None])
def test_an_execution_that_failed_without_a_word_fails_a_video_that_cannot_be_played(
    uploads: S3Uploads, ended_at: datetime | None
) -> None:
    failed = Execution(ExecutionOutcome.FAILED, ended_at)
    match said(uploads, make_video("processing"), failed):
        case [Failed(code="processing_failed", at=moment)]:
            assert moment == (ended_at or at(100))
        case other:
            pytest.fail(f"{other}")


def test_a_video_that_plays_goes_on_playing_when_the_rest_of_its_ladder_fails(uploads: S3Uploads) -> None:
    video = make_video("ready")
    failed = Execution(ExecutionOutcome.FAILED, at(50))
    told = said(uploads, video, failed)
    assert told == (LadderCompleted(at=at(50)),)
    assert reduce(video, told[0]).status is Status.READY


@pytest.mark.parametrize("outcome", [ExecutionOutcome.SUCCEEDED, ExecutionOutcome.UNKNOWN])
def test_an_execution_of_which_nothing_is_known_says_nothing(
    uploads: S3Uploads, outcome: ExecutionOutcome
) -> None:
    assert said(uploads, make_video("processing"), Execution(outcome, at(1))) == ()


def test_a_video_on_which_nobody_works_says_nothing(uploads: S3Uploads) -> None:
    stored = reduce(make_video(), SourceStored(at=at(1), size_bytes=1, etag="e"))
    assert said(uploads, stored, Execution(ExecutionOutcome.RUNNING)) == ()
