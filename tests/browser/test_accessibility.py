"""Every screen, light and dark, wide and narrow: nothing that axe finds wrong, nothing off the side."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import ColorScheme, NewVisitor
from tests.browser.figures import some_figures
from tests.browser.library import Library
from tests.browser.visitor import PROCESSING_MS, Visitor, somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser

# Contrast depends on the colours, room on the width: two looks show all of both.
LOOKS: tuple[tuple[int, ColorScheme], ...] = ((1280, "light"), (360, "dark"))

# What moved without anybody having touched anything, by the browser's own account.
NOTE_SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const one of list.getEntries()) if (!one.hadRecentInput)
            shifts.push([one.value, ...one.sources.map(({node}) => node?.className)]);
    }).observe({type: 'layout-shift', buffered: true});
}"""


def test_every_screen_is_accessible(new_visitor: NewVisitor, clips: Clips) -> None:
    alice = new_visitor()
    found: dict[str, list[str]] = {}

    def look(screen: str) -> None:
        for width, scheme in LOOKS:
            alice.page.set_viewport_size({"width": width, "height": 800})
            alice.page.emulate_media(color_scheme=scheme)
            problems = alice.violations()
            if alice.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                problems.append("wider than the window")
            found[f"{screen}, {width} px, {scheme}"] = problems

    walk(alice, clips, look)

    assert {screen: problems for screen, problems in found.items() if problems} == {}
    assert len(found) == 36


def walk(alice: Visitor, clips: Clips, look: Callable[[str], None]) -> None:
    """Come past every screen."""
    page = alice.page
    alice.open()
    expect(page.get_by_label("Your name")).to_be_visible()
    look("sign in")
    alice.sign_in(somebody())
    expect(page.get_by_text("No videos yet")).to_be_visible()
    look("empty gallery")
    alice.choose(clips["streamable_silent"], clips["random"], clips["empty"])
    look("uploads")
    alice.ready("streamable_silent")
    expect(alice.card("random").locator(".status")).to_have_text("Failed", timeout=PROCESSING_MS)
    look("gallery")
    alice.card("streamable_silent").get_by_role("button", name="Actions for").click()
    look("menu")
    page.keyboard.press("Escape")
    alice.act("streamable_silent", "Rename")
    look("rename")
    page.keyboard.press("Escape")
    alice.act("streamable_silent", "Delete")
    look("dialog")
    page.keyboard.press("Escape")
    alice.act("streamable_silent", "Make public")
    expect(page.get_by_text("Public: anyone")).to_be_visible()
    look("message")
    alice.watch("streamable_silent")
    look("player")
    page.locator(".player").focus()
    page.keyboard.press("?")
    look("shortcuts")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All videos", exact=True).click()
    alice.card("random").get_by_role("link", name="random", exact=True).click()
    expect(page.get_by_role("heading", name="random", level=1)).to_be_visible()
    look("failed video")
    walk_the_rest(alice, look)


def walk_the_rest(alice: Visitor, look: Callable[[str], None]) -> None:
    """Come past the screens around the gallery."""
    page = alice.page
    page.get_by_role("link", name="Videos", exact=True).click()
    page.get_by_label("Import from a link").fill("no link at all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That is not a link.")).to_be_visible()
    look("refused import")
    page.get_by_role("button", name="Generate a video").click()
    page.get_by_role("button", name="Generate", exact=True).click()
    expect(page.get_by_text("Opening line is needed.")).to_be_visible()
    look("generator")
    page.keyboard.press("Escape")
    alice.act("streamable_silent", "Share by link")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_text("The link is made.")).to_be_visible()
    look("sharing")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Feed", exact=True).click()
    page.get_by_role("button", name="Add a video").click()
    look("choosing a video")
    page.get_by_role("dialog").get_by_role("button", name="streamable_silent").click()
    page.get_by_label("Write a post").fill("Good morning")
    page.get_by_role("button", name="Post", exact=True).click()
    mine = page.get_by_role("article").filter(has_text="Good morning").first
    mine.get_by_role("button", name="Comments").click()
    mine.get_by_label("Write a comment").fill("And a good day")
    mine.get_by_role("button", name="Send").click()
    expect(page.locator(".comment:not([data-pending])").first).to_be_visible()
    look("feed")
    mine.locator(".post__age").click()
    expect(page.locator(".back")).to_be_visible()
    expect(page.get_by_text("And a good day")).to_be_visible()
    look("post")
    page.locator(".back").click()
    page.get_by_role("button", name="New community").click()
    look("new community")


