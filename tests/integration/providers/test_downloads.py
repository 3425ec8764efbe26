"""A file to download is made by the provider when its owner first asks for it."""

import httpx
import pytest

from tests.integration.providers.driving import (
    MUX,
    TUS,
    Json,
    Providers,
    Way,
    asked,
    ready,
    send,
    until,
    uploaded,
)
from tests.stack import LocalStack


@pytest.mark.parametrize("way", [MUX, TUS], ids=str)
def test_a_download_is_promised_until_it_is_there(
    stack: LocalStack, providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    ticket = asked(api, way, clip, filename="Hafen früh 🎬.mov")
    video_id = ticket["videoId"]
    path = f"/api/videos/{video_id}/download"
    assert api.get(path).json()["code"] == "video_not_ready"
    send(ticket, clip)
    ready(api, video_id)
    first = api.get(path)
    if first.status_code != 200:
        assert (first.status_code, first.json()["code"]) == (409, "download_not_ready")
        assert first.json()["error"].endswith(".")

    def look() -> Json | None:
        answer = api.get(path)
        assert answer.status_code in {200, 409}, answer.text
        offered: Json | None = answer.json() if answer.status_code == 200 else None
        return offered

    offered = until(look, "the file is there", every=0.5)
    assert offered["filename"] == "Hafen früh 🎬.mp4"
    with stack.client() as anybody:
        file = anybody.get(offered["downloadUrl"])
    assert file.status_code == 200
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.content[4:8] == b"ftyp"
    with stack.client("somebody-else") as other:
        assert other.get(path).status_code == 403


def test_a_provider_that_cannot_be_asked_for_the_file_says_so(
    providers: Providers, api: httpx.Client, way: Way, clip: bytes
) -> None:
    video_id = uploaded(api, way, clip)
    ready(api, video_id)
    providers[way.provider].fault("api", "status", values={"status": 503})
    answer = api.get(f"/api/videos/{video_id}/download")
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
