"""Playback from our own bucket: playlists through the API with a token, media through signed URLs.

The token opens the playlists; whoever is served a playlist gets URLs of its media that are signed for
as long as the token holds, or for as long as the signing credentials do if that is less.
"""

from datetime import datetime, timedelta

from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.tokens import PlaybackTokens
from sluice.domain.keys import source_key
from sluice.domain.video import Video
from sluice.usecases.provider_ports import Download, PlaybackLinks


class S3Playback:
    """``PlaybackProvider`` on the bucket. ``base_url`` is where the API answers."""

    def __init__(self, presigner: Presigner, tokens: PlaybackTokens, base_url: str) -> None:
        self._presigner = presigner
        self._tokens = tokens
        self._base_url = base_url.rstrip("/")

    def links(self, video: Video, viewer: str, *, now: datetime, ttl: timedelta) -> PlaybackLinks:
        mint = self._tokens.mint
        playback = mint(video.video_id, "playback", viewer, now=now, ttl=ttl)
        thumbnail = mint(video.video_id, "thumbnail", viewer, now=now, ttl=ttl)
        storyboard = mint(video.video_id, "storyboard", viewer, now=now, ttl=ttl)
        pictures = video.pictures.value if video.pictures else None
        place = f"{self._base_url}/api/videos/{video.video_id}"
        poster = None
        if pictures and pictures.poster:
            poster = self._presigner.get(pictures.poster, now=now, ttl=ttl).url
        has_storyboard = pictures is not None and pictures.storyboard is not None
        return PlaybackLinks(
            playback_url=f"{place}/hls/index.m3u8?token={playback.token}",
            thumbnail_url=poster,
            storyboard_url=f"{place}/storyboard.vtt?token={storyboard.token}" if has_storyboard else None,
            playback_token=playback.token,
            thumbnail_token=thumbnail.token,
            storyboard_token=storyboard.token,
            expires_at=playback.expires_at,
        )

    def download(self, video: Video, *, now: datetime, ttl: timedelta) -> Download:
        signed = self._presigner.get(
            source_key(video.owner_id, video.video_id), now=now, ttl=ttl, download_as=video.filename
        )
        return Download(
            url=signed.url,
            expires_at=signed.expires_at,
            filename=video.filename,
            size_bytes=video.source.value.size_bytes if video.source else None,
        )
