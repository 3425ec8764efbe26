"""Webhooks on their way: kept in the store until they are answered 2xx or given up, sent again after
growing gaps.

Each attempt is made from the event anew (`Render`), signed with the time of that attempt.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import aiohttp

from local.twins.faults import Fault, FaultBook
from local.twins.refusals import Doc
from local.twins.signatures import Scheme, corrupted, header
from local.twins.store import Store

KEPT = 5_000  # deliveries that have ended and can still be looked at or sent again
AT_ONCE = 8
KEPT_ANSWER = 1_000  # characters of an endpoint's answer
IDLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a provider delivers.

    Attributes:
        gaps: seconds before the second attempt, the third, …; as many attempts as gaps and one.
        render: a delivery's document → the bytes of its body for the coming attempt.
        secret_of: the endpoint's id → its secret now, None if it was removed.
    """

    scheme: Scheme
    gaps: tuple[float, ...]
    timeout_seconds: float
    render: Callable[[Doc], bytes]
    secret_of: Callable[[str], str | None]


class Deliveries:
    """The outbox of one twin."""

    def __init__(self, store: Store, faults: FaultBook, plan: Plan) -> None:
        self._store, self._faults, self._plan = store, faults, plan
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def emit(
        self, *, event_id: str, subject: str, event: Doc, endpoint: str, url: str, after_seconds: float
    ) -> None:
        """Put an event on its way to one endpoint; a second call with the same event and endpoint does
        nothing.
        """
        key = f"{event_id}.{endpoint}"
        if self._store.get("delivery", key) is not None:
            return
        faults = self._faults.draw("webhook", subject)
        kinds = {fault.kind: fault for fault in faults}
        due = time.time() + after_seconds + _lateness(kinds)
        state = "dropped" if "drop" in kinds else "pending"
        delivery = {
            "key": key,
            "event_id": event_id,
            "subject": subject,
            "event": event,
            "endpoint": endpoint,
            "url": url,
            "state": state,
            "attempts": [],
            "faults": {fault.kind: fault.values for fault in faults},
        }
        copies = int(kinds["double"].value("times", 1)) if "double" in kinds else 0
        for number in range(copies + 1):
            copy = key if number == 0 else f"{key}.{number}"
            self._store.put(
                "delivery", copy, {**delivery, "key": copy}, due=due if state == "pending" else None
            )
        self._wake.set()

    def again(self, key: str) -> bool:
        """Send a delivery once more, as it is now, without its faults; whether there is such a one."""
        delivery = self._store.get("delivery", key)
        if delivery is None:
            return False
        copy = f"{key}.again-{secrets.token_hex(3)}"
        self._store.put(
            "delivery", copy, {**delivery, "key": copy, "state": "pending", "faults": {}}, due=time.time()
        )
        self._wake.set()
        return True

    async def run(self) -> None:
        """Send what is due until cancelled."""
        timeout = aiohttp.ClientTimeout(total=self._plan.timeout_seconds)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    self._wake.clear()
                    now = time.time()
                    self._start_due(session, now)
                    await self._rest(now)
            finally:
                for task in self._flying.values():
                    task.cancel()
                await asyncio.gather(*self._flying.values(), return_exceptions=True)

    def _start_due(self, session: aiohttp.ClientSession, now: float) -> None:
        for delivery in self._store.due("delivery", now, AT_ONCE * 2):
            key = delivery["key"]
            if key in self._flying or len(self._flying) >= AT_ONCE:
                continue
            task = asyncio.create_task(self._attempt(session, delivery))
            self._flying[key] = task
            task.add_done_callback(partial(self._landed, key))

    def _landed(self, key: str, _: asyncio.Task[None]) -> None:
        del self._flying[key]
        self._wake.set()

    async def _rest(self, now: float) -> None:
        upcoming = self._store.next_due("delivery", now)
        wait = IDLE_SECONDS if upcoming is None else min(IDLE_SECONDS, max(0.0, upcoming - time.time()))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), wait)

    async def _attempt(self, session: aiohttp.ClientSession, delivery: Doc) -> None:
        secret = self._plan.secret_of(delivery["endpoint"])
        if secret is None:
            self._end(delivery, "endpoint removed")
            return
        faults = _still(delivery)
        body, sent = corrupted(self._plan.render({**delivery, "faults": faults}), faults)
        headers = {
            "Content-Type": "application/json",
            self._plan.scheme.header: header(self._plan.scheme, secret, body, time.time(), faults),
        }
        try:
            async with session.post(
                delivery["url"], data=sent, headers=headers, allow_redirects=False
            ) as answer:
                text = (await answer.content.read(KEPT_ANSWER)).decode(errors="replace")
                outcome: Doc = {"status": answer.status, "headers": dict(answer.headers), "body": text}
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            outcome = {"status": None, "headers": {}, "body": type(exc).__name__}
        self._record(delivery, outcome)

    def _record(self, delivery: Doc, outcome: Doc) -> None:
        if self._store.get("delivery", delivery["key"]) is None:
            return  # forgotten meanwhile
        attempts = [*delivery["attempts"], {"at": time.time(), **outcome}]
        delivery = {**delivery, "attempts": attempts}
        if outcome["status"] is not None and 200 <= outcome["status"] < 300:
            self._end(delivery, "delivered")
        elif len(attempts) > len(self._plan.gaps):
            self._end(delivery, "given up")
        else:
            self._store.put(
                "delivery", delivery["key"], delivery, due=time.time() + self._plan.gaps[len(attempts) - 1]
            )

    def _end(self, delivery: Doc, state: str) -> None:
        self._store.put("delivery", delivery["key"], {**delivery, "state": state})
        self._store.keep_newest("delivery", KEPT)


def _still(delivery: Doc) -> Doc:
    """The faults of a delivery that hold for the coming attempt."""
    sent = len(delivery["attempts"])
    return {
        kind: values for kind, values in delivery["faults"].items() if sent < values.get("attempts", sent + 1)
    }


def _lateness(kinds: dict[str, Fault]) -> float:
    late = kinds["delay"].value("seconds", 1) if "delay" in kinds else 0.0
    if "reorder" in kinds:
        late += kinds["reorder"].value("seconds", 8) * kinds["reorder"].draw
    return late
