"""Videos that a generator makes: asked for in words, awaited, and there in the end, or told why not."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PROCESSING_MS, Visitor, somebody

pytestmark = pytest.mark.browser


def ask(visitor: Visitor, hook: str, *, presenter: str) -> None:
    """Fill in the form; the generator's twin behaves as its presenter is called."""
    page = visitor.page
    page.get_by_role("button", name="Generate a video").click()
    page.get_by_label("Opening line").fill(hook)
    page.get_by_label("What the video says").fill("Water goes where the gate lets it.")
    page.get_by_label("Closing line").fill("Come and see.")
    page.get_by_label("Presenter").fill(presenter)
    page.get_by_role("button", name="Generate", exact=True).click()


def row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("region", name="Coming in").get_by_role("listitem").filter(has_text=name)


def test_a_video_that_takes_its_time_is_awaited_over_a_reload(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())

    ask(alice, "Did you know?", presenter="slow")
    coming = row(alice, "Did you know?")
    expect(alice.page.get_by_role("dialog")).to_have_count(0, timeout=30_000)
    expect(coming).to_be_visible()
    alice.page.reload()

    expect(coming.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    alice.ready("Did you know?")


def test_what_the_generator_cannot_make_keeps_the_words_and_says_why(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())

    ask(alice, "Too few words", presenter="failing")

    expect(alice.page.get_by_role("dialog").get_by_role("alert")).to_be_visible(timeout=30_000)
    expect(alice.page.get_by_label("Opening line")).to_have_value("Too few words")
    expect(alice.page.get_by_role("button", name="Generate", exact=True)).to_be_enabled()
    alice.page.keyboard.press("Escape")
    expect(alice.page.get_by_role("region", name="Coming in")).to_be_hidden()
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
