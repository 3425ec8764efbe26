"""Many uploads to all providers on a bad day: what their videos come to, counted.

Every webhook is doubled and comes in any order, one in three is dropped, some creates get no answer; and some
videos are deleted at any moment, of which nothing must be left.
"""

import time
from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import httpx
from sluice.domain.deadlines import Patience, due_at

from tests.engine import unique
from tests.integration.providers.departures import came_back, delete, fates, left_of, lived, unconfirmed
from tests.integration.providers.driving import WAYS, Json, Providers, Twin, Way
from tests.integration.providers.stages import S3

_AT_ONCE = 4
_LONGEST_SECONDS = 420
_CREATES = {"mux": "POST /video/v1/uploads", "cloudflare": "POST /client/v4/accounts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a run. ``faults`` counts what was done to it, ``wrong`` says what did not come right."""

    videos: int
    ready: int
    plays: int
    refused_asks: int
    listed: int
    counted: int
    strays: int
    deleted: int
    orphans: int
    faults: dict[str, int]
    verdicts: dict[str, int]
    seconds: dict[str, float]
    wrong: list[str]

    def lines(self) -> list[str]:
        """For people."""
        return [f"{name:12} {value}" for name, value in asdict(self).items()]


def fault_run(providers: Providers, clip: bytes, videos: int, *, deleted: float = 0.0) -> Report:
    """Upload as clients do, delete a share of it, wait, let time pass, and look at everything."""
    began, user = time.monotonic(), unique("bad-day")
    for name, twin in providers.twins.items():
        twin.fault("webhook", "double")
        twin.fault("webhook", "reorder", values={"seconds": 4})
        twin.fault("webhook", "drop", chance=1 / 3)
        twin.fault("api", "lost_answer", match=_CREATES[name], chance=0.25)
        twin.fault("api", "timeout", match=_CREATES[name], chance=0.1)
    with providers.stack.client(user) as api:
        ways, ends = _ways(videos), fates(videos, deleted)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            sent = list(pool.map(lambda way, end: lived(api, way, clip, end), ways, ends))
        for one in sent:
            if one.later:
                one.later.join()
        uploaded, ids = time.monotonic(), [one.video_id for one in sent]
        doomed = {one: end for one, end in zip(ids, ends, strict=True) if end.moment != "never"}
        kept = [one for one in ids if one not in doomed]
        _all_polled(api, [*kept, *(one for one, end in doomed.items() if end.moment == "ready")])
        for video_id, end in doomed.items():
            if end.moment == "ready":
                delete(api, video_id)
        polled = time.monotonic()
        faults = _hits(providers)
        for twin in providers.twins.values():
            twin.heal()
        verdicts = _settled(providers, [*(one["videoId"] for one in _gallery(api)), *doomed])
        wrong = [f"{one} is not confirmed gone" for one in unconfirmed(providers, api, list(doomed))]
        wrong += [f"{one} came back" for one in came_back(api, list(doomed))]
        wrong += [f"{one} is left" for one in left_of(providers, list(doomed))]
        settled = time.monotonic()
        seconds = {"uploads": uploaded - began, "until ready": polled - began, "in all": settled - began}
        return _looked_at(
            providers,
            api,
            user,
            ids,
            doomed,
            wrong,
            deleted=len(doomed),
            refused_asks=sum(one.refused for one in sent),
            faults=faults,
            verdicts=dict(verdicts),
            seconds={name: round(took, 1) for name, took in seconds.items()},
        )


def _ways(videos: int) -> list[Way]:
    """In turns to our own bucket, to Mux and to Cloudflare, to which one time each way."""
    turns = (S3, WAYS[0], WAYS[1], S3, WAYS[0], WAYS[2])
    return [turns[number % len(turns)] for number in range(videos)]


def _all_polled(api: httpx.Client, ids: list[str]) -> None:
    """Poll as pages do, until all can be played."""
    waiting, ends = list(ids), time.monotonic() + _LONGEST_SECONDS
    while waiting and time.monotonic() < ends:
        waiting = [one for one in waiting if api.get(f"/api/videos/{one}/status").json()["status"] != "ready"]
        time.sleep(1)


def _settled(providers: Providers, ids: list[str]) -> Counter[str]:
    """As many quarters of an hour, each with a round of the reconciler, as there is anything to expect."""
    verdicts: Counter[str] = Counter()
    ends = time.monotonic() + _LONGEST_SECONDS
    while (open_ids := [one for one in ids if _is_due(providers, one)]) and time.monotonic() < ends:
        for video_id in open_ids:
            providers.pass_time(video_id, timedelta(minutes=15))
        verdicts.update(providers.reconcile())
        time.sleep(1)
    return verdicts


def _is_due(providers: Providers, video_id: str) -> bool:
    return due_at(providers.state_of(video_id), Patience()) is not None


def _looked_at(
    providers: Providers,
    api: httpx.Client,
    user: str,
    ids: list[str],
    doomed: Collection[str],
    wrong: list[str],
    **known: Any,
) -> Report:
    kept = [one for one in ids if one not in doomed]
    listed, page = _gallery(api), api.get("/api/videos?limit=1").json()
    shown = {one["videoId"]: one for one in listed}
    wrong += [f"{one} is {shown.get(one)}" for one in kept if not _is_right(shown.get(one))]
    recount = Counter(_counted_as(one["status"]) for one in listed)
    counted = {name: page[f"{name}Count"] for name in ("ready", "processing", "failed")}
    if counted != {name: recount[name] for name in counted} or page["totalCount"] != len(listed):
        wrong.append(f"counted {counted}, listed {dict(recount)}")
    strays, audit = _strays(providers, shown), providers.audit()
    orphans = [one for one in audit["examples"] if one["videoId"] in {*shown, *ids}]
    if user in audit["miscounted"] or audit["unread"]:
        wrong.append(f"miscounted {audit['miscounted']}, unread {audit['unread']}")
    return Report(
        videos=len(ids),
        ready=sum(_is_right(shown.get(one)) for one in kept),
        plays=sum(httpx.get(shown[one]["playbackUrl"]).status_code == 200 for one in kept if one in shown),
        listed=len(listed),
        counted=page["totalCount"],
        strays=len(strays),
        orphans=audit["orphans"],
        wrong=[*wrong, *strays, *(f"orphan {one}" for one in orphans)],
        **known,
    )


def _gallery(api: httpx.Client) -> list[Json]:
    found: list[Json] = []
    query: dict[str, Any] = {"limit": 100}
    while True:
        page = api.get("/api/videos", params=query).raise_for_status().json()
        found += page["videos"]
        if page["nextCursor"] is None:
            return found
        query["cursor"] = page["nextCursor"]


def _is_right(video: Json | None) -> bool:
    return video is not None and (video["status"], video["progress"]) == ("ready", 100)


def _counted_as(status: str) -> str:
    return {"ready": "ready", "error": "failed"}.get(status, "processing")


def _strays(providers: Providers, ours: dict[str, Json]) -> list[str]:
    """What the twins hold in the name of our videos, and no row knows."""
    mux, cloudflare = providers["mux"], providers["cloudflare"]
    held = [("asset", one["passthrough"], one["id"]) for one in mux.assets() if one.get("passthrough")]
    held += [("upload", name, one["id"]) for one in mux.uploads() if (name := _waits_for(one))]
    held += [("asset", one["creator"], one["uid"]) for one in cloudflare.videos() if one["creator"]]
    return [
        f"{kind} {theirs} of {name}"
        for kind, name, theirs in held
        if name in ours and providers.state_of(name).link(kind) != theirs
    ]


def _waits_for(upload: Json) -> str | None:
    name: str | None = upload["new_asset_settings"].get("passthrough")
    return name if upload["status"] == "waiting" else None


def _hits(providers: Providers) -> dict[str, int]:
    """How often each fault hit, at either provider."""
    found: Counter[str] = Counter()
    for name, twin in providers.twins.items():
        for rule in _rules(twin):
            found[f"{name} {rule['kind']}"] = rule["hit"]
            if rule["surface"] == "webhook":
                found[f"{name} webhooks"] = rule["seen"]
    return dict(found)


def _rules(twin: Twin) -> list[Json]:
    rules: list[Json] = twin.client.get("/control/faults").json()["rules"]
    return rules
