"""Endpoints of users, to which their videos' events are sent, and the keys that these are signed with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sluice.domain.errors import FieldProblem, InvalidFields

MOST_ENDPOINTS = 10
# How long a key that was replaced still signs beside the new one.
OVERLAP = timedelta(hours=24)
DISABLED_AFTER = timedelta(hours=24)
# So many failures in a row at least: one event that an endpoint did not like is not a day of failure.
DISABLED_AFTER_FAILURES = 5

type Reason = Literal["failing", "gone", "owner", "unreadable"]
"""Why an endpoint is disabled: it failed for a day, said 410, its owner wants it so, or its keys are lost."""


@dataclass(frozen=True, slots=True)
class EndpointKey:
    """A key that signs. ``until`` is when one that was replaced stops to."""

    key_id: str
    key: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Disabled:
    """Since when and why nothing is sent."""

    at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One endpoint. ``keys``: the newest first. ``failing_since``: nothing has arrived there since.

    ``version`` counts what its owner has changed.
    """

    endpoint_id: str
    owner_id: str
    url: str
    events: tuple[str, ...]
    keys: tuple[EndpointKey, ...]
    created_at: datetime
    failing_since: datetime | None = None
    failures: int = 0
    disabled: Disabled | None = None
    version: int = 1

    def signing_keys(self, now: datetime) -> list[str]:
        return [one.key for one in self.keys if one.until is None or now < one.until]

    @property
    def signing(self) -> Literal["v1", "v1a"]:
        """How its deliveries are signed, in the words of Standard Webhooks: by a secret, or a private key."""
        return "v1a" if self.keys and self.keys[0].key.startswith("whsk_") else "v1"

    @property
    def previous_key_until(self) -> datetime | None:
        """When the key before the newest stops to sign."""
        return self.keys[1].until if len(self.keys) > 1 else None

    def wants(self, event_type: str) -> bool:
        return self.disabled is None and event_type in self.events

    def has_failed_enough(self, now: datetime) -> bool:
        return (
            self.failing_since is not None
            and now - self.failing_since >= DISABLED_AFTER
            and self.failures >= DISABLED_AFTER_FAILURES
        )


def rotated(endpoint: Endpoint, key: EndpointKey, *, now: datetime) -> Endpoint:
    """``endpoint`` with a new key; the one before signs on for a day, those before it no more.

    A key that is there already changes nothing.
    """
    if any(one.key_id == key.key_id for one in endpoint.keys):
        return endpoint
    return replace(endpoint, keys=(key, replace(endpoint.keys[0], until=now + OVERLAP)))


def check_events(events: Sequence[str], known: Sequence[str]) -> None:
    """Refuse what nobody can subscribe to.

    Raises:
        InvalidFields: none, one twice, or one that there is not.
    """
    if not events or len(set(events)) < len(events) or not set(events) <= set(known):
        problem = FieldProblem("events", f"must list some of these, each once: {', '.join(known)}")
        raise InvalidFields("Some fields are not valid.", problem)
