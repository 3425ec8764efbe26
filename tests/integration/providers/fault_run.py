"""Many uploads to both providers on a bad day: what their videos come to, counted.

Every webhook is doubled and comes in any order, one in three is dropped, some creates get no answer.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import httpx
from sluice.domain.deadlines import Patience, due_at

from tests.engine import unique
from tests.integration.providers.driving import WAYS, Json, Providers, Twin, Way, ask, send

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
    faults: dict[str, int]
    verdicts: dict[str, int]
    seconds: dict[str, float]
    wrong: list[str]

    def lines(self) -> list[str]:
        """For people."""
        return [f"{name:12} {value}" for name, value in asdict(self).items()]


def fault_run(providers: Providers, clip: bytes, videos: int) -> Report:
    """Upload as clients do, wait as they do, let time pass, and look at everything."""
    began, user = time.monotonic(), unique("bad-day")
    for name, twin in providers.twins.items():
        twin.fault("webhook", "double")
        twin.fault("webhook", "reorder", values={"seconds": 4})
        twin.fault("webhook", "drop", chance=1 / 3)
        twin.fault("api", "lost_answer", match=_CREATES[name], chance=0.25)
        twin.fault("api", "timeout", match=_CREATES[name], chance=0.1)
    with providers.stack.client(user) as api:
        ways = [WAYS[number % 2 * (1 + number // 2 % 2)] for number in range(videos)]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            sent = list(pool.map(lambda way: _uploaded(api, way, clip), ways))
        uploaded, ids = time.monotonic(), [video_id for video_id, _ in sent]
        _all_polled(api, ids)
        polled = time.monotonic()
        faults = _hits(providers)
        for twin in providers.twins.values():
            twin.heal()
        verdicts = _settled(providers, [one["videoId"] for one in _gallery(api)])
        settled = time.monotonic()
        seconds = {"uploads": uploaded - began, "until ready": polled - began, "in all": settled - began}
        return _looked_at(
            providers,
            api,
            ids,
            refused_asks=sum(refused for _, refused in sent),
            faults=faults,
            verdicts=dict(verdicts),
            seconds={name: round(took, 1) for name, took in seconds.items()},
        )


def _uploaded(api: httpx.Client, way: Way, clip: bytes) -> tuple[str, int]:
    """The video, and how many times its client was told to come again."""
    for refused in range(10):
        answer = ask(api, way, clip)
        if answer.status_code == 201:
            send(answer.json(), clip)
            return str(answer.json()["videoId"]), refused
        assert answer.status_code == 503, answer.text
        time.sleep(int(answer.headers["retry-after"]))
    raise AssertionError(f"{way} never took an upload")


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


def _looked_at(providers: Providers, api: httpx.Client, ids: list[str], **known: Any) -> Report:
    listed, page = _gallery(api), api.get("/api/videos?limit=1").json()
    shown = {one["videoId"]: one for one in listed}
    wrong = [f"{one} is {shown.get(one)}" for one in ids if not _is_right(shown.get(one))]
    recount = Counter(_counted_as(one["status"]) for one in listed)
    counted = {name: page[f"{name}Count"] for name in ("ready", "processing", "failed")}
    if counted != {name: recount[name] for name in counted} or page["totalCount"] != len(listed):
        wrong.append(f"counted {counted}, listed {dict(recount)}")
    strays = _strays(providers, shown)
    return Report(
        videos=len(ids),
        ready=sum(_is_right(shown.get(one)) for one in ids),
        plays=sum(httpx.get(shown[one]["playbackUrl"]).status_code == 200 for one in ids if one in shown),
        listed=len(listed),
        counted=page["totalCount"],
        strays=len(strays),
        wrong=[*wrong, *strays],
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
