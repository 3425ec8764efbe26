"""How playback was: told by the page's own player, seen by the owner."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.figures import some_figures
from tests.browser.library import Library
from tests.browser.visitor import Visitor, somebody

pytestmark = pytest.mark.browser

# Beacons go out every few seconds, are queued and rolled up, and the page asks every five seconds.
ROLLED_UP_MS = 60_000

# Sees by itself how long a video played and how often it stood still, in ms; the page's code is not asked.
WITNESS = """
const witness = window.witness = {stalls: 0, begun: null, sum: 0, played() {
    return this.sum + (this.begun === null ? 0 : performance.now() - this.begun);
}};
function ended() {
    witness.sum = witness.played();
    witness.begun = null;
}
document.addEventListener("playing", () => { ended(); witness.begun = performance.now(); }, true);
document.addEventListener("pause", ended, true);
document.addEventListener("waiting", (event) => {
    if (!event.target.seeking && witness.begun !== null) witness.stalls += 1;
    ended();
}, true);
"""


def tile(visitor: Visitor, name: str) -> Locator:
    """The number under a name."""
    return (
        visitor.page.locator(".tile")
        .filter(has=visitor.page.get_by_text(name, exact=True))
        .locator(".tile__value")
    )


def test_who_watches_is_counted_while_the_owner_looks_on(new_visitor: NewVisitor, library: Library) -> None:
    alice, friend = new_visitor(), new_visitor(width=390)
    alice.sign_in(library.own())
    alice.ready("streamable")
    alice.act("streamable", "Share by link")
    alice.page.get_by_role("button", name="Make a link").click()
    alice.page.get_by_role("button", name="Copy link").click()
    expect(alice.page.get_by_text("Link copied.")).to_be_visible()
    link = alice.page.evaluate("navigator.clipboard.readText()")
    alice.open(f"#/analytics/{alice.fragment_of('streamable').rpartition('/')[2]}")
    expect(alice.page.get_by_text("No views yet")).to_be_visible()

    friend.page.goto(link)
    friend.play()
    friend.expect_playing_past(3)
    friend.page.goto("about:blank")

    expect(tile(alice, "Views")).to_have_text("1", timeout=ROLLED_UP_MS)
    expect(tile(alice, "Time watched")).to_have_text(re.compile(r"^[2-9] s$"), timeout=ROLLED_UP_MS)
    expect(tile(alice, "Time to start")).to_have_text(re.compile(r"^[\d.]+ s$"))
    expect(tile(alice, "Left before it began")).to_have_text("0")
    expect(alice.page.locator(".chart canvas").first).to_be_visible()
    alice.page.get_by_label("Only verified views").check()
    expect(tile(alice, "Views")).to_have_text("1")
    alice.page.get_by_role("link", name="Analytics", exact=True).first.click()
    expect(alice.page.get_by_role("row", name="streamable")).to_contain_text("1")
    assert alice.violations() == []


def test_nobody_sees_the_figures_of_others(new_visitor: NewVisitor, library: Library) -> None:
    alice, bob = new_visitor(), new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    video_id = alice.fragment_of("streamable").rpartition("/")[2]

    bob.sign_in(somebody("bob"))
    bob.page.get_by_role("link", name="Analytics", exact=True).click()
    expect(bob.page.get_by_text("No views yet")).to_be_visible()
    assert bob.violations() == []
    bob.open(f"#/analytics/{video_id}")
    expect(bob.page.get_by_text("Only the owner of a video sees how it is watched")).to_be_visible()


def test_the_player_tells_what_happened_and_the_rest_when_it_is_left(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice = new_visitor()
    alice.page.add_init_script(WITNESS)
    alice.sign_in(library.shared)
    alice.ready("streamable")
    told: list[dict[str, Any]] = []

    def note(route: Route) -> None:
        told.extend(json.loads(route.request.post_data or "[]"))
        route.fulfill(status=202, json={"success": True})

    alice.page.route("**/api/analytics/events", note)
    alice.watch("streamable")
    alice.play()
    alice.expect_playing_past(0.8)
    alice.page.locator(".player").focus()
    alice.page.keyboard.press("k")
    alice.page.keyboard.press("5")
    alice.page.locator(".player[data-state=paused]").wait_for()
    alice.page.wait_for_function("() => !document.querySelector('video').seeking")
    with alice.page.expect_request(lambda sent: "session_end" in (sent.post_data or "")):
        alice.page.get_by_role("link", name="All videos", exact=True).click()
    expect(alice.card("streamable")).to_be_visible()

    kinds = [one["eventType"] for one in told]
    assert kinds[0] == "session_start"
    assert kinds[-1] == "session_end"
    assert {"loadedmetadata", "play", "pause", "seeked"} <= set(kinds)
    assert len({one["sessionId"] for one in told}) == 1
    assert all(one["userId"] and one["viewToken"] for one in told[1:])
    last = told[-1]["data"]
    assert last["totalPlayTime"] > 700
    assert last["totalPlayTime"] == pytest.approx(alice.page.evaluate("witness.played()"), abs=300)
    assert 0 < last["startupTime"] < 30_000
    assert 6 < last["currentTime"] < 7
    assert last["rebufferCount"] == alice.page.evaluate("witness.stalls")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_charts_are_there_as_tables_too(new_visitor: NewVisitor, width: int, scheme: Any) -> None:
    alice = new_visitor(width=width, scheme=scheme)
    alice.page.route("**/api/analytics/summary", lambda route: route.fulfill(json=some_figures(2100)))
    alice.sign_in(somebody())

    alice.page.get_by_role("link", name="Analytics", exact=True).click()

    expect(alice.page.locator(".chart canvas")).to_have_count(4)
    days = alice.page.get_by_role("region", name="Views by day").first
    expect(days.get_by_text("100 views on the best day")).to_be_visible()
    days.get_by_text("Show as a table").press("Enter")
    expect(days.get_by_role("row")).to_have_count(22)
    expect(alice.page.get_by_role("region", name="Countries")).to_contain_text("Netherlands")
    alice.page.get_by_label("Only verified views").check()
    expect(tile(alice, "Views")).to_have_text("1,050")
    assert alice.violations() == []
    assert alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
