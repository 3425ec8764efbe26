"""Providers of a local stack: uploads as clients make them, the twins behind, and time that passes."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import httpx
from sluice.adapters.dynamodb.videos import DynamoVideos, timestamp
from sluice.domain.deadlines import Patience, due_at
from sluice.domain.errors import WriteConflict
from sluice.domain.video import Video

from local.function_log import read_log
from local.twins.stack import credentials
from tests.engine import unique
from tests.stack import LocalStack, is_too_busy

# What a queue has to deliver again comes after a minute.
PATIENCE_SECONDS = 150.0
# Two purges run at a time, and those of other tests may be before ours in the queue.
PURGES_TAKE_SECONDS = 240.0

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """A provider, and how it is sent a source."""

    provider: str
    protocol: str

    def __str__(self) -> str:
        return f"{self.provider}-{self.protocol}"


MUX = Way("mux", "chunked-put")
FORM = Way("cloudflare", "form")
TUS = Way("cloudflare", "tus")
WAYS = (MUX, FORM, TUS)


def until[T](
    look: Callable[[], T | None], what: str, *, every: float = 0.2, patience: float = PATIENCE_SECONDS
) -> T:
    """What ``look`` finds, as soon as it finds something."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(every)
    raise AssertionError(f"never: {what}")


def ask(api: httpx.Client, way: Way, clip: bytes, *, key: str | None = None, **wish: Any) -> httpx.Response:
    """A request for an upload, whatever the answer. ``key``: its idempotency key."""
    wanted = {"filename": "clip.mp4", "fileSize": len(clip), "mimeType": "video/mp4"}
    wanted |= {"provider": way.provider, "protocol": way.protocol}
    headers = {"Idempotency-Key": key} if key else {}
    return api.post("/api/videos/upload-url", json={**wanted, **wish}, headers=headers)


def asked(api: httpx.Client, way: Way, clip: bytes, **wish: Any) -> Json:
    """The ticket of an upload; asked for again while the machine is too busy to answer."""
    key = unique("upload")

    def look() -> httpx.Response | None:
        answer = ask(api, way, clip, key=key, **wish)
        at_work = answer.status_code == 409 and answer.json()["code"] == "request_in_progress"
        return None if is_too_busy(answer) or at_work else answer

    answer = until(look, "the upload is opened", every=1)
    assert answer.status_code == 201, answer.text
    ticket: Json = answer.json()
    return ticket


def send(ticket: Mapping[str, Any], clip: bytes) -> None:
    """Send the source as the ticket says, straight to the provider."""
    url, how = str(ticket["uploadUrl"]), ticket["upload"]
    match how["protocol"]:
        case "chunked-put":
            whole = f"bytes 0-{len(clip) - 1}/{len(clip)}"
            answer = httpx.put(url, content=clip, headers={"Content-Range": whole}, timeout=30)
        case "form":
            file = {"file": ("clip.mp4", clip, "video/mp4")}
            answer = httpx.post(url, data=how["fields"], files=file, timeout=30)
        case "tus":
            headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
            answer = httpx.patch(url, content=clip, headers={**how["headers"], **headers}, timeout=30)
        case _:
            answer = httpx.put(url, content=clip, headers=how["headers"], timeout=30)
    assert answer.is_success, answer.text


def uploaded(api: httpx.Client, way: Way, clip: bytes, **wish: Any) -> str:
    """The id of a video whose source has been sent."""
    ticket = asked(api, way, clip, **wish)
    send(ticket, clip)
    return str(ticket["videoId"])


def read(api: httpx.Client, video_id: str) -> Json:
    """A video as the table has it: reading it asks no provider."""
    video: Json = api.get(f"/api/videos/{video_id}").raise_for_status().json()
    return video


def ready(api: httpx.Client, video_id: str) -> Json:
    """The video once it can be played, whoever has told us; no provider is asked for that."""

    def look() -> Json | None:
        video = read(api, video_id)
        assert video["status"] != "error", video["error"]
        return video if video["status"] == "ready" else None

    return until(look, f"{video_id} is ready")


