"""The videos' table as the figures see it: whose a video is, what it is called, how long it is."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from sluice.adapters.dynamodb.batches import read_rows
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.domain.ids import is_video_id
from sluice.usecases.analytics_ports import Watched


class _Title(msgspec.Struct):
    value: str


class _Length(msgspec.Struct):
    duration_seconds: float | None = None


class _Media(msgspec.Struct):
    value: _Length


class _Video(msgspec.Struct):
    """Of a video's state, what is needed here."""

    owner_id: str
    title: _Title
    media: _Media | None = None
    deleted_at: datetime | None = None


_decode = msgspec.json.Decoder(_Video).decode


class DynamoWatchedVideos:
    """``WatchedVideos`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def known(self, video_ids: Iterable[str]) -> Mapping[str, Watched]:
        places = [(f"VIDEO#{one}", "VIDEO") for one in sorted(set(video_ids)) if is_video_id(one)]
        found = {}
        for (pk, _), row in read_rows(self._client, self._table, places, "doc").items():
            video = _decode(row["doc"]["S"])
            if video.deleted_at is None:
                length = video.media.value.duration_seconds if video.media else None
                found[pk.removeprefix("VIDEO#")] = Watched(video.owner_id, video.title.value, length)
        return found
