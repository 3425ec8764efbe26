"""Everything that Mux stores with ids of ours: assets, and uploads that wait for their file."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sluice.adapters.mux.client import MuxClient
from sluice.adapters.wire import mapping, text
from sluice.domain.holdings import Holding
from sluice.domain.ids import is_video_id

_A_PAGE = 100
# Five reads a second are sustained for the account's whole use.
_PAUSE_SECONDS = 0.4
# Uploads stay in the list when they are over; those that wait are among the newest fifty thousand.
_UPLOAD_PAGES = 500


class MuxInventory:
    """``Inventory`` of one environment. What carries no id of our form is another application's."""

    def __init__(self, client: MuxClient, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._pause = pause

    def holdings(self) -> Iterator[Holding]:
        for asset in self._listed("assets"):
            yield from _ours("asset", asset, asset.get("passthrough"))
        for upload in self._listed("uploads", most=_UPLOAD_PAGES):
            if upload.get("status") == "waiting":
                settings = mapping(upload.get("new_asset_settings"))
                yield from _ours("upload", upload, settings.get("passthrough"))

    def _listed(self, what: str, *, most: int | None = None) -> Iterator[Mapping[str, Any]]:
        page = 1
        while True:
            found = self._client.page(what, limit=_A_PAGE, page=page)
            yield from found
            if len(found) < _A_PAGE or page == most:
                return
            page += 1
            self._pause(_PAUSE_SECONDS)


def _ours(kind: str, found: Mapping[str, Any], passthrough: object) -> Iterator[Holding]:
    their_id, video_id = text(found.get("id")), text(passthrough)
    if their_id and video_id and is_video_id(video_id):
        yield Holding(place="mux", kind=kind, name=their_id, video_id=video_id, their_id=their_id)
