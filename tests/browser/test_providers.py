"""Uploads to each provider, spoken to as its ticket says; everything else is the same for all of them."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import NewVisitor
from tests.browser.line import Line, expect_sent, is_piece, sent_percent, to_provider
from tests.browser.visitor import PROCESSING_MS, somebody
from tests.clips import Clips

pytestmark = pytest.mark.browser

MUX, CLOUDFLARE = "Mux", "Cloudflare"


def first_byte(request: Request) -> int:
    """Where in the file the piece begins."""
    headers = request.headers
    if "content-range" in headers:
        return int(headers["content-range"].removeprefix("bytes ").split("-")[0])
    return int(headers["upload-offset"])


@pytest.mark.parametrize(
    ("provider", "method", "says"), [(MUX, "PUT", "content-range"), (CLOUDFLARE, "POST", "content-type")]
)
def test_a_video_is_uploaded_watched_and_deleted(
    provider: str, method: str, says: str, new_visitor: NewVisitor, clips: Clips
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    sent = to_provider(alice.page)

    alice.choose(clips["streamable"])

    card = alice.ready("streamable")
    expect(card.locator(".card__provider")).to_have_text(provider)
    expect(card.locator(".poster__image[data-loaded]")).to_be_visible()
    assert [(one.method, says in one.headers) for one in sent] == [(method, True)]
    alice.watch("streamable")
    expect(alice.page.locator(".watch__meta")).to_contain_text(provider)
    alice.play()
    alice.expect_playing_past(2)
    alice.page.get_by_role("button", name="Delete").click()
    alice.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    assert alice.api("/api/videos")["totalCount"] == 0


@pytest.mark.parametrize("provider", [MUX, CLOUDFLARE])
def test_a_large_file_pauses_outlives_a_reload_and_plays(
    provider: str, new_visitor: NewVisitor, large_clip: Path
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    line = Line(alice.page)
    line.slow()
    sent = to_provider(alice.page)
    with alice.page.expect_request(lambda request: is_piece(request) and first_byte(request) > 0):
        alice.choose(large_clip)
    line.held()
    row = alice.upload(large_clip.name)

    row.get_by_role("button", name="Pause").click()
    expect(row.get_by_text("Paused")).to_be_visible()
    line.slow()
    before = sent_percent(alice, large_clip.name)
    alice.page.wait_for_timeout(500)
    assert sent_percent(alice, large_clip.name) == before
    kept = max(map(first_byte, sent))  # all before the piece that was on its way
    line.held()
    with alice.page.expect_request(is_piece) as resumed:
        row.get_by_role("button", name="Resume").click()
    assert first_byte(resumed.value) >= kept, "what was there was sent again after the pause"
    kept = first_byte(resumed.value)

    alice.page.once("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    alice.page.reload()
    expect(row.get_by_text("Interrupted. Choose the same file again to go on.")).to_be_visible()
    sent.clear()
    line.slow()
    with alice.page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(large_clip)
    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)

    assert min(map(first_byte, sent)) >= kept, "what was there was sent again after the reload"
    alice.watch("Festival opening")
    alice.play()
    alice.expect_playing_past(2)


@pytest.mark.parametrize("provider", [MUX, CLOUDFLARE])
def test_an_upload_is_cancelled_at_its_provider(
    provider: str, new_visitor: NewVisitor, large_clip: Path
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 10)
    line.held()

    alice.upload(large_clip.name).get_by_role("button", name="Cancel upload").click()
    alice.page.get_by_role("dialog").get_by_role("button", name="Cancel upload").click()

    expect(alice.upload(large_clip.name)).to_have_count(0)
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    assert alice.api("/api/videos")["totalCount"] == 0


@pytest.mark.parametrize("provider", [MUX, CLOUDFLARE])
def test_a_line_that_breaks_is_waited_for(provider: str, new_visitor: NewVisitor, large_clip: Path) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 20)
    row = alice.upload(large_clip.name)

    line.cut()
    expect(row.get_by_text("Trying again…")).to_be_visible(timeout=20_000)
    line.slow()

    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)


@pytest.mark.parametrize(
    ("provider", "twin", "fault"),
    [(MUX, "mux", "short_range"), (MUX, "mux", "break"), (CLOUDFLARE, "cloudflare", "break")],
)
def test_it_goes_on_behind_what_the_storage_kept_of_a_piece(
    provider: str, twin: str, fault: str, new_visitor: NewVisitor, large_clip: Path, origin: str
) -> None:
    faults = f"{origin}/twins/{twin}/control/faults"
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    kept = 2**20
    rule = {"surface": "receive", "kind": fault, "skip": 1, "times": 1, "values": {"keep": kept}}
    httpx.post(faults, json=rule).raise_for_status()
    sent = to_provider(alice.page)

    alice.choose(large_clip)

    row = alice.upload(large_clip.name)
    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    httpx.delete(faults).raise_for_status()
    starts = [first_byte(request) for request in sent]
    assert starts[2] == starts[1] + kept, "the piece was sent again from its beginning"
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("provider", [MUX, CLOUDFLARE])
def test_an_upload_that_was_closed_is_told_and_can_be_sent_anew(
    provider: str, new_visitor: NewVisitor, large_clip: Path
) -> None:
    """Closed from another device, while it was paused here."""
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(provider)
    line = Line(alice.page)
    line.slow()
    alice.choose(large_clip)
    expect_sent(alice, large_clip.name, 10)
    line.held()
    row = alice.upload(large_clip.name)
    row.get_by_role("button", name="Pause").click()
    video_id = alice.api("/api/videos")["videos"][0]["videoId"]
    alice.api(f"/api/videos/{video_id}/upload", method="DELETE")
    line.slow()

    row.get_by_role("button", name="Resume").click()
    expect(row.get_by_text("no longer open on the server")).to_be_visible()
    row.get_by_role("button", name="Try again").click()

    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    assert alice.api("/api/videos")["totalCount"] == 1


def test_a_form_that_was_interrupted_begins_again_and_says_so(
    new_visitor: NewVisitor, folder: Path, clips: Clips
) -> None:
    """Just below the size from which uploads are asked for that can be resumed."""
    file = folder / "Harbour.mp4"
    ballast = 60 * 2**20
    file.write_bytes(clips["moov_in_front"].read_bytes() + ballast.to_bytes(4) + b"free" + bytes(ballast - 8))
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(CLOUDFLARE)
    line = Line(alice.page)
    line.slow()
    alice.choose(file)
    expect_sent(alice, file.name, 20)
    line.held()
    row = alice.upload(file.name)

    row.get_by_role("button", name="Pause").click()
    expect(row.get_by_text("starts from the beginning when resumed")).to_be_visible()
    alice.page.once("dialog", lambda dialog: dialog.accept())
    alice.page.reload()
    expect(row.get_by_text("Choose the same file again to send it from the beginning.")).to_be_visible()
    line.slow()
    with alice.page.expect_file_chooser() as chooser:
        row.get_by_role("button", name="Choose file").click()
    chooser.value.set_files(file)

    expect(row.get_by_text("Ready to watch")).to_be_visible(timeout=PROCESSING_MS)
    assert alice.api("/api/videos")["totalCount"] == 1


def test_what_a_provider_sees_to_be_no_video_is_said_and_leaves_nothing(
    new_visitor: NewVisitor, clips: Clips
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    alice.upload_to(CLOUDFLARE)

    alice.choose(clips["random"])

    row = alice.upload(clips["random"].name)
    expect(row.get_by_text("This file is not a video.")).to_be_visible()
    expect(row.get_by_role("button", name="Try again")).to_be_hidden()
    expect(alice.page.get_by_text("No videos yet")).to_be_visible()
    assert alice.api("/api/videos")["totalCount"] == 0


def test_the_choice_outlives_a_reload_and_one_gallery_holds_all(
    new_visitor: NewVisitor, clips: Clips
) -> None:
    alice = new_visitor()
    alice.sign_in(somebody())
    expect(alice.page.get_by_label("Upload to")).to_have_value("s3")
    alice.upload_to(MUX)
    alice.choose(clips["streamable"])
    alice.ready("streamable")
    alice.page.reload()
    expect(alice.page.get_by_label("Upload to")).to_have_value("mux")
    alice.upload_to("Amazon S3")

    alice.choose(clips["streamable_silent"])

    alice.ready("streamable_silent")
    providers = [card.inner_text() for card in alice.page.locator(".card__provider").all()]
    assert providers == ["Amazon S3", MUX]
