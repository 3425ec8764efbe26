"""A source has arrived: refused with a code, or the pipeline starts; once, however often it is told."""

import json
from typing import Any

import pytest
from sluice.edge import wiring
from sluice.edge.settings import settings

from functions.ingest import handler as ingest
from tests.builders import VIDEO_ID
from tests.deployment import forget
from tests.functions.media import Media, sample


def arrival(etag: str, *, key: str | None = None) -> dict[str, Any]:
    """The sample event, about another version of the source or another key."""
    event = sample("ingest", "source_stored")
    message = json.loads(event["Records"][0]["body"])
    message["detail"]["object"].update({"etag": etag} | ({"key": key} if key else {}))
    event["Records"][0]["body"] = json.dumps(message)
    return event


def executions(media: Media) -> list[Any]:
    arn = settings().state_machine_arn
    return list(media.aws("stepfunctions").list_executions(stateMachineArn=arn)["executions"])


def test_a_good_source_is_probed_and_starts_the_pipeline(media: Media) -> None:
    media.add_video()
    answer = ingest.handler(arrival(media.store("streamable")), None)
    assert answer == {"batchItemFailures": []}
    video = media.video
    assert video.status == "processing"
    assert video.media is not None
    assert (video.media.value.width, video.media.value.codec) == (192, "h264")
    (execution,) = executions(media)
    assert video.reference is not None
    assert video.reference.value == execution["executionArn"]
    described = media.aws("stepfunctions").describe_execution(executionArn=execution["executionArn"])
    given = json.loads(described["input"])
    assert given["may_copy"] is True
    assert given["job"]["source"]["key"].endswith(f"{VIDEO_ID}/source")


@pytest.mark.parametrize(
    ("clip", "code"),
    [
        ("empty", "empty_source"),
        ("web_page", "not_a_video"),
        ("playlist", "not_a_video"),
        ("sound_only", "not_a_video"),
        ("cut_behind_moov", "broken_source"),
        ("huge", "dimensions_too_large"),
    ],
)
def test_a_bad_source_fails_the_video_with_a_code_and_is_kept(media: Media, clip: str, code: str) -> None:
    media.add_video()
    answer = ingest.handler(arrival(media.store(clip)), None)
    assert answer == {"batchItemFailures": []}
    assert media.video.status == "error"
    assert media.video.failure is not None
    assert media.video.failure.value.code == code
    assert not executions(media)
    assert media.names("uploads/") == [f"alice/{VIDEO_ID}/source"]


def test_an_over_long_source_is_refused(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_VIDEO_DURATION_MINUTES", "1")
    forget()
    media.add_video()
    ingest.handler(arrival(media.store("minute_and_more")), None)
    assert media.video.failure is not None
    assert media.video.failure.value.code == "too_long"


def test_a_doubled_notice_starts_nothing_and_changes_nothing(media: Media) -> None:
    media.add_video()
    event = arrival(media.store("streamable"))
    ingest.handler(event, None)
    before = wiring.videos().find(VIDEO_ID)
    assert ingest.handler(event, None) == {"batchItemFailures": []}
    assert wiring.videos().find(VIDEO_ID) == before
    assert len(executions(media)) == 1


def test_a_refusal_is_repeated_without_a_change(media: Media) -> None:
    media.add_video()
    event = arrival(media.store("web_page"))
    ingest.handler(event, None)
    before = wiring.videos().find(VIDEO_ID)
    ingest.handler(event, None)
    assert wiring.videos().find(VIDEO_ID) == before


def test_a_notice_about_an_overwritten_version_is_let_go(media: Media) -> None:
    media.add_video()
    old = media.store("web_page")
    media.store("streamable")
    assert ingest.handler(arrival(old), None) == {"batchItemFailures": []}
    assert media.video.status == "uploading"


def test_a_second_version_of_a_source_is_not_taken(media: Media) -> None:
    media.add_video()
    ingest.handler(arrival(media.store("streamable")), None)
    ingest.handler(arrival(media.store("ntsc")), None)
    assert len(executions(media)) == 1
    assert media.video.media is not None
    assert media.video.media.value.has_audio


@pytest.mark.parametrize("gone", ["video", "source"])
def test_a_deleted_video_starts_nothing(media: Media, gone: str) -> None:
    media.add_video("deleted" if gone == "video" else "uploading")
    etag = media.store("streamable") if gone == "video" else "e1"
    assert ingest.handler(arrival(etag), None) == {"batchItemFailures": []}
    assert not executions(media)


def test_a_source_that_arrives_after_its_video_was_deleted_does_not_stay(media: Media) -> None:
    """Its URL outlives the video by hours, and the purge by as much."""
    media.add_video("deleted")
    etag = media.store("streamable")
    assert ingest.handler(arrival(etag), None) == {"batchItemFailures": []}
    assert media.names("uploads/") == []


def test_a_source_whose_row_is_not_there_yet_comes_again(media: Media) -> None:
    event = arrival(media.store("streamable"))
    message_id = event["Records"][0]["messageId"]
    assert ingest.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": message_id}]}


def test_one_bad_message_does_not_hold_back_the_rest(media: Media) -> None:
    media.add_video()
    good = arrival(media.store("streamable"))["Records"][0]
    bad = {**good, "messageId": "bad", "body": "not JSON"}
    foreign = arrival("e1", key="uploads/alice/notes.txt")["Records"][0]
    answer = ingest.handler({"Records": [bad, foreign, good]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
    assert media.video.status == "processing"


def test_without_its_bucket_the_notice_comes_again(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    media.add_video()
    event = arrival(media.store("streamable"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    forget()
    assert ingest.handler(event, None)["batchItemFailures"]
