"""What an owner does with videos from the gallery and from a video's page."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.library import Library
from tests.browser.visitor import Visitor, somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser

TRICKY = "שלום 🌊 <img src=x onerror=alert(1)> " + "long " * 20


def with_a_video(visitor: Visitor, owner: str) -> None:
    visitor.sign_in(owner)
    visitor.ready("streamable")


def test_a_title_is_changed_in_place_and_stays_text(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    with_a_video(alice, library.own())

    alice.act("streamable", "Rename")
    field = alice.page.get_by_role("textbox", name="Title")
    expect(field).to_be_focused()
    field.fill(TRICKY)
    field.press("Enter")
    link = alice.page.locator(".card__link")
    expect(link).to_have_text(TRICKY.strip())
    expect(alice.page.get_by_role("button", name="Actions for")).to_be_focused()
    expect(alice.page.locator("main img[src=x]")).to_have_count(0)

    alice.page.reload()
    expect(link).to_have_text(TRICKY.strip())
    assert alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_escape_leaves_the_title_as_it_was(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    with_a_video(alice, library.shared)
    alice.watch("streamable")

    alice.page.get_by_role("button", name="Rename").click()
    alice.page.get_by_role("textbox", name="Title").fill("Other")
    alice.page.keyboard.press("Escape")

    expect(alice.page.get_by_role("heading", name="streamable")).to_be_visible()
    expect(alice.page.get_by_role("button", name="Rename")).to_be_focused()


def test_a_refused_title_keeps_the_words_and_says_why(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    with_a_video(alice, library.own())
    alice.act("streamable", "Rename")
    alice.page.context.set_offline(True)

    alice.page.get_by_role("textbox", name="Title").fill("Written on a train")
    alice.page.keyboard.press("Enter")

    expect(alice.page.get_by_role("alert").get_by_text("You are offline.")).to_be_visible()
    expect(alice.page.get_by_role("textbox", name="Title")).to_have_value("Written on a train")
    alice.page.context.set_offline(False)
    alice.page.keyboard.press("Enter")
    expect(alice.card("Written on a train")).to_be_visible()


def test_deleting_asks_first_and_is_seen_at_once(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    with_a_video(alice, library.own())
    address = alice.fragment_of("streamable")

    alice.act("streamable", "Delete")
    expect(alice.page.get_by_role("button", name="Cancel")).to_be_focused()
    alice.page.keyboard.press("Escape")
    expect(alice.card("streamable")).to_be_visible()
    alice.act("streamable", "Delete")
    alice.page.get_by_role("button", name="Delete video").click()

    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    expect(alice.page.get_by_role("link", name="All 0")).to_be_visible()
    alice.open(address)
    expect(alice.page.get_by_text("This video does not exist, or it was deleted.")).to_be_visible()


def test_the_original_is_downloaded_whole(new_visitor: NewVisitor, library: Library, clips: Clips) -> None:
    alice = new_visitor()
    with_a_video(alice, library.shared)

    with alice.page.expect_download() as download:
        alice.act("streamable", "Download")

    assert download.value.suggested_filename == "streamable.mp4"
    assert download.value.path().read_bytes() == clips["streamable"].read_bytes()


def test_filters_have_counts_and_addresses(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    with_a_video(alice, library.shared)

    alice.page.get_by_role("link", name="Failed 0").click()
    expect(alice.page.get_by_text("Nothing has failed. Good.")).to_be_visible()
    assert alice.page.url.endswith("#/?status=error")
    alice.page.go_back()
    expect(alice.card("streamable")).to_be_visible()
    alice.page.get_by_role("link", name="Ready 1").click()
    expect(alice.card("streamable")).to_be_visible()
    alice.page.get_by_role("link", name="In progress 0").click()
    expect(alice.page.get_by_text("Nothing is in progress.")).to_be_visible()


def test_a_list_that_cannot_be_loaded_says_so_and_can_be_tried_again(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()

    def cut(route: Route) -> None:
        route.abort("connectionrefused")

    alice.page.route("**/api/videos?*", cut)
    alice.page.reload()
    expect(alice.page.get_by_text("Your videos could not be loaded")).to_be_visible()
    expect(alice.page.get_by_text("The server could not be reached.")).to_be_visible()
    alice.page.unroute("**/api/videos?*", cut)
    alice.page.get_by_role("button", name="Try again").click()

    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
