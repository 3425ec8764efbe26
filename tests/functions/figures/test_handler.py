"""Figures are told to owners, also of what nobody has watched."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from functions.figures.handler import handler
from tests.deployment import Deployment, caller
from tests.events import answer_of
from tests.functions.doors import a_video

pytestmark = pytest.mark.usefixtures("deployed")
VIDEO, SUMMARY = "GET /api/analytics/videos/{video_id}", "GET /api/analytics/summary"
call = caller(handler)
type Down = Callable[..., AbstractContextManager[Deployment]]


def test_a_video_that_nobody_has_watched_has_figures_too(deployed: Deployment, user: str) -> None:
    video = a_video(deployed, user)
    reply = call(VIDEO, user=user, video_id=video.video_id)
    answer = answer_of(reply)
    assert reply["statusCode"] == 200
    assert (answer["videoId"], answer["totalViews"], answer["updatedAt"]) == (video.video_id, 0, None)
    assert answer["startupTime"] == {"p50": None, "p95": None}
    assert (answer["daily"], answer["retention"]) == ([], [0.0] * 20)
    assert answer["verified"]["totalViews"] == 0


def test_who_has_no_videos_has_figures_too(user: str) -> None:
    reply = call(SUMMARY, user=user)
    answer = answer_of(reply)
    assert (reply["statusCode"], answer["totalViews"], answer["top"]) == (200, 0, [])


def test_figures_have_every_column_of_the_table_that_others_keep(deployed: Deployment, user: str) -> None:
    """``video_qoe_metrics`` of the player's own document."""
    answer = answer_of(call(VIDEO, user=user, video_id=a_video(deployed, user).video_id))
    columns = "videoId totalViews totalPlayTime totalBufferTime avgBufferingRatio avgRebufferCount"
    assert answer.keys() >= {*columns.split(), "completionRate", "updatedAt"}


def test_while_the_table_is_down_there_are_no_figures(deployed: Deployment, user: str, down: Down) -> None:
    video = a_video(deployed, user)
    with down("dynamodb"):
        assert call(VIDEO, user=user, video_id=video.video_id)["statusCode"] == 503
        assert call(SUMMARY, user=user)["statusCode"] == 503
