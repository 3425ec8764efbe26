"""A secret link plays one video without a sign-in; a deletion leaves a receipt."""

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import NewVisitor
from tests.browser.library import Library
from tests.browser.visitor import Visitor, somebody

pytestmark = pytest.mark.browser


def link_of(owner: Visitor, title: str) -> str:
    """Make a link in the dialog, and copy it."""
    owner.act(title, "Share by link")
    owner.page.get_by_role("button", name="Make a link").click()
    expect(owner.page.get_by_role("button", name="Copy link")).to_be_focused()
    return copied(owner)


def copied(owner: Visitor) -> str:
    owner.page.keyboard.press("Enter")
    expect(owner.page.get_by_text("Link copied.")).to_be_visible()
    return str(owner.page.evaluate("navigator.clipboard.readText()"))


def test_a_link_plays_without_a_sign_in_until_it_is_replaced_or_stopped(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice, passer_by = new_visitor(), new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    passer_by.page.on("request", note)
    old = link_of(alice, "streamable")
    key = old.partition("#")[2]
    assert "/share/vid_" in old
    assert len(key) == 43

    passer_by.page.goto(old)
    passer_by.play()
    passer_by.expect_playing_past(0.5)
    expect(passer_by.page.get_by_role("heading", name="streamable")).to_be_visible()
    assert [url for url in asked if key in url.partition("#")[0]] == [], "the key went to a server"

    alice.page.get_by_role("button", name="Replace link").click()
    expect(alice.page.get_by_text("The earlier one no longer works.")).to_be_visible()
    new = copied(alice)
    assert new != old
    passer_by.page.reload()
    expect(passer_by.page.get_by_text("This link does not open a video.")).to_be_visible()
    passer_by.page.goto(new)
    passer_by.play()
    passer_by.expect_playing_past(0.3)

    alice.page.get_by_role("button", name="Stop sharing").click()
    expect(alice.page.get_by_role("dialog").get_by_text("Sharing has stopped.")).to_be_visible()
    passer_by.page.reload()
    expect(passer_by.page.get_by_text("This link does not open a video.")).to_be_visible()


def test_a_link_that_is_not_whole_says_so_and_tells_nobody_what_exists(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice, passer_by = new_visitor(), new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    video_id = alice.fragment_of("streamable").rpartition("/")[2]

    passer_by.page.goto(f"{passer_by.origin}/share/{video_id}")
    expect(passer_by.page.get_by_text("the part behind the # is missing")).to_be_visible()
    for made_up in (video_id, "vid_01890000-0000-7000-8000-000000000000"):
        passer_by.page.goto("about:blank")
        passer_by.page.goto(f"{passer_by.origin}/share/{made_up}#{'x' * 43}")
        expect(passer_by.page.get_by_text("This link does not open a video.")).to_be_visible()
    assert passer_by.violations() == []


def test_what_was_shared_can_be_downloaded(new_visitor: NewVisitor, library: Library) -> None:
    alice, passer_by = new_visitor(), new_visitor(width=390)
    alice.sign_in(library.shared)
    alice.ready("streamable")
    passer_by.page.goto(link_of(alice, "streamable"))

    with passer_by.page.expect_download() as download:
        passer_by.page.get_by_role("button", name="Download").click()

    assert download.value.suggested_filename == "streamable.mp4"
    assert passer_by.violations() == []


def test_a_deletion_leaves_a_receipt_for_its_owner(new_visitor: NewVisitor, library: Library) -> None:
    alice, bob = new_visitor(), new_visitor()
    alice.sign_in(library.own())
    alice.ready("streamable")
    alice.act("streamable", "Delete")
    alice.page.get_by_role("button", name="Delete video").click()

    alice.page.get_by_role("button", name="See receipt").click()

    expect(alice.page.get_by_role("heading", name="Deletion receipt")).to_be_focused()
    done = alice.page.get_by_text("Everything that belonged to this video is gone.")
    expect(done.first).to_be_visible(timeout=60_000)
    expect(alice.page.get_by_text("The original")).to_be_visible()
    assert alice.violations() == []
    bob.sign_in(somebody("bob"))
    bob.open(f"#{alice.page.url.partition('#')[2]}")
    expect(bob.page.get_by_text("There is no receipt for this video among yours.")).to_be_visible()
