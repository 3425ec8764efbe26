"""The end of a stage: playlists over what was made, and facts; or a failure that settles."""

import re
from typing import Any

import pytest
from sluice.domain.media_errors import SourceMissing, VideoGone
from sluice.edge import clients

from functions.media_encode import handler as encode
from functions.media_finish import handler as finish
from functions.media_plan import handler as plan
from tests.functions.media import Media, sample, walk


def test_a_streamable_source_goes_all_the_way(media: Media) -> None:
    media.add_video("processing")
    assert walk(media.job("streamable")) == {"playable": True}
    video = media.video
    assert (video.status, video.progress) == ("ready", 100)
    assert sorted(video.renditions) == ["108p"]
    assert {"hls/108p.m3u8", "hls/audio.m3u8", "hls/first-package.mp4", "hls/index.m3u8"} <= set(
        media.names()
    )


def test_any_other_source_gets_its_rungs_one_stage_after_the_other(media: Media) -> None:
    media.add_video("processing")
    job = media.job("tall")
    planned = plan.handler({"job": job, "may_copy": False}, None)
    for task in planned["first"]:
        encode.handler({"job": job, "task": task, "load": planned["load"]}, None)
    assert finish.handler({"job": job, "plan": planned, "stage": "first"}, None) == {"playable": True}
    assert media.video.status == "ready"
    assert sorted(media.video.renditions) == ["144p"]
    assert media.video.progress is not None
    assert media.video.progress < 100
    assert re.findall(r"^(\S+)\.m3u8$", media.text("hls/index.m3u8"), re.MULTILINE) == ["144p"]
    for task in planned["rest"]:
        encode.handler({"job": job, "task": task, "load": planned["load"]}, None)
    finish.handler({"job": job, "plan": planned, "stage": "rest"}, None)
    assert re.findall(r"^(\S+)\.m3u8$", media.text("hls/index.m3u8"), re.MULTILINE) == ["180p", "144p"]
    assert media.video.progress == 100
    renditions = {name: stamped.value for name, stamped in media.video.renditions.items()}
    assert (renditions["180p"].width, renditions["180p"].height) == (320, 180)


def test_finishing_twice_changes_nothing(media: Media) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    walk(job)
    before, index = media.video.renditions, media.text("hls/index.m3u8")
    planned = plan.handler({"job": job, "may_copy": True}, None)
    for stage in ("first", "rest"):
        finish.handler({"job": job, "plan": planned, "stage": stage}, None)
    assert media.text("hls/index.m3u8") == index
    assert media.video.renditions.keys() == before.keys()
    assert media.video.progress == 100


def test_a_source_without_pictures_fails_with_a_reason(media: Media) -> None:
    media.add_video("processing")
    job = media.job("garbage_inside")
    planned = plan.handler({"job": job, "may_copy": False}, None)
    for task in planned["first"]:
        encode.handler({"job": job, "task": task, "load": planned["load"]}, None)
    assert finish.handler({"job": job, "plan": planned, "stage": "first"}, None) == {"playable": False}
    assert media.video.failure is not None
    assert media.video.failure.value.code == "broken_source"
    assert "hls/index.m3u8" not in media.names()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("EncodingFailed", "processing_failed"),
        ("States.TaskFailed", "processing_failed"),
        ("EncodingTimedOut", "processing_timed_out"),
        ("States.Timeout", "processing_timed_out"),
        ("Sandbox.Timedout", "processing_timed_out"),
        ("SourceChanged", "source_changed"),
        ("SourceMissing", "source_missing"),
    ],
)
def test_a_failure_before_anything_plays_fails_the_video(media: Media, error: str, code: str) -> None:
    media.add_video("processing")
    assert finish.handler({**sample("media_finish", "failure"), "error": error}, None) == {"playable": False}
    assert media.video.failure is not None
    assert media.video.failure.value.code == code
    assert error not in media.video.failure.value.message


def test_a_failure_after_something_plays_settles_with_what_there_is(media: Media) -> None:
    media.add_video("ready")
    assert finish.handler(sample("media_finish", "failure"), None) == {"playable": True}
    assert (media.video.status, media.video.progress) == ("ready", 100)
    assert media.video.failure is None


def test_a_deleted_video_ends_quietly(media: Media) -> None:
    media.add_video("deleted")
    assert finish.handler(sample("media_finish", "failure"), None) == {"playable": False}
    with pytest.raises(VideoGone):
        finish.handler(sample("media_finish", "first"), None)
    assert media.names() == []


def test_a_video_deleted_while_its_playlists_are_written_leaves_none_of_them(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.add_video("processing")
    job = media.job("streamable")
    planned = plan.handler({"job": job, "may_copy": True}, None)
    for task in planned["first"]:
        encode.handler({"job": job, "task": task, "load": planned["load"]}, None)
    made, client = media.names(), clients.s3()
    put = client.put_object

    def put_then_delete(**given: Any) -> Any:
        answer = put(**given)
        if media.video.status != "deleted":
            media.delete_video()
        return answer

    monkeypatch.setattr(client, "put_object", put_then_delete)
    with pytest.raises(VideoGone):
        finish.handler({"job": job, "plan": planned, "stage": "first"}, None)
    assert media.names() == made


def test_a_piece_that_is_not_there_is_an_error_and_nothing_is_published(media: Media) -> None:
    media.add_video("processing")
    with pytest.raises(SourceMissing):
        finish.handler(sample("media_finish", "first"), None)
    assert media.names() == []
    assert media.video.status == "processing"
