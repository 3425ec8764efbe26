"""A video that was uploaded here plays here, for whom it should and for nobody else."""

import pytest
from playwright.sync_api import Request, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.library import Library
from tests.browser.visitor import Visitor, somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser


def watching(visitor: Visitor, library: Library) -> Visitor:
    """Somebody who has just begun to watch."""
    visitor.sign_in(library.shared)
    visitor.ready("streamable")
    visitor.watch("streamable")
    visitor.play()
    visitor.expect_playing_past(0.3)
    return visitor


def test_a_clip_is_uploaded_becomes_ready_and_plays(new_visitor: NewVisitor, clips: Clips) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()

    alice.choose(clips["streamable"])
    card = alice.ready("streamable")
    expect(alice.upload("streamable.mp4").get_by_text("Ready to watch")).to_be_visible()
    expect(card.locator(".card__duration")).to_have_text("0:13")
    expect(card.locator("img[data-loaded]")).to_be_visible(timeout=60_000)

    alice.watch("streamable")
    alice.play()
    alice.expect_playing_past(2)
    assert alice.page.evaluate("document.querySelector('video').webkitAudioDecodedByteCount") > 0
    expect(alice.page.get_by_role("button", name="Quality:")).to_be_visible()


def test_the_player_obeys_the_keyboard(new_visitor: NewVisitor, library: Library) -> None:
    alice = watching(new_visitor(), library)
    press, video = alice.page.keyboard.press, "document.querySelector('video')"
    alice.page.locator(".player").focus()

    press("k")
    assert alice.page.evaluate(f"{video}.paused") is True
    press("5")
    assert 6 < alice.page.evaluate(f"{video}.currentTime") < 7
    press("ArrowRight")
    assert 11 < alice.page.evaluate(f"{video}.currentTime") < 12
    press("m")
    assert alice.page.evaluate(f"{video}.muted") is True
    press(">")
    assert alice.page.evaluate(f"{video}.playbackRate") == 1.25
    press("?")
    expect(alice.page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    press("Escape")
    expect(alice.page.get_by_role("slider", name="Position")).to_have_attribute(
        "aria-valuetext", "11 seconds of 13 seconds"
    )


def test_nothing_moves_unseen_while_a_video_rests(new_visitor: NewVisitor, library: Library) -> None:
    alice = watching(new_visitor(), library)
    alice.page.keyboard.press("k")
    expect(alice.page.locator(".player[data-state=paused]")).to_be_visible()

    endless = "document.getAnimations().filter(one => one.effect.getTiming().iterations === Infinity).length"
    assert alice.page.evaluate(endless) == 0


def test_the_seek_bar_shows_pictures_of_the_storyboard(new_visitor: NewVisitor, library: Library) -> None:
    alice = new_visitor()
    alice.sign_in(library.shared)
    card = alice.ready("streamable")
    expect(card.locator("img[data-loaded]")).to_be_visible(timeout=60_000)
    alice.watch("streamable")
    alice.play()
    alice.expect_playing_past(0.2)

    alice.page.locator(".seek").hover(position={"x": 300, "y": 8})

    frame = alice.page.locator(".frame")
    expect(frame).to_be_visible()
    alice.page.wait_for_function("() => document.querySelector('.frame__sprite').naturalWidth > 0")
    box = frame.bounding_box()
    assert box
    assert 100 < box["width"] < 200


def test_nobody_else_opens_a_private_video(new_visitor: NewVisitor, library: Library) -> None:
    alice, bob, passer_by = new_visitor(), new_visitor(), new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    address = alice.fragment_of("streamable")

    bob.sign_in(somebody("bob"))
    expect(bob.page.get_by_text("No videos yet")).to_be_visible()
    bob.open(address)
    expect(bob.page.get_by_text("This video is private. Only its owner can watch it.")).to_be_visible()
    expect(bob.page.locator("video")).to_have_count(0)

    passer_by.open(address)
    expect(passer_by.page.get_by_text("This video is private. Sign in")).to_be_visible()
    expect(passer_by.page.locator("main").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_public_video_plays_without_signing_in_until_it_is_private_again(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice, passer_by = new_visitor(), new_visitor()
    alice.sign_in(library.own())
    alice.ready("streamable")
    alice.act("streamable", "Make public")
    expect(alice.page.get_by_text("Public: anyone with the link can watch.")).to_be_visible()
    alice.act("streamable", "Copy link")
    expect(alice.page.get_by_text("Link copied.")).to_be_visible()
    link = alice.page.evaluate("navigator.clipboard.readText()")

    passer_by.page.goto(link)
    passer_by.play()
    passer_by.expect_playing_past(1)
    expect(passer_by.page.get_by_role("heading", name="streamable")).to_be_visible()
    expect(passer_by.page.get_by_role("button", name="Delete")).to_have_count(0)

    alice.act("streamable", "Make private")
    expect(alice.page.get_by_text("Private: only you can watch it.")).to_be_visible()
    passer_by.page.reload()
    expect(passer_by.page.get_by_text("This video is private. Sign in")).to_be_visible()


def test_a_video_that_does_not_exist_is_said_in_words(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())

    alice.open("#/watch/vid_01890000-0000-7000-8000-000000000000")

    expect(alice.page.get_by_text("This video does not exist, or it was deleted.")).to_be_visible()


def test_signing_in_leads_to_the_video_that_was_wanted(new_visitor: NewVisitor, library: Library) -> None:
    alice, later = new_visitor(), new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    later.open(alice.fragment_of("streamable"))

    later.page.locator("main").get_by_role("link", name="Sign in").click()
    later.page.get_by_label("Your name").fill(library.shared)
    later.page.keyboard.press("Enter")

    expect(later.page.get_by_role("heading", name="streamable")).to_be_visible()
    later.play()
    later.expect_playing_past(0.5)


def test_a_grant_is_renewed_under_the_playing_video(new_visitor: NewVisitor, library: Library) -> None:
    """The page asks for the shortest grant there is, which it has to renew five seconds later."""
    alice = new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    playlists: list[str] = []

    def shortest(route: Route) -> None:
        route.continue_(post_data={"ttlSeconds": 60})

    def note(request: Request) -> None:
        if "/hls/index.m3u8" in request.url:
            playlists.append(request.url)

    alice.page.route("**/api/videos/*/token", shortest)
    alice.page.on("request", note)
    alice.watch("streamable")
    alice.play()

    with alice.page.expect_request(lambda asked: "/hls/index.m3u8" in asked.url and len(playlists) > 1):
        alice.expect_playing_past(9)
    assert len(set(playlists)) == len(playlists), "the playlists were read again under the same token"
    expect(alice.page.locator(".player__message")).to_be_hidden()


def test_a_refused_address_is_signed_anew_and_playing_goes_on(
    new_visitor: NewVisitor, library: Library
) -> None:
    """As after a night's sleep of the machine: the first piece is refused, as if its time were over."""
    alice = new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=403, headers={"Access-Control-Allow-Origin": "*"})

    alice.page.route("**/videos/*/hls/*.mp4?*", refuse_once)
    alice.watch("streamable")
    alice.play()

    alice.expect_playing_past(1)
    assert refused


def test_a_stream_that_cannot_be_reached_says_so_and_can_be_tried_again(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice = new_visitor()
    alice.sign_in(library.shared)
    alice.ready("streamable")

    def refuse(route: Route) -> None:
        route.fulfill(status=403, headers={"Access-Control-Allow-Origin": "*"})

    alice.page.route("**/videos/*/hls/*.mp4?*", refuse)
    alice.watch("streamable")
    message = alice.page.get_by_role("alert").get_by_text("The stream stopped")
    expect(message).to_be_visible(timeout=30_000)
    alice.page.unroute("**/videos/*/hls/*.mp4?*", refuse)
    alice.page.get_by_role("button", name="Try again").click()

    alice.expect_playing_past(0.5)
    expect(message).to_be_hidden()
