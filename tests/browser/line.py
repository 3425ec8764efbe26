"""The connection of one page, under the test's control, and what goes over it."""

from playwright.sync_api import Page, Request

from tests.browser.visitor import Visitor

# Slow enough to be interrupted in the middle, fast enough for a test.
LINE_BYTES_PER_SECOND = 20 * 2**20


class Line:
    """Slow, or cut."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def slow(self) -> None:
        self._emulate(offline=False)

    def cut(self) -> None:
        self._emulate(offline=True)

    def _emulate(self, *, offline: bool) -> None:
        conditions = {"latency": 5, "downloadThroughput": -1, "uploadThroughput": LINE_BYTES_PER_SECOND}
        self._session.send("Network.emulateNetworkConditions", {"offline": offline, **conditions})


def sent_percent(visitor: Visitor, name: str) -> int:
    value = visitor.upload(name).get_by_role("progressbar").get_attribute("aria-valuenow")
    return int(value or 0)


def expect_sent(visitor: Visitor, name: str, percent: int) -> None:
    """Wait until so much of it has been sent."""
    visitor.page.wait_for_function(
        """([name, percent]) => [...document.querySelectorAll('.upload')].some(row =>
            row.textContent.includes(name) &&
            Number(row.querySelector('[role=progressbar]').ariaValueNow) >= percent)""",
        arg=[name, percent],
    )


def to_provider(page: Page) -> list[Request]:
    """Collects the requests that carry a file, or a piece of one, from now on."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if "/twins/" in request.url and request.method in {"PUT", "PATCH", "POST"}:
            sent.append(request)

    page.on("request", note)
    return sent
