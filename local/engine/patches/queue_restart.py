"""After a restart nobody works on a message any more, so what was in flight is visible at once.

Otherwise it would wait for its visibility time-out, six times a function's, as if the work went on.
"""

from typing import Any

from ministack.services import sqs

from local.engine.patches.expect import expect


def apply() -> None:
    """Release in-flight messages when saved queues are loaded."""
    expect(sqs._restore_state, '_queues.update(data.get("queues", {}))')
    restore = sqs._restore_state

    def released(data: Any) -> None:
        restore(data)
        for queue in sqs._queues._data.values():
            for message in queue.get("messages", []):
                if message.get("receive_count", 0) and message.get("receipt_handle"):
                    message["visible_at"] = 0.0

    sqs._restore_state = released
