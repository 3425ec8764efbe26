"""The ``Idempotency-Key`` header: what it stands for, per user and route."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.edge import wiring
from sluice.edge.http import Reply, Request
from sluice.usecases.once import Outcome, once

_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The table's key of a request, and the fingerprint that tells another body from the same one."""

    key: str
    fingerprint: str


def request_key(request: Request, route: str, body: Any) -> RequestKey | None:
    """What the request's key stands for; ``None`` if it carries none.

    Bodies are compared as canonical JSON, so white space and the order of fields do not matter.
    """
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    if not 1 <= len(given) <= _LONGEST_KEY:
        problem = FieldProblem("Idempotency-Key", f"must have 1 to {_LONGEST_KEY} characters")
        raise InvalidFields("The idempotency key is not valid.", problem)
    named = msgspec.json.encode([request.caller.user_id, route, given])
    canonical = msgspec.json.encode(body, order="sorted")
    return RequestKey(sha256(named).hexdigest(), sha256(canonical).hexdigest())


def create_once(
    request: Request, route: str, body: Any, create: Callable[[str], object], *, new_id: str
) -> Outcome:
    """``create`` something under an id, once for the request's key; without a key, once a request.

    ``route`` and ``body`` say what the key stands for; ``create`` may be given another id than ``new_id``:
    see ``usecases/once.py``.
    """
    key = request_key(request, route, body)
    if key is None:
        create(new_id)
        return Outcome(new_id, replayed=False)
    return once(wiring.idempotency(), key.key, key.fingerprint, create, new_id=new_id, now=request.now)


def created(outcome: Outcome, answer: Any, *, status: int = 201) -> Reply:
    """The answer of a creating request; it says so if it is given again."""
    return Reply(status, answer, {"idempotent-replayed": "true"} if outcome.replayed else {})
