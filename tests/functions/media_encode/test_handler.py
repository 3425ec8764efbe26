"""One task: an object in the bucket, progress told, nothing left of a deleted video."""

from typing import Any

import pytest
from sluice.domain.media_errors import (
    EncodingFailed,
    NotStreamable,
    SourceChanged,
    SourceMissing,
    StorageUnavailable,
    VideoGone,
)

from functions.media_encode import handler as encode
from tests.builders import VIDEO_ID
from tests.deployment import forget
from tests.functions.media import Media, sample


def event_of(case: str, job: dict[str, Any]) -> dict[str, Any]:
    return {**sample("media_encode", case), "job": job}


@pytest.mark.parametrize(
    ("case", "names"),
    [
        ("package", ["hls/first-package.mp4"]),
        ("piece", ["hls/rest-0000.mp4"]),
        ("audio", ["hls/first-audio.mp4"]),
        ("pictures", ["poster.jpg", "storyboard.jpg", "storyboard.vtt"]),
    ],
)
def test_a_task_makes_its_objects(media: Media, case: str, names: list[str]) -> None:
    media.add_video("processing")
    answer = encode.handler(event_of(case, media.job("streamable")), None)
    assert answer["outcome"] == "made"
    assert media.names() == names


def test_progress_is_told_and_grows(media: Media) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    seen: list[int] = []
    for index in range(3):
        event = event_of("piece", job)
        event["task"]["index"] = index
        encode.handler(event, None)
        seen.append(media.video.progress or 0)
    assert seen == sorted(set(seen))
    assert seen[-1] < 100


def test_pictures_are_told(media: Media) -> None:
    media.add_video("processing")
    encode.handler(event_of("pictures", media.job("streamable")), None)
    pictures = media.video.pictures
    assert pictures is not None
    assert pictures.value.poster == f"videos/{VIDEO_ID}/poster.jpg"
    assert "storyboard.jpg#xywh=0,0,160,90" in media.text("storyboard.vtt")


def test_what_is_made_is_not_made_again(media: Media) -> None:
    media.add_video("processing")
    event = event_of("piece", media.job("streamable"))
    encode.handler(event, None)
    key = f"videos/{VIDEO_ID}/hls/rest-0000.mp4"
    before = media.aws("s3").head_object(Bucket=media.bucket, Key=key)
    percent = media.video.progress
    assert encode.handler(event, None)["outcome"] == "made"
    assert media.aws("s3").head_object(Bucket=media.bucket, Key=key)["ETag"] == before["ETag"]
    assert media.video.progress == percent


def test_a_deleted_video_is_not_worked_on(media: Media) -> None:
    media.add_video("deleted")
    with pytest.raises(VideoGone):
        encode.handler(event_of("piece", media.job("streamable")), None)
    assert media.names() == []


@pytest.mark.parametrize("case", ["piece", "pictures"])
def test_a_video_deleted_meanwhile_leaves_nothing_behind(
    media: Media, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    client = media_client()
    original = client.put_object

    def put_then_delete(**given: Any) -> Any:
        answer = original(**given)
        if media.video.status != "deleted":
            media.delete_video()
        return answer

    monkeypatch.setattr(client, "put_object", put_then_delete)
    with pytest.raises(VideoGone):
        encode.handler(event_of(case, job), None)
    assert media.names() == []


def media_client() -> Any:
    from sluice.edge import clients

    return clients.s3()


def test_a_replaced_source_is_never_mixed_in(media: Media) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    media.store("ntsc")
    with pytest.raises(SourceChanged):
        encode.handler(event_of("piece", job), None)
    assert media.names() == []


def test_a_source_that_is_gone_says_so(media: Media) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    media.aws("s3").delete_object(Bucket=media.bucket, Key=job["source"]["key"])
    with pytest.raises(SourceMissing):
        encode.handler(event_of("piece", job), None)


def test_a_source_that_cannot_be_packaged_says_so(media: Media) -> None:
    media.add_video("processing")
    with pytest.raises(NotStreamable):
        encode.handler(event_of("package", media.job("garbage_streamable")), None)


def test_a_tool_that_fails_is_an_error_without_its_words(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.add_video("processing")
    event = event_of("piece", media.job("streamable"))
    monkeypatch.setenv("SLUICE_FFMPEG", "/bin/false")
    forget()
    with pytest.raises(EncodingFailed, match=r"^The video could not be processed\.$"):
        encode.handler(event, None)


def test_missing_pictures_fail_nothing(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    media.add_video("processing")
    event = event_of("pictures", media.job("streamable"))
    monkeypatch.setenv("SLUICE_FFMPEG", "/bin/false")
    forget()
    assert encode.handler(event, None)["outcome"] == "skipped"
    assert media.names() == []


def test_without_its_bucket_it_may_be_tried_again(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    media.add_video("processing")
    event = event_of("piece", media.job("streamable"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    forget()
    with pytest.raises(StorageUnavailable):
        encode.handler(event, None)
