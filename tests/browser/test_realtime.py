"""Two screens side by side: what happens on one is seen on the other, by push or, without one, by asking."""

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser
QUESTION = re.compile(r"/api/videos/vid_[^/]+(/status)?$")


def test_another_screen_sees_a_video_come_and_go_without_asking(
    new_visitor: NewVisitor, clips: Clips
) -> None:
    name, clip = somebody(), clips["streamable"]
    sender, watcher = new_visitor(), new_visitor()
    watcher.page.route(QUESTION, lambda route: route.abort())
    for visitor in (sender, watcher):
        with visitor.page.expect_websocket():
            visitor.sign_in(name)
    sender.choose(clip)
    watcher.ready(clip.stem)
    expect(watcher.page.get_by_role("link", name="Ready 1")).to_be_visible()
    sender.ready(clip.stem)
    sender.act(clip.stem, "Delete")
    sender.page.get_by_role("button", name="Delete video").click()
    expect(watcher.card(clip.stem)).to_have_count(0)


def test_where_no_connection_can_be_had_the_page_asks_and_goes_on_trying(
    new_visitor: NewVisitor, clips: Clips
) -> None:
    clip, alice = clips["streamable"], new_visitor()
    tried: list[str] = []

    def refuse(socket: WebSocketRoute) -> None:
        tried.append(socket.url)
        socket.close()

    alice.page.route_web_socket(re.compile("/ws"), refuse)
    alice.sign_in(somebody())
    alice.choose(clip)
    alice.ready(clip.stem)
    assert len(tried) > 1
