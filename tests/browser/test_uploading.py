"""Uploads go on after whatever happens to them, or say in words why they cannot."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.line import Line, expect_sent, sent_percent
from tests.browser.visitor import PROCESSING_MS, somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser


def part_uploads(page: Page) -> list[str]:
    """Collects the numbers of the parts that are sent from now on."""
    sent: list[str] = []
    page.on(
        "request",
        lambda request: (
            sent.append(request.url.split("partNumber=")[1].split("&")[0])
            if request.method == "PUT" and "partNumber=" in request.url
            else None
        ),
    )
    return sent


def test_a_large_file_pauses_outlives_a_reload_and_plays(new_visitor: NewVisitor, large_clip: Path) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    line = Line(alice.page)
    line.slow()
    first = part_uploads(alice.page)
    row = alice.upload(large_clip.name)
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 40)  # four parts at once: the first ones are whole by then
    line.held()

    row.get_by_role("button", name="Pause").click()
    expect(row.get_by_text("Paused")).to_be_visible()
    line.slow()
    before = sent_percent(alice, large_clip.name)
    alice.page.wait_for_timeout(700)
    assert sent_percent(alice, large_clip.name) == before
    line.held()
    with alice.page.expect_request(lambda request: "partNumber=" in request.url):
        row.get_by_role("button", name="Resume").click()

    alice.page.once("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    alice.page.reload()
    expect(row.get_by_text("Interrupted. Choose the same file again to go on.")).to_be_visible()
    line.slow()
    second = part_uploads(alice.page)
    with alice.page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(large_clip)
    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)

    whole = {str(number) for number in range(1, len(set(first) | set(second)) + 1)}
    assert set(first) | set(second) == whole
    assert len(set(second)) < len(whole), "everything was sent again after the reload"
    alice.watch("Festival opening")
    alice.play()
    alice.expect_playing_past(2)


def test_another_file_is_not_taken_for_the_interrupted_one(
    new_visitor: NewVisitor, large_clip: Path, clips: Clips
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 10)
    line.held()
    alice.page.once("dialog", lambda dialog: dialog.accept())
    alice.page.reload()
    row = alice.upload(large_clip.name)

    with alice.page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(clips["streamable"])
    expect(row.get_by_text("That is another file. Choose “Festival opening.mp4”")).to_be_visible()

    row.get_by_role("button", name="Cancel upload").click()
    expect(row).to_have_count(0)
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    assert alice.api("/api/videos")["totalCount"] == 0


def test_a_dropped_file_resumes_by_its_kept_handle(new_visitor: NewVisitor) -> None:
    """The handle is a real one, of a file in the origin's private file system."""
    alice = new_visitor()
    alice.sign_in(somebody())
    line = Line(alice.page)
    line.slow()
    alice.page.evaluate(
        """async () => {
            const folder = await navigator.storage.getDirectory();
            const handle = await folder.getFileHandle("dropped.mp4", {create: true});
            const stream = await handle.createWritable();
            await stream.write(new Blob([new Uint8Array(70 * 2 ** 20)]));
            await stream.close();
            const data = new DataTransfer();
            data.items.add(await handle.getFile());
            DataTransferItem.prototype.getAsFileSystemHandle = async () => handle;
            for (const type of ["dragenter", "dragover", "drop"])
                window.dispatchEvent(new DragEvent(type, {dataTransfer: data, cancelable: true}));
        }"""
    )
    expect_sent(alice, "dropped.mp4", 20)
    line.held()
    alice.page.once("dialog", lambda dialog: dialog.accept())
    alice.page.reload()
    row = alice.upload("dropped.mp4")
    expect(row.get_by_text("Interrupted. Resume when you are ready.")).to_be_visible()
    line.slow()

    row.get_by_role("button", name="Resume").click()

    # Zeros are no video, which is said once all of them have arrived.
    expect(row).to_have_attribute("data-tone", "bad", timeout=PROCESSING_MS)
    expect(alice.card("dropped").locator(".status")).to_have_text("Failed")


def test_several_files_go_up_together_each_with_its_own_end(
    new_visitor: NewVisitor, folder: Path, clips: Clips
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    emoji = folder / "Sommer 🏖️ ☀️.mp4"
    emoji.write_bytes(clips["streamable_silent"].read_bytes())
    notes = folder / "notes.txt"
    notes.write_text("not a video")

    alice.choose(emoji, clips["random"], notes, clips["empty"])

    expect(alice.upload("notes.txt").get_by_text("This file is not a video.")).to_be_visible()
    expect(alice.upload("empty.mp4").get_by_text("The file is empty")).to_be_visible()
    alice.ready("Sommer 🏖️ ☀️")
    failed = alice.card("random")
    expect(failed.locator(".status")).to_have_text("Failed", timeout=PROCESSING_MS)
    why = failed.locator(".card__why").inner_text()
    assert why.endswith(".")
    assert "/" not in why
    expect(alice.page.get_by_role("link", name="Failed 1")).to_be_visible()
    alice.page.get_by_role("button", name="Clear finished").click()
    expect(alice.page.get_by_role("heading", name="Uploads")).to_be_hidden()


def test_what_the_server_refuses_is_said_before_anything_is_sent(
    new_visitor: NewVisitor, folder: Path
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    oversized = folder / "oversized.mp4"
    with oversized.open("wb") as sparse:
        sparse.truncate(501 * 1024 * 1024)
    sent = part_uploads(alice.page)

    alice.choose(oversized)

    row = alice.upload("oversized.mp4")
    expect(row).to_have_attribute("data-tone", "bad")
    assert "MB" in row.locator(".upload__words").inner_text()
    expect(row.get_by_role("button", name="Try again")).to_be_hidden()
    assert sent == []


def test_a_line_that_breaks_is_waited_for(new_visitor: NewVisitor, large_clip: Path) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 15)
    row = alice.upload(large_clip.name)

    line.cut()
    expect(row.get_by_text("Trying again…")).to_be_visible(timeout=20_000)
    line.slow()

    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)


def test_an_upload_can_be_cancelled(new_visitor: NewVisitor, large_clip: Path) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 10)
    line.held()
    row = alice.upload(large_clip.name)

    row.get_by_role("button", name="Cancel upload").click()
    alice.page.get_by_role("button", name="Keep uploading").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Cancel upload").click()
    alice.page.get_by_role("button", name="Cancel upload", exact=True).click()

    expect(row).to_have_count(0)
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    assert alice.api("/api/videos")["totalCount"] == 0


def test_an_upload_waits_for_the_next_sign_in(new_visitor: NewVisitor, large_clip: Path) -> None:
    """The server takes the token no more when all parts are there; that answer is made up, once."""
    alice = new_visitor()
    name = somebody()
    alice.sign_in(name)
    asked: list[str] = []

    def refuse_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=401, json={"error": "Sign in again.", "code": "unauthenticated"})
        else:
            route.continue_()

    alice.page.route("**/upload/complete", refuse_once)
    alice.choose(large_clip)
    expect(alice.page.get_by_role("alert").get_by_text("Your session has ended.")).to_be_visible(
        timeout=60_000
    )

    alice.page.get_by_label("Your name").fill(name)
    alice.page.keyboard.press("Enter")

    expect(alice.upload(large_clip.name).get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    assert len(asked) > 1
