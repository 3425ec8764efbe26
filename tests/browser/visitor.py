"""A person at the page: what they do, in their words, so that tests read as a visit."""

import json
import uuid
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The pipeline shares two processors with everything else that runs.
PROCESSING_MS = 90_000


def somebody(name: str = "visitor") -> str:
    """A user whom no other test has met."""
    return f"{name}{uuid.uuid4().hex[:8]}"


# Half-faded words have too little contrast. What never ends, as a spinner, is not waited for.
SETTLED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const fading = () => document.getAnimations().filter((one) =>
        one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity);
    await frame(); await frame();
    for (let all = fading(); all.length; all = fading())
        await Promise.allSettled(all.map((one) => one.finished));
}"""


class Visitor:
    """One tab of one person."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, fragment: str = "") -> None:
        """Go to a screen; a full load, as from a link."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.origin}/{fragment}")

    def sign_in(self, name: str) -> None:
        self.open()
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("heading", name="Your videos")).to_be_visible()

    def choose(self, *files: Path) -> None:
        """Choose files with the picker that the button opens."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Upload", exact=True).click()
        chooser.value.set_files(list(files))

    def upload_to(self, provider: str) -> None:
        """Choose who keeps what is uploaded from now on."""
        self.page.get_by_label("Upload to").select_option(label=provider)

    def upload(self, name: str) -> Locator:
        """The row of an upload."""
        return self.page.get_by_role("listitem").filter(has_text=name).and_(self.page.locator(".upload"))

    def card(self, title: str) -> Locator:
        return self.page.locator(".card").filter(has=self.page.get_by_role("link", name=title, exact=True))

    def ready(self, title: str) -> Locator:
        """The card, once its video can be watched."""
        card = self.card(title)
        expect(card.locator(".status")).to_have_text("Ready", timeout=PROCESSING_MS)
        return card

    def act(self, title: str, action: str) -> None:
        """Choose from the menu of a card."""
        self.card(title).get_by_role("button", name="Actions for").click()
        self.page.get_by_role("menuitem", name=action).click()

    def watch(self, title: str) -> None:
        self.card(title).get_by_role("link", name=title, exact=True).click()
        expect(self.page.locator(".player")).to_be_visible()

    def play(self) -> None:
        """Press play, unless it plays already, as it does when one comes from the gallery."""
        self.page.locator(".player:not([data-state=loading])").wait_for()
        assert not self.page.locator(".player__message").inner_text()
        if self.page.evaluate("document.querySelector('video').paused"):
            self.page.get_by_role("button", name="Play", exact=True).first.click()

    def expect_playing_past(self, seconds: float) -> None:
        self.page.wait_for_function(
            "past => document.querySelector('video')?.currentTime > past", arg=seconds, timeout=30_000
        )

    def fragment_of(self, title: str) -> str:
        """The address of a video's page."""
        return self.card(title).get_by_role("link", name=title, exact=True).get_attribute("href") or ""

    def api(self, path: str, *, method: str = "GET") -> dict[str, Any]:
        """What the API says to this person, as the page would ask it."""
        found = self.page.evaluate(
            """async ([path, method]) => {
                const answer = await fetch(path, {method, headers: {
                    Authorization: `Bearer ${sessionStorage.getItem('sluice.token')}`}});
                return {status: answer.status, body: await answer.text()};
            }""",
            [path, method],
        )
        return {"status": found["status"], **json.loads(found["body"] or "{}")}

    def violations(self) -> list[str]:
        """What axe finds wrong with the screen, once nothing on it fades in or out any more."""
        self.page.evaluate(SETTLED)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(f"{AXE.read_text()};0")
        found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        return [
            f"{one['id']} ({one['impact']}): {', '.join(str(node['target']) for node in one['nodes'])}"
            for one in found["violations"]
        ]
