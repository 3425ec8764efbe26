"""Calls to a provider's API over `requests`: retried with jittered backoff, within a budget of time.

What may pass (no connection, no answer, 408, 429, 5xx, a success whose body is not what it should be) is
tried again until the budget is spent; every other answer is the caller's to judge. A call that makes
something is retried too: what an attempt without an answer may have made is told by ``after_silence`` or
``OutcomeUnknown``, so that it can be looked for and cancelled.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from itertools import count
from math import ceil
from random import uniform
from typing import TYPE_CHECKING, Any, Self

from sluice.adapters.wire import positive, read_object
from sluice.domain.errors import Malformed, OutcomeUnknown, Unavailable

if TYPE_CHECKING:
    import requests

_LARGEST_BODY_BYTES = 4 * 1024 * 1024
_PASSING = {408, 429}
_LONGEST_PAUSE_SECONDS = 4.0
_LEAST_ATTEMPT_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How long one call may take with all its attempts, and one attempt to connect and to answer.

    Opening an upload takes three calls at worst (make, read back, delete), which a request has to wait for.
    """

    total_seconds: float = 6.0
    connect_seconds: float = 1.5
    answer_seconds: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. ``makes``: something new exists after it; ``expects_json``: in the body of a success."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    makes: bool = False
    expects_json: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``content`` is its JSON object, empty if it has none; header names are lower-case.

    ``at`` is the answering side's own time. ``after_silence``: an earlier attempt got no answer and may
    have made something too.
    """

    status: int
    headers: Mapping[str, str]
    content: Mapping[str, Any]
    at: datetime | None
    after_silence: bool = False

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """An attempt that may be worth another. ``silent``: it may have been done all the same."""

    what: str
    silent: bool
    wait_seconds: float | None = None
    busy: bool = False
    cause: Exception | None = None


class Http:
    """Calls to one provider, over connections that are kept. ``provider`` is its name for people."""

    def __init__(
        self,
        provider: str,
        budget: Budget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.provider = provider
        self._budget = budget or Budget()
        self._clock = clock
        self._pause = pause

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def send(self, call: Call) -> Answer:
        """The answer, whatever its status, unless that may pass.

        Raises:
            Unavailable: there was none within the budget, with the time after which to try again.
            OutcomeUnknown: the same, and what was to be made may exist.
        """
        ends = self._clock() + self._budget.total_seconds
        silence = False
        for attempt in count():
            result = self._attempt(call, ends)
            if isinstance(result, Answer):
                return replace(result, after_silence=silence)
            silence |= result.silent and call.makes
            wait = _backoff(attempt) if result.wait_seconds is None else result.wait_seconds
            if self._clock() + wait + _LEAST_ATTEMPT_SECONDS > ends:
                raise self._given_up(result, silence=silence) from result.cause
            self._pause(wait)
        raise AssertionError("count() does not end")

    def _given_up(self, last: _Trouble, *, silence: bool) -> Unavailable:
        later = max(1, min(ceil(last.wait_seconds or 5), 900))
        if silence:
            error: Unavailable = OutcomeUnknown(
                f"{self.provider} did not answer. Please try again.", retry_after_seconds=later
            )
        elif last.busy:
            text = f"{self.provider} takes no more requests at the moment. Please try again later."
            error = Unavailable(text, retry_after_seconds=later, code="provider_busy")
        else:
            text = f"{self.provider} cannot be reached at the moment. Please try again."
            error = Unavailable(text, retry_after_seconds=later, code="provider_unavailable")
        error.add_note(f"last attempt: {last.what}")
        return error

    def _attempt(self, call: Call, ends: float) -> Answer | _Trouble:
        from requests import exceptions
        from urllib3.exceptions import HTTPError

        left = max(ends - self._clock(), _LEAST_ATTEMPT_SECONDS)
        answer_by = self._clock() + min(left, self._budget.answer_seconds)
        timeout = (min(left, self._budget.connect_seconds), min(left, self._budget.answer_seconds))
        try:
            with self._session.request(
                call.method,
                call.url,
                headers=dict(call.headers),
                data=call.body,
                timeout=timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                return _judge(call, response, self._read(response, answer_by))
        except (exceptions.ConnectTimeout, exceptions.SSLError) as error:
            return _Trouble(what=type(error).__name__, silent=False, cause=error)
        except (exceptions.RequestException, HTTPError, TimeoutError) as error:
            return _Trouble(what=type(error).__name__, silent=not _never_sent(error), cause=error)

    def _read(self, response: "requests.Response", answer_by: float) -> bytes:
        """The body, read as it comes: a peer that sends a byte now and then does not outlast the budget."""
        body = bytearray()
        while piece := response.raw.read1(65536, decode_content=True):
            body += piece
            if len(body) > _LARGEST_BODY_BYTES or self._clock() > answer_by:
                raise TimeoutError("the answer is too slow or too long")
        return bytes(body)

    @cached_property
    def _session(self) -> "requests.Session":
        from requests import Session

        session = Session()
        # A .netrc or a proxy of the machine must not come between: the one would replace our credentials.
        session.trust_env = False
        session.headers.update({"Accept-Encoding": "identity", "User-Agent": "sluice"})
        return session


def _judge(call: Call, response: "requests.Response", body: bytes) -> Answer | _Trouble:
    status = response.status_code
    headers = {name.lower(): value for name, value in response.headers.items()}
    if status in _PASSING or status >= 500:
        wait = positive(headers.get("retry-after"))
        return _Trouble(what=f"status {status}", silent=status != 429, wait_seconds=wait, busy=status == 429)
    try:
        content: Mapping[str, Any] = read_object(body) if body else {}
    except Malformed as error:
        if 200 <= status < 300 and call.expects_json:
            return _Trouble(what=f"status {status} without readable JSON", silent=True, cause=error)
        content = {}
    if 200 <= status < 300 and status != 204 and call.expects_json and not content:
        return _Trouble(what=f"status {status} without a body", silent=True)
    return Answer(status=status, headers=headers, content=content, at=_time(headers.get("date")))


def _backoff(attempt: int) -> float:
    """Half a second, doubling, with up to half of it left out by chance: two callers do not meet again."""
    longest = min(_LONGEST_PAUSE_SECONDS, 0.5 * 2**attempt)
    return uniform(longest / 2, longest)  # noqa: S311 - jitter


def _never_sent(error: Exception) -> bool:
    """No connection was made, so nothing can have come of it."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    causes: list[object] = [error, *error.args]
    causes += [getattr(cause, "reason", None) for cause in causes]
    return any(isinstance(cause, NewConnectionError | ConnectTimeoutError) for cause in causes)


def _time(date: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(date).astimezone(UTC) if date else None
    except ValueError:
        return None
