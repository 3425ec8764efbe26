"""Who is signed in, in which tab, and until when."""

import base64
import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import somebody

pytestmark = pytest.mark.browser


def token_of(page: Page) -> str:
    return str(page.evaluate("sessionStorage.getItem('sluice.token')"))


def test_a_link_with_a_token_signs_in_and_leaves_no_trace_of_it(new_visitor: NewVisitor) -> None:
    first, second = new_visitor(), new_visitor()
    name = somebody()
    first.sign_in(name)

    second.open(f"#token={token_of(first.page)}")

    expect(second.page.get_by_role("button", name=f"Signed in as {name.title()}")).to_be_visible()
    assert "token" not in second.page.url
    second.page.reload()
    expect(second.page.get_by_role("heading", name="Your videos")).to_be_visible()


def test_two_tabs_can_belong_to_two_people(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in("alice")
    page = alice.page.context.new_page()
    page.goto(alice.origin)
    page.get_by_role("button", name="bob", exact=True).click()

    expect(page.get_by_role("button", name="Signed in as Bob")).to_be_visible()
    alice.page.reload()
    expect(alice.page.get_by_role("button", name="Signed in as Alice")).to_be_visible()


def test_where_names_are_not_enough_a_token_is_pasted(new_visitor: NewVisitor) -> None:
    alice, elsewhere = new_visitor(), new_visitor()
    alice.sign_in(somebody())

    def not_here(route: Route) -> None:
        route.fulfill(status=404, body="not found")

    elsewhere.page.route("**/local/*", not_here)
    elsewhere.open()
    field = elsewhere.page.get_by_label("Access token")
    field.fill("no token at all")
    field.press("Enter")
    expect(elsewhere.page.get_by_role("alert").get_by_text("That is not a sign-in token.")).to_be_visible()
    field.fill(f"Bearer {token_of(alice.page)}")
    field.press("Enter")

    expect(elsewhere.page.get_by_role("heading", name="Your videos")).to_be_visible()


def test_a_name_that_cannot_be_is_explained(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.open()

    alice.page.get_by_label("Your name").fill("no/slashes")
    alice.page.keyboard.press("Enter")

    expect(alice.page.get_by_role("alert").get_by_text("A name has")).to_be_visible()


def test_an_ended_session_is_said_and_the_next_sign_in_goes_on(new_visitor: NewVisitor) -> None:
    """The token is altered, so the server itself refuses it."""
    alice = new_visitor()
    name = somebody()
    alice.sign_in(name)
    head, body, signature = token_of(alice.page).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "iat": 1}).encode()).rstrip(b"=").decode()
    alice.page.evaluate(
        "token => sessionStorage.setItem('sluice.token', token)", f"{head}.{forged}.{signature}"
    )

    alice.page.reload()
    expect(alice.page.get_by_role("alert").get_by_text("Your session has ended.")).to_be_visible()

    alice.page.get_by_label("Your name").fill(name)
    alice.page.keyboard.press("Enter")
    expect(alice.page.get_by_role("heading", name="Your videos")).to_be_visible()


def test_signing_out_forgets_the_token(new_visitor: NewVisitor) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())

    alice.page.get_by_role("button", name="Signed in as").click()
    alice.page.get_by_role("menuitem", name="Sign out").click()

    expect(alice.page.get_by_label("Your name")).to_be_focused()
    assert alice.page.evaluate("sessionStorage.length") == 0
    alice.page.go_back()
    expect(alice.page.get_by_role("heading", name="Your videos")).to_have_count(0)
