"""Faults on demand: rules that say what goes wrong, where, how often. The same rules, seed and order of
occurrences give the same faults.

A rule speaks of one surface. Its subject is what is matched against: ``POST /video/v1/uploads`` for requests,
the event's type for webhooks, the video's own name (passthrough, ``meta.name``) for assets.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass, field

from local.twins.refusals import Doc
from local.twins.store import Store

HTTP_KINDS = frozenset(
    {
        "delay",  # seconds, then as usual
        "status",  # status, retry_after?: the provider's own error shape
        "timeout",  # seconds without an answer, then the connection ends
        "lost_answer",  # the work is done, the answer never leaves
        "slow_body",  # bytes_per_second
        "half_json",  # a body that is whole for HTTP and cut for JSON
        "cut",  # the connection ends in the middle of the body
        "html",  # status: a gateway's page
    }
)
KINDS: dict[str, frozenset[str]] = {
    "api": HTTP_KINDS,
    "upload": HTTP_KINDS,
    "playback": HTTP_KINDS,
    "image": HTTP_KINDS,
    "receive": frozenset(
        {
            "short_range",  # Mux: keeps only `keep` bytes of a chunk (default: half of it) and says so
            "break",  # keeps `keep` bytes of a chunk and answers 500
        }
    ),
    # Those that change a request take `attempts`: after so many the delivery is sent as it should be.
    "webhook": frozenset(
        {
            "delay",  # seconds
            "drop",
            "double",  # times: how many more copies (default 1)
            "reorder",  # seconds: sent at a point of this span that follows from the seed
            "wrong_secret",
            "old_timestamp",  # seconds: into the past; negative: into the future
            "two_signatures",  # a wrong one, then the right one
            "truncated",  # half of the body, rightly signed: not JSON
            "altered",  # one byte changed after signing
            "unknown_type",
            "foreign_environment",
            "other_error_names",  # Cloudflare only: errReasonCode, as some of its documents have it
            "trailing_newline",  # a body that ends in a newline, which is signed with it
        }
    ),
    "asset": frozenset(
        {
            "never_finish",
            "fail_encoding",
            "slow",  # seconds more
            "left_public",  # what should be signed can be played by anybody
            "no_playback_id",  # Mux only
            "second_notice",  # Cloudflare only: a second call when pctComplete reaches 100
        }
    ),
}


class UnknownFault(ValueError):
    """No such surface, kind or value; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One fault. It counts the occurrences that match it: ``skip`` of them pass, then ``times`` (None: all)
    of
    the others are hit with ``chance``."""

    surface: str
    kind: str
    match: str = ""
    chance: float = 1.0
    skip: int = 0
    times: int | None = None
    values: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS.get(self.surface, frozenset()):
            raise UnknownFault(f"No fault {self.kind!r} on {self.surface!r}; there are: {_catalogue()}.")
        if not 0 <= self.chance <= 1 or self.skip < 0 or (self.times is not None and self.times < 0):
            raise UnknownFault("chance is 0 to 1; skip and times are not negative.")
        if not all(isinstance(value, int | float) for value in self.values.values()):
            raise UnknownFault("values are numbers.")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that applies now. ``draw`` is in [0, 1) and follows from the seed, for faults that need a
    choice.
    """

    kind: str
    values: dict[str, float]
    draw: float

    def value(self, name: str, default: float) -> float:
        """One of its values."""
        return self.values.get(name, default)


class FaultBook:
    """The rules of one twin, kept in its store."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._seed = seed

    def add(self, rule: Rule) -> str:
        """Add a rule; its id. Rules added later are asked later."""
        key = secrets.token_hex(4)
        number = 1 + max((rule["number"] for rule in self._store.each("fault")), default=0)
        self._store.put("fault", key, {"id": key, "number": number, "seen": 0, "hit": 0, **asdict(rule)})
        return key

    def rules(self) -> list[Doc]:
        """All rules with how many occurrences they saw and hit, oldest first."""
        return list(self._store.each("fault", oldest_first=True))

    def remove(self, key: str) -> bool:
        """Remove a rule; whether it was there."""
        return self._store.remove("fault", key)

    def clear(self) -> None:
        """Remove all rules."""
        for rule in self.rules():
            self.remove(rule["id"])

    def draw(self, surface: str, subject: str) -> list[Fault]:
        """The faults of this occurrence, in the order of their rules; it is counted."""
        hits = []
        for rule in self._store.each("fault", oldest_first=True, equal={"surface": surface}):
            if rule["match"] not in subject:
                continue
            choice = self._choice(rule["number"], rule["seen"])
            spent = rule["times"] is not None and rule["hit"] >= rule["times"]
            hit = not spent and rule["seen"] >= rule["skip"] and choice < rule["chance"]
            self._store.put("fault", rule["id"], {**rule, "seen": rule["seen"] + 1, "hit": rule["hit"] + hit})
            if hit:
                hits.append(
                    Fault(rule["kind"], rule["values"], self._choice(rule["number"], rule["seen"], "draw"))
                )
        return hits

    def _choice(self, number: int, occurrence: int, purpose: str = "hit") -> float:
        digest = hashlib.sha256(f"{self._seed}:{number}:{occurrence}:{purpose}".encode()).digest()
        return int.from_bytes(digest[:7]) / (1 << 56)


def _catalogue() -> str:
    return "; ".join(f"{surface}: {', '.join(sorted(kinds))}" for surface, kinds in KINDS.items())
