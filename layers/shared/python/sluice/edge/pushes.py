"""Pushed messages, in the contract's words and with links for whoever gets them."""

from datetime import datetime

import msgspec

from sluice.domain.identity import Caller
from sluice.domain.video import Video
from sluice.edge.contract import realtime as contract
from sluice.edge.contract.videos import VideoAnswer
from sluice.edge.presenter import Presenter
from sluice.usecases.realtime_ports import Saying

_encode = msgspec.json.encode


class Pushes:
    """``Wording`` of the contract."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter

    def say(self, what: Saying, video: Video, version: int, user_id: str, *, now: datetime) -> bytes:
        match what:
            case "updated":
                answer = shown_to(self._presenter, video, user_id, now=now)
                return _encode(contract.VideoUpdated(answer, version))
            case "progress":
                return _encode(contract.VideoProgress(video.video_id, video.progress, version))
            case "deleted":
                return _encode(contract.VideoDeleted(video.video_id))
            case "ended":
                return _encode(contract.SubscriptionEnded(video.video_id))

    def goodbye(self) -> bytes:
        return _encode(contract.ConnectionReplaced())


def shown_to(presenter: Presenter, video: Video, user_id: str, *, now: datetime) -> VideoAnswer:
    """The video for its owner, or for another user: without what only its owner may know."""
    answer = presenter.video(video, Caller(user_id=user_id), now=now)
    if video.owner_id == user_id:
        return answer
    return msgspec.structs.replace(answer, custom={}, filename=answer.title)
