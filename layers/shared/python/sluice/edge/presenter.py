"""Videos as the contract shows them, with links signed for whoever is looking."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sluice.domain.identity import Caller
from sluice.domain.video import Video
from sluice.edge.contract.videos import StatusAnswer, VideoAnswer, status_answer, video_answer
from sluice.usecases.provider_ports import Download, PlaybackLinks, PlaybackProvider

_ANYBODY = "public"


class Presenter:
    """Each video's links come from its own provider."""

    def __init__(self, provider: Callable[[str], PlaybackProvider], *, ttl: timedelta) -> None:
        self._provider = provider
        self.ttl = ttl

    def video(self, video: Video, caller: Caller, *, now: datetime) -> VideoAnswer:
        return video_answer(video, self.links(video, caller, now=now))

    def status(self, video: Video, caller: Caller | None, *, now: datetime) -> StatusAnswer:
        return status_answer(video, self.links(video, caller, now=now))

    def links(
        self, video: Video, caller: Caller | None, *, now: datetime, ttl: timedelta | None = None
    ) -> PlaybackLinks:
        viewer = caller.user_id if caller else _ANYBODY
        return self._provider(video.provider).links(video, viewer, now=now, ttl=ttl or self.ttl)

    def download(self, video: Video, *, now: datetime) -> Download:
        return self._provider(video.provider).download(video, now=now, ttl=self.ttl)
