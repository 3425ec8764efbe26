"""What a player reads first: playlists and cues, their media signed for as long as the token holds."""

import re
from datetime import datetime

from sluice.domain.errors import NotFound
from sluice.domain.hls import sign_playlist
from sluice.domain.keys import made_prefix
from sluice.domain.storyboard import sign_storyboard
from sluice.domain.video import Status, Video
from sluice.usecases.ports import StreamFiles, TokenReader, UrlSigner, VideoStore

_PLAYLIST = re.compile(r"[A-Za-z0-9_-]{1,40}\.m3u8")
_INDEX = "index.m3u8"


class Streams:
    """The public face of stored streams; whoever holds a token for a video is let in to that one."""

    def __init__(
        self, videos: VideoStore, files: StreamFiles, signer: UrlSigner, tokens: TokenReader
    ) -> None:
        self._videos = videos
        self._files = files
        self._signer = signer
        self._tokens = tokens

    def playlist(self, video_id: str, name: str, token: str, *, now: datetime) -> str:
        """A playlist that works in any player without further headers.

        Raises:
            Unauthenticated: the token is not for this video's playback, or over.
            NotFound: the video was deleted, or has no such playlist.
        """
        claim = self._tokens.read(token, video_id, "playback", now=now)
        self._existing(video_id)
        folder = f"{made_prefix(video_id)}hls/"
        text = self._files.text(folder + name) if _PLAYLIST.fullmatch(name) else None
        if text is None:
            raise NotFound("There is no such playlist.", code="playlist_not_found")
        if name == _INDEX:
            return sign_playlist(text, lambda uri: f"{uri}?token={token}")
        ttl = claim.expires_at - now
        return sign_playlist(text, lambda uri: self._signer.url(folder + uri, now=now, ttl=ttl))

    def storyboard(self, video_id: str, token: str, *, now: datetime) -> str:
        """The storyboard's WebVTT; each cue's picture is signed."""
        claim = self._tokens.read(token, video_id, "storyboard", now=now)
        pictures = self._existing(video_id).pictures
        key = pictures.value.storyboard if pictures else None
        text = self._files.text(key) if key else None
        if key is None or text is None:
            raise NotFound("There is no storyboard yet.", code="storyboard_not_found")
        folder, ttl = key.rsplit("/", 1)[0], claim.expires_at - now
        return sign_storyboard(text, lambda name: self._signer.url(f"{folder}/{name}", now=now, ttl=ttl))

    def poster(self, video_id: str, token: str, *, now: datetime) -> str:
        """The poster's signed URL."""
        claim = self._tokens.read(token, video_id, "thumbnail", now=now)
        pictures = self._existing(video_id).pictures
        if pictures is None or pictures.value.poster is None:
            raise NotFound("There is no poster yet.", code="poster_not_found")
        return self._signer.url(pictures.value.poster, now=now, ttl=claim.expires_at - now)

    def _existing(self, video_id: str) -> Video:
        found = self._videos.find(video_id)
        if found is None or found.video.status is Status.DELETED:
            raise NotFound("There is no such video.", code="video_not_found")
        return found.video
