"""How a video at Cloudflare Stream is really doing: of uploads that expire, no webhook ever tells."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sluice.adapters.cloudflare.client import CloudflareClient
from sluice.adapters.cloudflare.videos import state_of, video_facts
from sluice.adapters.wire import moment
from sluice.domain.errors import PollBudgetSpent
from sluice.domain.facts import Fact, Failed, ProcessingStarted
from sluice.domain.video import Status, Video
from sluice.usecases.provider_ports import PollBudget

# A video has at most ten hours; one that is still being worked on after a day has been forgotten.
_WORKED_ON_FOR = timedelta(hours=24)
_WORKING = {"downloading", "queued", "inprogress", "ready"}


class CloudflareWatch:
    """``ProviderWatch`` of Cloudflare Stream, within what all pollers may ask together."""

    def __init__(self, client: CloudflareClient, budget: PollBudget) -> None:
        self._client = client
        self._budget = budget

    def look(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """What the video says of itself, and that it still says so.

        An upload that has expired is deleted: what it reserves of the account's storage is free sooner.

        Raises:
            Unavailable: no answer, or others have asked too much (code ``poll_budget_spent``).
        """
        uid = video.link("asset")
        if uid is None:
            return ()
        if not self._budget.take("cloudflare", now=now):
            often = "Cloudflare Stream is being asked too often at the moment. Please try again."
            raise PollBudgetSpent(often, retry_after_seconds=2)
        seen = self._client.get(uid)
        if seen is None:
            return (_gone(video, now),)
        at = seen.at or now
        if _expired(seen.data, at):
            self._client.delete(uid)
            return (_late(at),)
        facts = list(video_facts(seen.data, at))
        if state_of(seen.data) in _WORKING and not _forgotten(video, now):
            facts.append(ProcessingStarted(at=at))
        return facts


def _expired(seen: Mapping[str, Any], at: datetime) -> bool:
    expiry = moment(seen.get("uploadExpiry"))
    return state_of(seen) == "pendingupload" and expiry is not None and expiry <= at


def _late(at: datetime) -> Fact:
    return Failed(at=at, code="upload_expired", message="The upload was not completed in time.")


def _gone(video: Video, at: datetime) -> Fact:
    if video.status is Status.UPLOADING:
        return _late(at)
    return Failed(at=at, code="provider_deleted", message="The video was deleted at the video provider.")


def _forgotten(video: Video, now: datetime) -> bool:
    """Its word that it is still working is no news for ever."""
    return video.processing_at is not None and now - video.processing_at > _WORKED_ON_FOR
