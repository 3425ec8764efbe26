"""Pushed messages have the contract's shape, fit into one frame, and show nobody what is only the owner's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sluice.domain import facts
from sluice.domain.video import Video, reduce
from sluice.edge.presenter import Presenter
from sluice.edge.pushes import Pushes
from sluice.usecases.realtime_ports import Saying

from tests.builders import NOW, at, make_rendition, make_video
from tests.fakes.provider import FakePlayback

FRAME_BYTES = 32 * 1024
pushes = Pushes(Presenter(lambda _name: FakePlayback(), ttl=timedelta(hours=1)))


def said(what: Saying, video: Video, user: str = "alice") -> dict[str, Any]:
    return dict(json.loads(pushes.say(what, video, 7, user, now=NOW)))


def test_an_update_carries_the_video_and_its_version() -> None:
    told = said("updated", make_video("ready", custom={"a": 1}))
    assert (told["type"], told["version"]) == ("video.updated", 7)
    video = told["video"]
    assert (video["title"], video["filename"], video["custom"]) == ("Holiday", "holiday.mp4", {"a": 1})
    assert "alice" in video["playbackUrl"]


def test_another_user_sees_it_without_what_is_only_the_owners() -> None:
    video = said("updated", make_video("ready", custom={"a": 1}, visibility="public"), "bob")["video"]
    assert (video["title"], video["filename"], video["custom"]) == ("Holiday", "Holiday", {})
    assert "bob" in video["playbackUrl"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("progress", {"type": "video.progress", "progress": 0, "version": 7}),
        ("deleted", {"type": "video.deleted"}),
        ("ended", {"type": "subscription.ended"}),
    ],
)
def test_the_others_are_short(what: Saying, told: dict[str, Any]) -> None:
    video = make_video("processing")
    assert said(what, video) == {**told, "videoId": video.video_id}


def test_a_goodbye_says_why() -> None:
    assert json.loads(pushes.goodbye()) == {"type": "connection.replaced"}


def test_the_largest_video_fits_into_one_frame() -> None:
    video = make_video("complete", title="😀" * 200, filename="😀" * 251 + ".mp4", custom={"a": "😀" * 1020})
    for number in range(20):
        rendition = make_rendition(f"rendition-number-{number}")
        video = reduce(video, facts.RenditionReady(at=at(9), rendition=rendition))
    # Links, as the longest providers make them, are some two kilobytes each, and there are three.
    assert len(pushes.say("updated", video, 7, "alice", now=NOW)) + 3 * 2048 < FRAME_BYTES
