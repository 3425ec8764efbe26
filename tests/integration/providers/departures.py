"""Videos that are deleted at random moments of their lives, and proof that nothing of them is left."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from threading import Timer
from typing import Literal

import httpx

from tests.integration.providers.driving import Json, Providers, Way, ask, send
from tests.integration.providers.leftovers import leftovers

type Moment = Literal["asked", "sent", "soon", "ready", "never"]

_SOON_SECONDS = 6.0
_LONGEST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Fate:
    """When a video is deleted: before or after its source is sent, ``after`` seconds later, or once ready."""

    moment: Moment
    after: float = 0.0


def fates(videos: int, share: float) -> Sequence[Fate]:
    """As many fates as videos; this share of them is deleted. The same every time."""
    random = Random(videos)  # noqa: S311 - repeatable chance

    def fate() -> Fate:
        if random.random() >= share:
            return Fate("never")
        moments: tuple[Moment, ...] = ("asked", "sent", "soon", "ready")
        return Fate(random.choice(moments), random.uniform(0.1, _SOON_SECONDS))

    return [fate() for _ in range(videos)]


@dataclass(frozen=True, slots=True)
class Life:
    """A video, how many times its client was told to come again, and what deletes it a while later."""

    video_id: str
    refused: int
    later: Timer | None = None


def lived(api: httpx.Client, way: Way, clip: bytes, fate: Fate) -> Life:
    """The video, as far as it got."""
    ticket, refused = _taken(api, way, clip)
    video_id = str(ticket["videoId"])
    if fate.moment == "asked":
        delete(api, video_id)
    with suppress(*((AssertionError, httpx.HTTPError) if fate.moment == "asked" else ())):
        send(ticket, clip)
    if fate.moment == "sent":
        delete(api, video_id)
    later = Timer(fate.after, delete, (api, video_id)) if fate.moment == "soon" else None
    if later:
        later.start()
    return Life(video_id, refused, later)


def _taken(api: httpx.Client, way: Way, clip: bytes) -> tuple[Json, int]:
    for refused in range(30):
        answer = ask(api, way, clip)
        if answer.status_code == 201:
            return answer.json(), refused
        _wait_as_told(answer)
    raise AssertionError(f"{way} never took an upload")


def delete(api: httpx.Client, video_id: str) -> None:
    """Delete it for certain: an answer that was lost may have done it."""
    gone = {202}
    for _ in range(30):
        answer = api.delete(f"/api/videos/{video_id}")
        if answer.status_code in gone:
            return
        _wait_as_told(answer)
        gone = {202, 404}
    raise AssertionError(f"{video_id} was never deleted")


def _wait_as_told(answer: httpx.Response) -> None:
    """API Gateway, unlike us, does not tell for how long."""
    assert answer.status_code == 503, answer.text
    time.sleep(int(answer.headers.get("retry-after", "2")))


def unconfirmed(providers: Providers, api: httpx.Client, video_ids: Sequence[str]) -> list[str]:
    """A quarter of an hour passes, so the last look at each comes now: those that are never confirmed."""
    sqs, ends = providers.stack.aws("sqs"), time.monotonic() + _LONGEST_SECONDS
    url = next(one for one in sqs.list_queues()["QueueUrls"] if "PurgeQueue" in one)
    for video_id in video_ids:
        sqs.send_message(
            QueueUrl=url, MessageBody=json.dumps({"detail": {"videoId": video_id}, "again": True})
        )
    waiting = list(video_ids)
    while waiting and time.monotonic() < ends:
        waiting = [one for one in waiting if not _receipt(api, one)["confirmedAt"]]
        time.sleep(1)
    return waiting


def came_back(api: httpx.Client, video_ids: Sequence[str]) -> list[str]:
    """Deleted videos that somebody can still see."""
    return [one for one in video_ids if api.get(f"/api/videos/{one}").status_code != 404]


def left_of(providers: Providers, video_ids: Sequence[str]) -> list[str]:
    """What is left of deleted videos, as soon as it is nothing, or after two minutes."""
    ends = time.monotonic() + 120
    while (left := leftovers(providers, video_ids)) and time.monotonic() < ends:
        time.sleep(2)
    return left


def _receipt(api: httpx.Client, video_id: str) -> Json:
    found: Json = api.get(f"/api/videos/{video_id}/deletion").raise_for_status().json()
    return found
