"""/api/analytics: how an owner's videos are watched, and how well they play."""

from sluice.domain.figure_rows import owner_scope, video_scope
from sluice.edge import figures, wiring
from sluice.edge.contract.figures import SummaryAnswer, VideoFiguresAnswer
from sluice.edge.contract.words import VideoId
from sluice.edge.figures_wiring import figures as store
from sluice.edge.figures_wiring import watched_videos
from sluice.edge.http import Api, Request
from sluice.usecases.find_video import find_owned

api = handler = Api(wiring.caller_of)


@api.route("GET /api/analytics/videos/{video_id}")
def video(request: Request, video_id: VideoId) -> VideoFiguresAnswer:
    """The figures of one of the caller's videos."""
    find_owned(wiring.videos(), video_id, request.caller)
    return figures.video_figures(video_id, store().collected(video_scope(video_id)))


@api.route("GET /api/analytics/summary")
def summary(request: Request) -> SummaryAnswer:
    """The same over all of the caller's videos, and the ten most viewed."""
    return figures.summary(store().collected(owner_scope(request.caller.user_id)), watched_videos())
