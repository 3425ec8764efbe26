"""Sessions of assumed roles outlive a restart, as they do on AWS: a URL signed before it still opens."""

import copy
import time
from typing import Any

from ministack.services import sts

from local.engine.patches.expect import expect


def apply() -> None:
    """Save and load the sessions that have not expired."""
    expect(sts.get_state, "return {}")

    def get_state() -> dict[str, Any]:
        sessions = dict(sts._sessions)
        return {"sessions": {key: copy.deepcopy(held) for key, held in sessions.items() if _alive(held)}}

    def load(data: dict[str, Any]) -> None:
        sts._sessions.update({key: held for key, held in data.get("sessions", {}).items() if _alive(held)})

    sts.get_state = get_state
    sts.load_persisted_state = load


def _alive(session: dict[str, Any]) -> bool:
    expiry = session.get("Expiration")
    return isinstance(expiry, int | float) and expiry > time.time()