def tab_to(target: Locator) -> None:
    """Press Tab until ``target`` has the focus, which takes only a few."""
    for _ in range(5):
        target.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached with the Tab key")


def test_the_page_can_be_used_with_the_keyboard_alone(new_visitor: NewVisitor, clips: Clips) -> None:
    alice = new_visitor()
    page = alice.page
    alice.open()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type(somebody())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your videos")).to_be_focused()

    # Choosers are intercepted a moment after they are expected: tabbing there takes longer than that.
    with page.expect_file_chooser() as chooser:
        tab_to(page.get_by_role("button", name="Upload", exact=True))
        page.keyboard.press("Enter")
    chooser.value.set_files(clips["streamable_silent"])
    alice.ready("streamable_silent")
    alice.card("streamable_silent").get_by_role("button", name="Actions for").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Actions for")).to_be_focused()

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="streamable_silent", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".player")).to_be_focused()
    page.locator(".player:not([data-state=loading])").wait_for()
    page.keyboard.press("0")
    page.keyboard.press("k" if page.evaluate("document.querySelector('video').paused") else "m")
    alice.expect_playing_past(0.5)


def test_posting_and_sharing_need_no_pointer(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    page = alice.page
    press, words = page.keyboard.press, f"By keyboard, {somebody()}"
    alice.sign_in(library.shared)
    alice.ready("streamable")
    alice.card("streamable").get_by_role("button", name="Actions for").focus()
    press("Enter")
    press("s")
    expect(page.get_by_role("menuitem", name="Share by link")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("button", name="Make a link")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("button", name="Copy link")).to_be_focused()
    press("Escape")
    expect(page.get_by_role("button", name="Actions for")).to_be_focused()

    page.get_by_role("link", name="Feed", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Feed", exact=True)).to_be_focused()
    tab_to(page.get_by_label("Write a post"))
    page.keyboard.type(words)
    tab_to(page.get_by_role("button", name="Post", exact=True))
    press("Enter")
    mine = page.get_by_role("article").filter(has_text=words)
    expect(mine).to_be_visible()
    like = mine.get_by_role("button", name="Like")
    like.focus()
    press(" ")
    expect(like).to_have_attribute("aria-pressed", "true")
    tab_to(mine.get_by_role("button", name="Comments"))
    press("Enter")
    tab_to(mine.get_by_label("Write a comment"))
    page.keyboard.type("Well said")
    press("Control+Enter")
    expect(mine.locator(".comment:not([data-pending])")).to_have_text(re.compile("Well said"))


def test_the_chosen_colours_stay(new_visitor: NewVisitor) -> None:
    alice = new_visitor(scheme="light")
    alice.open()
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = alice.page.evaluate(background)

    alice.page.get_by_role("button", name="Colours").click()
    alice.page.get_by_role("menuitemradio", name="Dark").click()
    dark = alice.page.evaluate(background)
    alice.page.reload()

    assert light != dark
    assert alice.page.evaluate(background) == dark


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_screen_loads(new_visitor: NewVisitor, library: Library, width: int) -> None:
    alice = new_visitor(width=width)
    alice.page.add_init_script(f"({NOTE_SHIFTS})()")
    alice.sign_in(library.shared)
    alice.ready("streamable")
    alice.page.route("**/api/analytics/summary", lambda route: route.fulfill(json=some_figures(2100)))
    for fragment in ("", "#/feed", "#/analytics"):
        alice.open(fragment)
        expect(alice.page.locator(".card--skeleton, .post--skeleton, .tile.shimmer")).to_have_count(0)
        alice.page.wait_for_function("() => [...document.images].every(image => image.complete)")

        assert alice.page.evaluate("shifts") == [], fragment
