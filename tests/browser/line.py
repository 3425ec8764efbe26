"""The connection of one page, under the test's control, and what goes over it."""

from playwright.sync_api import Page, Request

from tests.browser.visitor import Visitor

# Slow enough to be interrupted in the middle, fast enough for a test.
LINE_BYTES_PER_SECOND = 20 * 2**20
HELD_BYTES_PER_SECOND = 2**14  # none at all would mean that there is no limit


class Line:
    """Slow, held or cut."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def slow(self) -> None:
        self._emulate(offline=False)

    def held(self) -> None:
        """Hardly anything goes out: what is in the middle stays there, however long the test takes."""
        self._emulate(offline=False, upload=HELD_BYTES_PER_SECOND)

    def cut(self) -> None:
        self._emulate(offline=True)

    def _emulate(self, *, offline: bool, upload: int = LINE_BYTES_PER_SECOND) -> None:
        conditions = {"latency": 5, "downloadThroughput": -1, "uploadThroughput": upload}
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


def is_piece(request: Request) -> bool:
    """Whether a request carries a file, or a piece of one, to a provider."""
    return "/twins/" in request.url and request.method in {"PUT", "PATCH", "POST"}


def to_provider(page: Page) -> list[Request]:
    """Collects the requests that carry a file, or a piece of one, from now on."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if is_piece(request):
            sent.append(request)

    page.on("request", note)
    return sent
