"""What Cloudflare Stream holds for a video: the video itself, who may play it, its file to download."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sluice.adapters.cloudflare.client import CloudflareClient
from sluice.adapters.cloudflare.playback import DOWNLOAD_NAME
from sluice.adapters.cloudflare.settings import is_private
from sluice.adapters.cloudflare.videos import video_facts
from sluice.adapters.wire import mapping, text
from sluice.domain.errors import Conflict, ProviderRefused
from sluice.domain.facts import Fact, RenditionReady
from sluice.domain.media_facts import Rendition
from sluice.domain.video import Video


class CloudflareHoldings:
    """``ProviderHoldings``, ``PrivacyKeeper`` and ``DownloadMaker`` of Cloudflare Stream."""

    def __init__(self, client: CloudflareClient) -> None:
        self._client = client

    def erase(self, video: Video) -> int:
        """Delete the video, and all else that carries its id."""
        found = {text(one.get("uid")) for one in self._client.page(creator=video.video_id)}
        found.add(video.link("asset"))
        return sum(self._client.delete(uid) for uid in found if uid)

    def holds(self, video: Video) -> bool:
        """Whether the video, or anything else that carries its id, is there."""
        uid = video.link("asset")
        return bool((uid and self._client.get(uid)) or self._client.page(creator=video.video_id))

    def keep_privacy(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """A private video needs a token, a public one does not. Read back: what it cannot read it ignores."""
        uid, private = video.link("asset"), is_private(video)
        seen = self._client.get(uid) if uid else None
        if uid is None or seen is None:
            return ()
        if seen.data.get("requireSignedURLs") is not private:
            self._client.post(uid, body={"uid": uid, "requireSignedURLs": private})
            seen = self._client.get(uid)
            if seen is None or seen.data.get("requireSignedURLs") is not private:
                ignored = "Cloudflare Stream did not take the video's visibility."
                raise ProviderRefused(ignored, code="provider_settings_ignored")
        return video_facts(seen.data, seen.at or now)

    def make_download(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """Ask for the MP4, or see whether it is there.

        Raises:
            Conflict: there is no video to make it of.
        """
        uid = video.link("asset")
        if uid is None:
            raise Conflict("The video cannot be downloaded yet.", code="video_not_ready")
        seen = self._client.get(uid, "downloads")
        if seen is None or not _file(seen.data):
            seen = self._client.post(uid, "downloads", body={})
        if _file(seen.data).get("status") != "ready":
            return ()
        media = video.media.value if video.media else None
        made = Rendition(
            name=DOWNLOAD_NAME,
            width=(media.width if media else None) or 0,
            height=(media.height if media else None) or 0,
            bitrate_bps=0,
        )
        return (RenditionReady(at=seen.at or now, rendition=made),)


def _file(downloads: Mapping[str, Any]) -> Mapping[str, Any]:
    """The MP4 among the downloads; one of the documented shapes is the MP4 alone."""
    return downloads if "status" in downloads else mapping(downloads.get("default"))
