"""Playback from Cloudflare Stream: the token stands where the uid would in every URL."""

from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import quote

from sluice.adapters.cloudflare.tokens import LONGEST_LIFE, CloudflareTokens
from sluice.domain.errors import Conflict
from sluice.domain.token_life import token_life
from sluice.domain.video import Status, Video
from sluice.usecases.provider_ports import Download, PlaybackLinks

DOWNLOAD_NAME = "default.mp4"
_POSTER = "thumbnails/thumbnail.jpg?width=640&fit=scale"


class CloudflarePlayback:
    """``PlaybackProvider`` of Cloudflare Stream, which makes no storyboards."""

    def __init__(self, tokens: CloudflareTokens, *, delivery_url: str) -> None:
        self._tokens = tokens
        self._delivery = delivery_url.rstrip("/")

    def links(self, video: Video, viewer: str, *, now: datetime, ttl: timedelta) -> PlaybackLinks:
        """Before it is ready there is nothing to link to, and no token is spent on it."""
        life = token_life(video, ttl, longest=LONGEST_LIFE)
        uid, token, expires_at = video.link("asset"), "", now.replace(microsecond=0) + life
        if uid is None or video.status is not Status.READY:
            place = None
        else:
            token, expires_at = self._tokens.mint(uid, viewer, now=now, life=life)
            place = f"{self._delivery}/{_plays_without_token(video) or token}"
        return PlaybackLinks(
            playback_url=f"{place}/manifest/video.m3u8" if place else "",
            thumbnail_url=f"{place}/{_POSTER}" if place else None,
            storyboard_url=None,
            playback_token=token,
            thumbnail_token=token,
            storyboard_token=token,
            expires_at=expires_at,
        )

    def download(self, video: Video, *, now: datetime, ttl: timedelta) -> Download:
        """The MP4.

        Raises:
            Conflict: it has not been made yet (code ``download_not_ready``; see ``DownloadMaker``).
        """
        uid = video.link("asset")
        if uid is None or DOWNLOAD_NAME not in video.renditions:
            raise Conflict("The file to download has not been made yet.", code="download_not_ready")
        life = token_life(video, ttl, longest=LONGEST_LIFE)
        token, expires_at = self._tokens.mint(uid, video.owner_id, now=now, life=life, downloadable=True)
        stem = PurePath(video.filename).stem
        url = f"{self._delivery}/{token}/downloads/{DOWNLOAD_NAME}?filename={quote(stem, safe='')}"
        return Download(url=url, expires_at=expires_at, filename=f"{stem}.mp4", size_bytes=None)


def _plays_without_token(video: Video) -> str | None:
    return video.link("playback_public") if video.visibility.value == "public" else None