@dataclass(frozen=True)
class Twin:
    """One provider's twin: faults, and what it holds."""

    url: str
    client: httpx.Client

    def fault(self, surface: str, kind: str, **rule: Any) -> None:
        answer = self.client.post("/control/faults", json={"surface": surface, "kind": kind, **rule})
        assert answer.status_code == 201, answer.text

    def heal(self) -> None:
        """No faults any more."""
        self.client.delete("/control/faults").raise_for_status()

    def expire(self, their_id: str) -> None:
        """This upload's time is over."""
        self.client.post("/control/expire", json={"id": their_id}).raise_for_status()

    def deliveries(self) -> list[Json]:
        """The newest webhooks, with their states and attempts."""
        found: list[Json] = self.client.get("/control/deliveries").json()["deliveries"]
        return found

    def uploads(self) -> list[Json]:
        """Mux: all direct uploads, newest first."""
        return self._pages("/video/v1/uploads")

    def assets(self) -> list[Json]:
        """Mux: all assets, newest first."""
        return self._pages("/video/v1/assets")

    def videos(self) -> list[Json]:
        """Cloudflare: the newest videos."""
        return self._list(self.stream, "result")

    @property
    def stream(self) -> str:
        """Cloudflare: the path of the account's videos."""
        return f"/client/v4/accounts/{self.client.headers['x-account']}/stream"

    def held_for(self, video_id: str) -> list[Json]:
        """All that it holds for one of our videos, but for uploads that are over."""
        if "x-account" in self.client.headers:
            return [one for one in self.videos() if one["creator"] == video_id]
        waiting = [
            one
            for one in self.uploads()
            if one["status"] == "waiting" and one["new_asset_settings"].get("passthrough") == video_id
        ]
        return waiting + [one for one in self.assets() if one.get("passthrough") == video_id]

    def has_ready(self, video_id: str) -> bool:
        """Whether what it made of the video can be played."""
        states = [one["status"] for one in self.held_for(video_id)]
        return any(
            state == "ready" or (isinstance(state, dict) and state["state"] == "ready") for state in states
        )

    def _pages(self, path: str) -> list[Json]:
        found: list[Json] = []
        while len(page := self._list(path, "data", limit=100, page=len(found) // 100 + 1)) == 100:
            found += page
        return found + page

    def _list(self, path: str, inside: str, **query: Any) -> list[Json]:
        # Its limits hold for tests too, whatever purges ask it for at the same time.
        while (answer := self.client.get(path, params=query)).status_code == 429:
            time.sleep(0.5)
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()[inside]
        return found


@dataclass(frozen=True)
class Providers:
    """A stack, its twins, and its clockwork."""

    stack: LocalStack
    twins: Mapping[str, Twin]

    def __getitem__(self, name: str) -> Twin:
        return self.twins[name]

    @cached_property
    def rows(self) -> DynamoVideos:
        """The stack's own table."""
        return DynamoVideos(self.stack.aws.dynamo, self.table)

    def state_of(self, video_id: str) -> Video:
        """The video as the table has it, with what the API does not show."""
        found = self.rows.find(video_id)
        assert found is not None, f"there is no {video_id}"
        return found.video

    def pass_time(self, video_id: str, by: timedelta) -> None:
        """All that has happened to a video happened longer ago, the last question to its provider too."""
        while True:
            found = self.rows.find(video_id)
            assert found is not None
            aged = _earlier(found.video, by)
            with suppress(WriteConflict):
                self.rows.replace(found, aged, due_at=due_at(aged, Patience()))
                break
        self._pass_leases(video_id, by)

    def reconcile(self) -> Json:
        """One round of the reconciler, now; what came of each video that was due."""
        return self._invoked("Reconcile")

    def audit(self, *, grace_seconds: int = 0) -> Json:
        """An audit, now; deletions count that are older than this."""
        return self._invoked("Audit", graceSeconds=grace_seconds)

    def _invoked(self, word: str, **event: Any) -> Json:
        answer = self.stack.aws("lambda").invoke(FunctionName=self._function(word), Payload=json.dumps(event))
        said: Json = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        return said

    def logged(self, message: str, video_id: str) -> list[Json]:
        """What the functions logged about a video."""
        lines = read_log(self.stack.folder.log("functions"), None)
        about = [line[line.index("{") :] for line in lines if video_id in line and "{" in line]
        return [one for line in about if (one := json.loads(line)).get("message") == message]

    def verdicts(self, verdict: str) -> int:
        """How often the reconciler has come to this, in all its rounds."""
        lines = read_log(self.stack.folder.log("functions"), None)
        rounds = [json.loads(line[line.index("{") :]) for line in lines if '"reconciled"' in line]
        return sum(one["verdicts"].get(verdict, 0) for one in rounds)

    def _pass_leases(self, video_id: str, by: timedelta) -> None:
        client = self.stack.aws("dynamodb")
        found = client.query(
            TableName=self.table,
            KeyConditionExpression="pk = :video AND begins_with(sk, :leases)",
            ExpressionAttributeValues={":video": {"S": f"VIDEO#{video_id}"}, ":leases": {"S": "REFRESH"}},
        )
        for item in found["Items"]:
            asked_at = datetime.fromisoformat(item["askedAt"]["S"]) - by
            client.put_item(TableName=self.table, Item={**item, "askedAt": {"S": timestamp(asked_at)}})

    @cached_property
    def bucket(self) -> str:
        """The stack's own bucket."""
        buckets = self.stack.aws("s3").list_buckets()["Buckets"]
        return str(next(one["Name"] for one in buckets if "mediabucket" in one["Name"].lower()))

    @cached_property
    def table(self) -> str:
        """The name of its table."""
        names: list[str] = self.stack.aws("dynamodb").list_tables()["TableNames"]
        return next(name for name in names if "VideosTable" in name)

    def _function(self, word: str) -> str:
        pages = self.stack.aws("lambda").get_paginator("list_functions").paginate()
        names: list[str] = [one["FunctionName"] for page in pages for one in page["Functions"]]
        return next(name for name in names if word in name)


@contextmanager
def providers_of(stack: LocalStack) -> Iterator[Providers]:
    """The providers of a stack, in good health before and after."""
    kept = credentials(stack.folder.twins)
    mux, cloudflare = f"{stack.base_url}/twins/mux", f"{stack.base_url}/twins/cloudflare"
    bearer = {"Authorization": f"Bearer {kept['CLOUDFLARE_API_TOKEN']}"}
    account = {"x-account": kept["CLOUDFLARE_ACCOUNT_ID"]}
    key = (kept["MUX_TOKEN_ID"], kept["MUX_TOKEN_SECRET"])
    with (
        httpx.Client(base_url=mux, auth=key, timeout=30) as to_mux,
        httpx.Client(base_url=cloudflare, headers=bearer | account, timeout=30) as to_cloudflare,
    ):
        twins = {"mux": Twin(mux, to_mux), "cloudflare": Twin(cloudflare, to_cloudflare)}
        for twin in twins.values():
            twin.heal()
        try:
            yield Providers(stack, twins)
        finally:
            for twin in twins.values():
                twin.heal()


def _earlier(value: Any, by: timedelta) -> Any:
    """``value`` with every time in it moved back."""
    if isinstance(value, datetime):
        return value - by
    if isinstance(value, Mapping):
        return {key: _earlier(one, by) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _earlier(getattr(value, one.name), by) for one in fields(value)})
    return value
