"""Requests and answers of playback."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.video import Video
from sluice.edge.contract.times import iso
from sluice.edge.contract.words import Filename, Moment, Title, Url, VideoId
from sluice.usecases.provider_ports import Download, PlaybackLinks

type PlaylistName = Annotated[
    str,
    Meta(
        description="`index.m3u8`, or a playlist that it names.",
        extra_json_schema={"pattern": r"^[A-Za-z0-9_-]{1,40}\.m3u8$", "examples": ["index.m3u8"]},
    ),
]


type ViewToken = Annotated[
    str, Meta(description="A player sends it with its beacons, so that the view is a verified one.")
]


class TokenRequest(Struct, frozen=True, rename="camel"):
    """How long the grant should hold, in seconds; the deployment's own time if left out."""

    ttl_seconds: Annotated[int, Meta(ge=60, le=86_400)] | None = None


class MuxTokenRequest(Struct, frozen=True, rename="camel"):
    """Which video: by our id, or by the id that Mux plays it by."""

    video_id: VideoId | None = None
    playback_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,128}$")] | None = None

    def named(self) -> tuple[Literal["video", "playback"], str]:
        """What the request names; our own id goes first.

        Raises:
            InvalidFields: it names nothing.
        """
        if self.video_id is not None:
            return "video", self.video_id
        if self.playback_id is None:
            problem = FieldProblem("playbackId", "is required, or videoId")
            raise InvalidFields("Some fields are not valid.", problem)
        return "playback", self.playback_id


class StreamQuery(Struct, frozen=True, rename="camel"):
    """What opens a stream's files; without it the answer is 401."""

    token: Annotated[
        str, Meta(description="The token of a grant, for this purpose.", extra={"required": True})
    ] = ""


class TokensAnswer(Struct, frozen=True, rename="camel"):
    """One token a purpose; none opens what another is for."""

    playback: str
    thumbnail: str
    storyboard: str


class GrantAnswer(Struct, frozen=True, rename="camel"):
    """All that a player needs."""

    token: str
    tokens: TokensAnswer
    playback_url: Url
    thumbnail_url: Url | None
    storyboard_url: Url | None
    expires_at: Moment
    view_token: ViewToken


class UrlAnswer(Struct, frozen=True, rename="camel"):
    """The manifest's URL, ready for a player; `expiresIn` in seconds."""

    url: Url
    expires_in: int
    video_id: VideoId
    title: Title
    view_token: ViewToken


class DownloadAnswer(Struct, frozen=True, rename="camel"):
    """The original's URL; a browser saves it as `filename`. `size` in bytes."""

    download_url: Url
    expires_at: Moment
    filename: Filename
    size: int | None


def grant_answer(links: PlaybackLinks, view_token: str) -> GrantAnswer:
    return GrantAnswer(
        token=links.playback_token,
        tokens=TokensAnswer(links.playback_token, links.thumbnail_token, links.storyboard_token),
        playback_url=links.playback_url,
        thumbnail_url=links.thumbnail_url,
        storyboard_url=links.storyboard_url,
        expires_at=iso(links.expires_at),
        view_token=view_token,
    )


def url_answer(video: Video, links: PlaybackLinks, expires_in: int, view_token: str) -> UrlAnswer:
    return UrlAnswer(links.playback_url, expires_in, video.video_id, video.title.value, view_token)


def download_answer(download: Download) -> DownloadAnswer:
    return DownloadAnswer(download.url, iso(download.expires_at), download.filename, download.size_bytes)
