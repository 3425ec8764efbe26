"""Twins that run by themselves, fast, with a webhook endpoint of their own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sluice.adapters.http import Budget, Http

from local.binaries import find_ffmpeg, find_ffprobe
from local.twins import cloudflare, mux
from local.twins.alone import running
from local.twins.keys import as_base64_pem, make_private_key
from local.twins.settings import CloudflareSettings, MuxSettings
from tests.integration.twins.driving import CloudflareTwin, MuxTwin
from tests.integration.twins.inbox import Inbox, running_inbox

PACE, RETRY_PACE = 0.02, 0.01
TIMEOUT = httpx.Timeout(15)


@pytest.fixture(scope="session")
def pem() -> str:
    """One signing key for all twins of the session."""
    return as_base64_pem(make_private_key())


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds that can be packaged as they are, 320 by 180, with sound."""
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=2", "-f", "lavfi", "-i", "sine=d=2")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac")
    arguments = [
        find_ffmpeg(os.environ),
        "-v",
        "error",
        *picture,
        *coded,
        "-movflags",
        "+faststart",
        str(path),
    ]
    subprocess.run(arguments, check=True)
    return path.read_bytes()


def padded(clip: bytes, size: int) -> bytes:
    """The clip with a box that players skip, ``size`` bytes in all."""
    rest = size - len(clip)
    return clip + rest.to_bytes(4) + b"free" + bytes(rest - 8)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """Where the webhooks of this test's twin go."""
    with running_inbox() as endpoint:
        yield endpoint


@pytest.fixture
def mux_settings(tmp_path: Path, pem: str, inbox: Inbox) -> MuxSettings:
    """A fast Mux twin."""
    return MuxSettings(
        public_url="",
        folder=tmp_path / "mux",
        ffmpeg=find_ffmpeg(os.environ),
        ffprobe=find_ffprobe(os.environ),
        webhook_url=inbox.url,
        webhook_secret="whsec-of-mux",
        signing_keys={"key0mux": pem},
        pace=PACE,
        retry_pace=RETRY_PACE,
        delivery_timeout_seconds=20.0,
        limits=False,
        token_id="mux-id",
        token_secret="mux-secret",
    )


@pytest.fixture
def cloudflare_settings(tmp_path: Path, pem: str, inbox: Inbox) -> CloudflareSettings:
    """A fast Cloudflare twin."""
    return CloudflareSettings(
        public_url="",
        folder=tmp_path / "cloudflare",
        ffmpeg=find_ffmpeg(os.environ),
        ffprobe=find_ffprobe(os.environ),
        webhook_url=inbox.url,
        webhook_secret="whsec-of-cloudflare",
        signing_keys={"key0cf": pem},
        pace=PACE,
        retry_pace=RETRY_PACE,
        delivery_timeout_seconds=20.0,
        limits=False,
        account_id="acc0",
        api_token="cf-token",
    )


@contextmanager
def _calls(budget: Budget) -> Iterator[Http]:
    with Http("The provider", budget, pause=lambda _: None) as calls:
        yield calls


@pytest.fixture
def http() -> Iterator[Http]:
    """Our calls to a provider, which do not really pause between two attempts."""
    with _calls(Budget(total_seconds=60, connect_seconds=10, answer_seconds=10)) as calls:
        yield calls


@pytest.fixture
def hasty() -> Iterator[Http]:
    """The same, and they wait for an answer for a second at most."""
    with _calls(Budget(total_seconds=30, connect_seconds=1, answer_seconds=1)) as calls:
        yield calls


@contextmanager
def running_mux(settings: MuxSettings, inbox: Inbox) -> Iterator[MuxTwin]:
    """A Mux twin that runs."""
    auth = (settings.token_id, settings.token_secret)
    with (
        running(lambda url: mux.app(replace(settings, public_url=url)), "/twins/mux") as url,
        httpx.Client(base_url=url, auth=auth, timeout=TIMEOUT) as client,
    ):
        key_id, pem = next(iter(settings.signing_keys.items()))
        yield MuxTwin(
            url=url,
            client=client,
            inbox=inbox,
            key_id=key_id,
            pem=pem,
            webhook_secret=settings.webhook_secret,
            folder=settings.folder,
        )


@contextmanager
def running_cloudflare(settings: CloudflareSettings, inbox: Inbox) -> Iterator[CloudflareTwin]:
    """A Cloudflare twin that runs."""
    headers = {"Authorization": f"Bearer {settings.api_token}"}
    with (
        running(lambda url: cloudflare.app(replace(settings, public_url=url)), "/twins/cloudflare") as url,
        httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT) as client,
    ):
        key_id, pem = next(iter(settings.signing_keys.items()))
        yield CloudflareTwin(
            url=url,
            client=client,
            inbox=inbox,
            key_id=key_id,
            pem=pem,
            webhook_secret=settings.webhook_secret,
            folder=settings.folder,
            account=settings.account_id,
        )


@pytest.fixture
def mux_twin(mux_settings: MuxSettings, inbox: Inbox) -> Iterator[MuxTwin]:
    """A Mux twin of this test's own."""
    with running_mux(mux_settings, inbox) as twin:
        yield twin


@pytest.fixture
def cloudflare_twin(cloudflare_settings: CloudflareSettings, inbox: Inbox) -> Iterator[CloudflareTwin]:
    """A Cloudflare twin of this test's own."""
    with running_cloudflare(cloudflare_settings, inbox) as twin:
        yield twin
