"""A browser on the running local stack."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.library import Library
from tests.browser.visitor import Visitor
from tests.clips import Clips
from tests.stack import LocalStack

# Of several lists of disabled features only the last one counts, so this one repeats Playwright's.
DISABLED_FEATURES = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # The address bar's suggestions are two pages of their own, made for every window: 0.6 s of a processor.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
)
FLAGS = (
    "--no-sandbox",  # containers run tests as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    f"--disable-features={','.join(DISABLED_FEATURES)}",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")

type NewVisitor = Callable[..., Visitor]
type ColorScheme = Literal["light", "dark"]


def chromium_path() -> str:
    """``CHROMIUM``, else what the path offers. It must play H.264 and AAC, as Debian's does."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"no browser: set CHROMIUM, or put one of {', '.join(NAMES)} on the path"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=30_000)  # functions start cold, beside everything else
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where clips are made once for all browser tests."""
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="session")
def clips(folder: Path) -> Clips:
    return Clips(folder)


@pytest.fixture(scope="session")
def large_clip(folder: Path, clips: Clips) -> Path:
    """Big enough to be sent in several rounds of parts; the ballast is a box that players skip."""
    file = folder / "Festival opening.mp4"
    ballast = 112 * 2**20
    file.write_bytes(
        clips["moov_in_front"].read_bytes() + ballast.to_bytes(4) + b"free" + os.urandom(ballast - 8)
    )
    return file


@pytest.fixture(scope="session")
def origin(stack: LocalStack) -> str:
    return stack.base_url


@pytest.fixture(scope="session")
def library(stack: LocalStack, clips: Clips) -> Library:
    return Library(stack, clips["streamable"])


@pytest.fixture
def new_visitor(browser: Browser, origin: str) -> Iterator[NewVisitor]:
    """Opens a tab of its own for each call, and holds that no script failed in any of them."""
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, height: int = 800, scheme: ColorScheme = "light") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(40_000)
        visitors.append(Visitor(context.new_page(), origin))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.page.context.close()
    assert [words for visitor in visitors for words in visitor.complaints] == []
