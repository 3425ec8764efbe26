"""Switching the provider touches configuration only: the same client, the same requests, either way."""

from pathlib import Path

import httpx

from tests.integration.providers.driving import read, ready, send
from tests.stack import running_stack


def test_another_default_provider_is_one_setting_away(tmp_path: Path, clip: bytes) -> None:
    wish = {"filename": "clip.mp4", "fileSize": len(clip), "mimeType": "video/mp4"}
    ids, data, ports = {}, tmp_path / "data", None
    for provider in ("mux", "cloudflare", "s3"):
        with (
            running_stack(data, ports=ports, settings={"VIDEO_PROVIDER": provider}) as stack,
            stack.client("alice") as api,
        ):
            ports = stack.ports
            assert api.get("/api/health").json()["provider"] == provider
            ticket = api.post("/api/videos/upload-url", json=wish).raise_for_status().json()
            assert ticket["provider"] == provider
            send(ticket, clip)
            ids[provider] = ticket["videoId"]
            ready(api, ids[provider])
            for name, video_id in ids.items():
                video = read(api, video_id)
                assert (video["status"], video["provider"]) == ("ready", name)
                assert httpx.get(video["playbackUrl"]).text.startswith("#EXTM3U")
            gallery = api.get("/api/videos").json()
            assert gallery["readyCount"] == len(ids)
