"""/api/videos/{video_id}/token, url, download, hls and pictures: playing a video, privately."""

from datetime import timedelta

from sluice.domain.errors import Conflict, Forbidden, NotFound, ProviderRefused, Unauthenticated
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.edge.contract import playback as contract
from sluice.edge.contract.words import VideoId
from sluice.edge.figures_wiring import view_tokens
from sluice.edge.http import Access, Api, Reply, Request
from sluice.edge.settings import settings
from sluice.usecases.find_video import (
    find_downloadable,
    find_owned,
    find_owned_by_playback_id,
    find_viewable,
    ready,
)
from sluice.usecases.offer_download import offer_download

api = handler = Api(wiring.caller_of)


@api.route("POST /api/videos/{video_id}/token", access=Access.OPTIONAL, raises=(Conflict,))
def token(request: Request, video_id: VideoId, body: contract.TokenRequest) -> contract.GrantAnswer:
    """All that a player needs, for as long as asked."""
    video = _viewed(request, video_id)
    ttl = timedelta(seconds=body.ttl_seconds) if body.ttl_seconds else None
    show = wiring.presenter(request.base_url)
    links = show.links(video, request.maybe_caller, now=request.now, ttl=ttl)
    return contract.grant_answer(links, _view_token(video, request))


@api.route("GET /api/videos/{video_id}/url", access=Access.OPTIONAL, raises=(Conflict,))
def url(request: Request, video_id: VideoId) -> contract.UrlAnswer:
    """The manifest's URL."""
    video = _viewed(request, video_id)
    show = wiring.presenter(request.base_url)
    links = show.links(video, request.maybe_caller, now=request.now)
    seconds = int((links.expires_at - request.now).total_seconds())
    return contract.url_answer(video, links, seconds, _view_token(video, request))


@api.route("POST /api/mux/token", raises=(Conflict, Forbidden, NotFound))
def token_by_its_old_path(request: Request, body: contract.MuxTokenRequest) -> contract.GrantAnswer:
    """The same for the owner alone, for frontends written against an earlier document."""
    videos, (kind, given) = wiring.videos(), body.named()
    if kind == "video":
        found = find_owned(videos, given, request.caller)
    else:
        found = find_owned_by_playback_id(videos, "mux", given, request.caller)
    show = wiring.presenter(request.base_url)
    video = ready(found.video)
    links = show.links(video, request.caller, now=request.now)
    return contract.grant_answer(links, _view_token(video, request))


@api.route("GET /api/videos/{video_id}/download", access=Access.KEYED, raises=(Conflict, ProviderRefused))
def download(request: Request, video_id: VideoId) -> contract.DownloadAnswer:
    """The original or the best file that the provider makes, to be saved."""
    show = wiring.presenter(request.base_url)
    offered = offer_download(
        find_downloadable(wiring.videos(), video_id, request.maybe_caller, key=request.video_key),
        show=lambda video: show.download(video, now=request.now),
        maker=wiring.download_maker,
        every_seconds=settings().status_refresh_seconds,
        now=request.now,
        videos=wiring.videos(),
        patience=wiring.patience,
    )
    return contract.download_answer(offered)


@api.route(
    "GET /api/videos/{video_id}/hls/{file}",
    access=Access.PUBLIC,
    media_type="application/vnd.apple.mpegurl",
    raises=(Unauthenticated,),
)
def playlist(
    request: Request, video_id: VideoId, file: contract.PlaylistName, query: contract.StreamQuery
) -> str:
    """A playlist whose media URLs are signed; the token is the key."""
    return wiring.streams().playlist(video_id, file, query.token, now=request.now)


@api.route(
    "GET /api/videos/{video_id}/storyboard.vtt",
    access=Access.PUBLIC,
    media_type="text/vtt; charset=utf-8",
    raises=(Unauthenticated,),
)
def storyboard(request: Request, video_id: VideoId, query: contract.StreamQuery) -> str:
    """The storyboard's cues; their picture's URL is signed. The token is the key."""
    return wiring.streams().storyboard(video_id, query.token, now=request.now)


@api.route(
    "GET /api/videos/{video_id}/poster.jpg", access=Access.PUBLIC, status=302, raises=(Unauthenticated,)
)
def poster(request: Request, video_id: VideoId, query: contract.StreamQuery) -> Reply:
    """The poster, by redirect; the token is the key."""
    location = wiring.streams().poster(video_id, query.token, now=request.now)
    return Reply(302, headers={"location": location})


def _viewed(request: Request, video_id: str) -> Video:
    """The video, if whoever asks may watch it and it can be played."""
    found = find_viewable(wiring.videos(), video_id, request.maybe_caller, key=request.video_key)
    return ready(found.video)


def _view_token(video: Video, request: Request) -> str:
    """Shows that a session belongs to a playback that we granted."""
    return view_tokens().mint(video.video_id, now=request.now)
