"""How a video at Mux is really doing: its upload until there is an asset, then the asset."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sluice.adapters.mux.assets import asset_facts, deleted, upload_facts
from sluice.adapters.mux.client import MuxClient, Seen
from sluice.adapters.wire import text
from sluice.domain.errors import PollBudgetSpent
from sluice.domain.facts import Fact, Failed
from sluice.domain.video import Video
from sluice.usecases.provider_ports import PollBudget

# An asset has at most twelve hours; one that is still being prepared after a day has been forgotten.
_WORKED_ON_FOR = timedelta(hours=24)


class MuxWatch:
    """``ProviderWatch`` of Mux, within what all pollers may ask together."""

    def __init__(self, client: MuxClient, budget: PollBudget) -> None:
        self._client = client
        self._budget = budget

    def look(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """What Mux says, as of its own time.

        Raises:
            Unavailable: it does not answer, or others have asked too much (code ``poll_budget_spent``).
        """
        asset_id, upload_id = video.link("asset"), video.link("upload")
        if asset_id:
            return self._asset(video, asset_id, now)
        if upload_id is None:
            return ()
        self._spend(now)
        upload = self._client.get("uploads", upload_id)
        if upload is None:
            message = "The upload is no longer known to the video provider."
            return (Failed(at=now, code="upload_expired", message=message),)
        found = text(upload.data.get("asset_id"))
        facts = upload_facts(upload.data, upload.at or now)
        return (*facts, *self._asset(video, found, now)) if found else facts

    def _asset(self, video: Video, asset_id: str, now: datetime) -> Sequence[Fact]:
        self._spend(now)
        asset = self._client.get("assets", asset_id)
        if asset is None:
            return (deleted(now),)
        return () if _forgotten(video, asset, now) else asset_facts(asset.data, asset.at or now)

    def _spend(self, now: datetime) -> None:
        if not self._budget.take("mux", now=now):
            often = "Mux is being asked too often at the moment. Please try again."
            raise PollBudgetSpent(often, retry_after_seconds=2)


def _forgotten(video: Video, asset: Seen, now: datetime) -> bool:
    """Its word that it is still working is no news for ever."""
    since = video.processing_at
    working = asset.data.get("status") not in {"ready", "errored"}
    return working and since is not None and now - since > _WORKED_ON_FOR
