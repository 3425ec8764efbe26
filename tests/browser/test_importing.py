"""Videos that come from a link: seen coming, seen ready, or told why not."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PROCESSING_MS, Visitor, somebody
from tests.clips import Clips
from tests.loopback import Behaviour, Handler, Site, serves

pytestmark = pytest.mark.browser


def paste(visitor: Visitor, link: str) -> None:
    visitor.page.get_by_label("Import from a link").fill(link)
    visitor.page.keyboard.press("Enter")


def row(visitor: Visitor, name: str) -> Locator:
    """The row of what is coming in."""
    return visitor.page.get_by_role("region", name="Coming in").get_by_role("listitem").filter(has_text=name)


def held_back(clip: Path, go_on: threading.Event) -> Behaviour:
    """A server that hardly goes on in the middle of a file until it may: one that is silent is given up."""
    content = clip.read_bytes()
    half = len(content) // 2

    def behave(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", "video/mp4")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[:half])
        handler.wfile.flush()
        at = half
        while at < len(content) - 1 and not go_on.wait(5):
            handler.wfile.write(content[at : at + 1])
            handler.wfile.flush()
            at += 1
        handler.wfile.write(content[at:])

    return behave


def test_a_link_becomes_a_video_even_over_a_reload(new_visitor: NewVisitor, site: Site, clips: Clips) -> None:
    alice, friend = new_visitor(), new_visitor()
    go_on = threading.Event()
    link = site.has("/films/Harbour at dawn.mp4".replace(" ", "%20"), held_back(clips["streamable"], go_on))
    alice.sign_in(somebody())
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()

    paste(alice, link)
    coming = row(alice, "Harbour at dawn")
    expect(coming.get_by_text("Fetching from localhost")).to_be_visible()
    expect(alice.page.get_by_label("Import from a link")).to_have_value("")
    coming.get_by_role("button", name="Share").click()
    alice.page.get_by_role("button", name="Copy link").click()
    expect(alice.page.get_by_text("Link copied.")).to_be_visible()
    shared = alice.page.evaluate("navigator.clipboard.readText()")
    friend.page.goto(shared)
    expect(friend.page.get_by_text("It plays here as soon as it is ready")).to_be_visible()
    alice.page.reload()
    expect(coming.get_by_text("Fetching from localhost")).to_be_visible()
    go_on.set()

    expect(coming.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    alice.ready("Harbour at dawn")
    friend.play()
    friend.expect_playing_past(0.5)
    coming.get_by_role("link", name="Watch").click()
    alice.play()
    alice.expect_playing_past(0.5)


def test_a_link_that_may_not_be_fetched_is_refused_at_once(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    field = alice.page.get_by_label("Import from a link")

    paste(alice, "https://169.254.169.254/latest/meta-data/video.mp4")

    hint = alice.page.locator("#import-hint")
    expect(hint).to_have_class("hint import__hint import__hint--bad")
    expect(hint).not_to_contain_text("fetched for you")
    expect(field).to_have_value("https://169.254.169.254/latest/meta-data/video.mp4")
    expect(field).to_be_focused()
    expect(alice.page.get_by_role("region", name="Coming in")).to_be_hidden()
    field.press("End")
    field.press("Backspace")
    expect(hint).to_contain_text("fetched for you")


def test_a_link_to_no_video_says_why_where_it_was_awaited(new_visitor: NewVisitor, site: Site) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())

    paste(alice, site.has("/page.mp4", serves(b"<!doctype html><p>No film here</p>", "text/html")))

    failed = row(alice, "page")
    expect(failed).to_have_attribute("data-tone", "bad", timeout=PROCESSING_MS)
    expect(alice.card("page").locator(".status")).to_have_text("Failed")
    failed.get_by_role("button", name="Dismiss").click()
    expect(alice.page.get_by_role("region", name="Coming in")).to_be_hidden()
    expect(alice.page.get_by_label("Import from a link")).to_be_focused()
