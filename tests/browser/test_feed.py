"""The feed: writing a post with a video, and what readers do about it."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.library import Library
from tests.browser.visitor import Visitor, somebody

pytestmark = pytest.mark.browser

TRICKY = "שלום 🌊 <img src=x onerror=alert(1)>"


def go_to_feed(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Feed", exact=True).click()
    expect(visitor.page.get_by_role("heading", name="Feed", exact=True)).to_be_focused()


def write(page: Page, words: str) -> Locator:
    """Post it; the post, which others can read."""
    page.get_by_label("Write a post").fill(words)
    with page.expect_response(lambda got: got.request.method == "POST" and got.url.endswith("/api/posts")):
        page.get_by_role("button", name="Post", exact=True).click()
    return post_with(page, words)


def post_with(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def refuse(route: Route) -> None:
    route.fulfill(status=503, json={"error": "later", "code": "unavailable", "requestId": "r"})


def test_a_post_with_ones_own_video_is_read_and_played_by_others(
    new_visitor: NewVisitor, library: Library
) -> None:
    alice, bob = new_visitor(), new_visitor(width=390, scheme="dark")
    alice.sign_in(library.shared)
    alice.ready("streamable")
    words = f"The harbour at five, {somebody()}"
    go_to_feed(alice)
    alice.page.get_by_role("button", name="Add a video").click()
    alice.page.get_by_role("dialog").get_by_role("button", name="streamable").click()
    expect(alice.page.get_by_label("Write a post")).to_be_focused()
    mine = write(alice.page, words)
    expect(mine.get_by_role("button", name="Play the video")).to_be_visible()
    expect(alice.page.get_by_label("Write a post")).to_have_value("")

    bob.sign_in(somebody("bob"))
    go_to_feed(bob)
    found = post_with(bob.page, words)
    found.get_by_role("button", name="Play the video").click()
    bob.expect_playing_past(0.5)
    expect(found.get_by_text("1view")).to_be_visible()
    expect(found.get_by_role("button", name="Actions for this post")).to_have_count(0)
    assert bob.violations() == []
    assert bob.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_likes_and_saves_are_seen_at_once_and_rolled_back_if_refused(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    go_to_feed(alice)
    post = write(alice.page, f"Like this, {somebody()}")
    like, save = post.get_by_role("button", name="Like"), post.get_by_role("button", name="Save")

    # What is seen at once is lost to a reload that comes before the answer.
    with alice.page.expect_response("**/api/posts/*/like"):
        like.click()
        expect(like).to_have_attribute("aria-pressed", "true")
        expect(like).to_have_text("Like1")
    with alice.page.expect_response("**/api/posts/*/save"):
        save.click()
        expect(save).to_have_attribute("aria-pressed", "true")
    alice.page.reload()
    expect(like).to_have_text("Like1")
    expect(save).to_have_attribute("aria-pressed", "true")

    alice.page.route("**/api/posts/*/like", refuse)
    like.click()
    expect(like).to_have_text("Like0")
    expect(alice.page.get_by_role("alert").get_by_text("The service is busy.")).to_be_visible()
    expect(like).to_have_text("Like1")
    expect(like).to_have_attribute("aria-pressed", "true")


def test_a_comment_is_seen_at_once_and_given_back_if_refused(new_visitor: NewVisitor) -> None:
    alice, bob = new_visitor(), new_visitor()
    words = f"Say something, {somebody()}"
    alice.sign_in(somebody())
    go_to_feed(alice)
    write(alice.page, words)
    bob.sign_in(somebody("bob"))
    go_to_feed(bob)
    post = post_with(bob.page, words)
    comments = post.get_by_role("button", name="Comments")
    comments.click()
    field = post.get_by_label("Write a comment")
    expect(post.get_by_text("No comments yet.")).to_be_visible()

    field.fill(TRICKY)
    post.get_by_role("button", name="Send").click()
    expect(post.locator(".comment__text")).to_have_text(TRICKY)
    expect(comments).to_have_text("Comments1")
    expect(post.locator(".comment[data-pending]")).to_have_count(0)
    bob.page.route("**/api/posts/*/comments", refuse)
    field.fill("Not this one")
    post.get_by_role("button", name="Send").click()
    expect(post.get_by_text("The service is busy.")).to_be_visible(timeout=30_000)
    expect(field).to_have_value("Not this one")
    expect(post.locator(".comment")).to_have_count(1)
    expect(comments).to_have_text("Comments1")

    theirs = post_with(alice.page, words)
    theirs.get_by_role("button", name="Comments").click()
    theirs.get_by_role("button", name="Delete the comment of").click()
    expect(theirs.get_by_text("No comments yet.")).to_be_visible()


def test_a_comment_that_is_read_before_it_is_said_to_be_sent_is_there_once(new_visitor: NewVisitor) -> None:
    """The list is read after the comment was written, and its answer overtakes that of the writing."""
    alice = new_visitor()
    alice.sign_in(somebody())
    go_to_feed(alice)
    post = write(alice.page, f"Quick, {somebody()}")
    reading: list[Route] = []

    def overtaken(route: Route) -> None:
        if route.request.method == "GET":
            reading.append(route)
        else:
            written = route.fetch()
            reading[0].fulfill(response=reading[0].fetch())
            expect(post.locator(".comment")).to_have_count(2)
            route.fulfill(response=written)

    alice.page.route("**/api/posts/*/comments*", overtaken)
    post.get_by_role("button", name="Comments").click()
    post.get_by_label("Write a comment").fill(TRICKY)
    post.get_by_role("button", name="Send").click()

    expect(post.locator(".comment[data-pending]")).to_have_count(0)
    expect(post.locator(".comment__text")).to_have_text(TRICKY)


def test_a_community_has_a_feed_of_its_own(new_visitor: NewVisitor) -> None:
    alice, bob = new_visitor(), new_visitor()
    name, words = f"Lock keepers {somebody()}", f"Only here, {somebody()}"
    alice.sign_in(somebody())
    go_to_feed(alice)
    alice.page.get_by_role("button", name="New community").click()
    alice.page.get_by_label("Name").fill(name)
    alice.page.keyboard.press("Enter")
    expect(alice.page.get_by_role("heading", name=name)).to_be_visible()
    expect(alice.page.get_by_text("No posts yet")).to_be_visible()
    write(alice.page, words)

    bob.sign_in(somebody("bob"))
    bob.open(f"#{alice.page.url.partition('#')[2]}")
    expect(post_with(bob.page, words)).to_be_visible()
    expect(bob.page.get_by_role("link", name=name).first).to_be_visible()


def test_a_post_has_an_address_and_can_be_deleted_by_its_author_only(new_visitor: NewVisitor) -> None:
    alice, bob = new_visitor(), new_visitor()
    words = f"Here today, {somebody()}"
    alice.sign_in(somebody())
    go_to_feed(alice)
    post = write(alice.page, words)
    post.get_by_role("button", name="Share").click()
    expect(alice.page.get_by_text("Link to the post copied.")).to_be_visible()
    expect(post.get_by_role("button", name="Share")).to_have_text("Share1")
    address = alice.page.evaluate("navigator.clipboard.readText()").partition("#")[2]

    bob.sign_in(somebody("bob"))
    bob.open(f"#{address}")
    expect(post_with(bob.page, words)).to_be_visible()
    expect(bob.page.get_by_label("Write a comment")).to_be_visible()
    post.get_by_role("button", name="Actions for this post").click()
    alice.page.get_by_role("menuitem", name="Delete post").click()
    alice.page.get_by_role("button", name="Delete post").click()
    expect(post).to_have_count(0)
    bob.page.reload()
    expect(bob.page.get_by_text("This post does not exist, or it was deleted.")).to_be_visible()


def test_what_cannot_be_posted_says_why_and_keeps_the_words(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    go_to_feed(alice)
    field = alice.page.get_by_label("Write a post")

    alice.page.get_by_role("button", name="Post", exact=True).click()
    expect(alice.page.get_by_text("Write something, or add a video.")).to_be_visible()
    field.fill("x" * 5001)
    expect(alice.page.get_by_text("1 too many")).to_be_visible()
    alice.page.get_by_role("button", name="Post", exact=True).click()
    expect(alice.page.get_by_text("A post has at most 5,000 characters.")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("x" * 5001)
