"""Everything that Cloudflare Stream stores with ids of ours: videos, also those that wait for their file."""

import time
from collections.abc import Callable, Iterator

from sluice.adapters.cloudflare.client import CloudflareClient
from sluice.adapters.cloudflare.videos import our_id
from sluice.adapters.wire import text
from sluice.domain.holdings import Holding

_A_PAGE = 1000
# 1,200 requests in five minutes are allowed for the account's whole use.
_PAUSE_SECONDS = 0.5


class CloudflareInventory:
    """``Inventory`` of one account. What carries no id of our form is another application's."""

    def __init__(self, client: CloudflareClient, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._pause = pause

    def holdings(self) -> Iterator[Holding]:
        """Newest first; each page begins at the time at which the one before ended."""
        seen, until = set[str](), dict[str, str]()
        while True:
            page = self._client.page(**until, limit=str(_A_PAGE))
            for video in page:
                uid, video_id = text(video.get("uid")), our_id(video)
                if uid is None or uid in seen:
                    continue
                seen.add(uid)
                if video_id:
                    yield Holding(place="cloudflare", kind="asset", name=uid, video_id=video_id, their_id=uid)
            ended = text(page[-1].get("created")) if page else None
            if len(page) < _A_PAGE or ended is None or until == {"end": ended}:
                return
            until = {"end": ended}
            self._pause(_PAUSE_SECONDS)
