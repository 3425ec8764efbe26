"""Playback from Mux: URLs by playback id, never by asset id, each with a token of its own."""

from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import quote

from sluice.adapters.mux.tokens import STORYBOARD, THUMBNAIL, VIDEO, MuxTokens
from sluice.domain.errors import Conflict
from sluice.domain.token_life import token_life
from sluice.domain.video import Status, Video
from sluice.usecases.provider_ports import Download, PlaybackLinks

_POSTER_WIDTH = 640
_FILES = ".mp4"


class MuxPlayback:
    """``PlaybackProvider`` of Mux.

    A private video plays by its signed id alone, even if a public one was left at Mux.
    """

    def __init__(self, tokens: MuxTokens, *, stream_url: str, image_url: str) -> None:
        self._tokens = tokens
        self._stream = stream_url.rstrip("/")
        self._image = image_url.rstrip("/")

    def links(self, video: Video, viewer: str, *, now: datetime, ttl: timedelta) -> PlaybackLinks:
        """Before it is ready there is nothing to link to (Mux answers 412), and no token is spent on it."""
        expires_at = now.replace(microsecond=0) + token_life(video, ttl)
        signed, public = video.link("playback"), _public_id(video)
        playback_id = signed or public
        if playback_id is None or video.status is not Status.READY:
            return _nothing(expires_at)
        mint = self._tokens.mint
        playback = mint(playback_id, VIDEO, viewer, expires_at=expires_at)
        size = {"width": _POSTER_WIDTH}
        thumbnail = mint(playback_id, THUMBNAIL, viewer, expires_at=expires_at, parameters=size)
        storyboard = mint(playback_id, STORYBOARD, viewer, expires_at=expires_at)
        if public:
            stream, image = f"{self._stream}/{public}", f"{self._image}/{public}"
            urls = f"{stream}.m3u8", f"{image}/thumbnail.jpg?width={_POSTER_WIDTH}", f"{image}/storyboard.vtt"
        else:
            stream, image = f"{self._stream}/{signed}", f"{self._image}/{signed}"
            urls = (
                f"{stream}.m3u8?token={playback}",
                f"{image}/thumbnail.jpg?token={thumbnail}",
                f"{image}/storyboard.vtt?token={storyboard}",
            )
        return PlaybackLinks(
            playback_url=urls[0],
            thumbnail_url=urls[1],
            storyboard_url=urls[2],
            playback_token=playback,
            thumbnail_token=thumbnail,
            storyboard_token=storyboard,
            expires_at=expires_at,
        )

    def download(self, video: Video, *, now: datetime, ttl: timedelta) -> Download:
        """The best MP4 there is.

        Raises:
            Conflict: it has not been made yet (code ``download_not_ready``; see ``DownloadMaker``).
        """
        made = [one.value for one in video.renditions.values() if one.value.name.endswith(_FILES)]
        playback_id = video.link("playback") or _public_id(video)
        if playback_id is None or not made:
            raise Conflict("The file to download has not been made yet.", code="download_not_ready")
        best = max(made, key=lambda rendition: (rendition.height, rendition.bitrate_bps))
        expires_at = now.replace(microsecond=0) + token_life(video, ttl)
        token = self._tokens.mint(playback_id, VIDEO, video.owner_id, expires_at=expires_at)
        # The one parameter that is for the delivery and not for the media: it stays beside the token.
        stem = PurePath(video.filename).stem
        url = f"{self._stream}/{playback_id}/{best.name}?download={quote(stem, safe='')}&token={token}"
        return Download(url=url, expires_at=expires_at, filename=f"{stem}{_FILES}", size_bytes=None)


def _public_id(video: Video) -> str | None:
    return video.link("playback_public") if video.visibility.value == "public" else None


def _nothing(expires_at: datetime) -> PlaybackLinks:
    return PlaybackLinks(
        playback_url="",
        thumbnail_url=None,
        storyboard_url=None,
        playback_token="",
        thumbnail_token="",
        storyboard_token="",
        expires_at=expires_at,
    )
