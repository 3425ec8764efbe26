"""P12: what a thousand uploads of a minute cost, from the ladder as it was measured and a dated price list.

Ours is every request that one upload makes, from the ticket to the last rendition. The baseline is one
function that runs ffmpeg three times and puts what it made: no state machine, no progress, no pictures.
Neither has storage or delivery in it, which are the same for both.
"""

from sluice.domain.pieces import SEGMENT_SECONDS, Kind, Plan

from benchmarks.prices import (
    API_REQUEST,
    BUS_EVENT,
    GET,
    PUT,
    QUEUE_REQUEST,
    STATE_TRANSITION,
    WRITE_UNIT,
    invocation,
)
from benchmarks.table import Row

MINUTE = 60.0
_UPLOADS = 1000
# The goals are dollars where the plain way costs 3.81; processors differ, so what is held to is the share.
_GOAL_ENCODED, _GOAL_STREAMABLE = 2.30 / 3.81, 1.20 / 3.81

# As counted on the local stack, with a minute of 1080p: 17 tasks, and the row's version was 18 in the end.
_CHANGES = 18
# Each goes from the stream to the bus, and over two queues to pushes and to outgoing webhooks.
_INVOCATIONS_A_CHANGE = 3
_QUEUE_REQUESTS_A_CHANGE = 2 * 3
# Three kilobytes: twice for the transaction, once in each of two indexes, and a key in the third.
_UNITS_A_CHANGE = 2 * 3 + 2 * 3 + 1
# Ticket, ingest, plan, and each stage's end.
_INVOCATIONS_BESIDE_TASKS = 5
# Plan, both maps, publish, whether it is playable, finish.
_STATES_BESIDE_TASKS = 6
_BUSY_SECONDS = 0.02
# Poster, sprite, storyboard.
_STILLS = 3
# Ranges of the source; and the end of what was made, when each stage's playlists are written.
_READS_A_TASK = 8 + 2


def upload_cost_rows(*, naive: float, encoded: tuple[Plan, float], copied: tuple[Plan, float]) -> list[Row]:
    """Dollars; of each way the plan for a minute, and processor seconds for a minute of video."""
    plain = _UPLOADS * _plain(naive)
    return [
        Row(
            key="P12",
            what=f"cost of a thousand minutes, {what} ÷ one function, three runs",
            ours=_UPLOADS * dollars(*way),
            baseline=plain,
            unit="$",
            limit=limit,
        )
        for what, way, limit in (
            ("encoded", encoded, _GOAL_ENCODED),
            ("streamable", copied, _GOAL_STREAMABLE),
        )
    ]


def dollars(plan: Plan, processor_seconds: float) -> float:
    """One upload by ``plan``, whose tasks keep processors busy for so long."""
    tasks = [*plan.first, *plan.rest]
    objects = [task for task in tasks if task.kind is not Kind.PICTURES]
    a_change = (
        _UNITS_A_CHANGE * WRITE_UNIT
        + BUS_EVENT
        + _QUEUE_REQUESTS_A_CHANGE * QUEUE_REQUEST
        + _INVOCATIONS_A_CHANGE * invocation(_BUSY_SECONDS)
    )
    return (
        API_REQUEST
        + len(tasks) * invocation(processor_seconds / len(tasks))
        + _INVOCATIONS_BESIDE_TASKS * invocation(_BUSY_SECONDS)
        + (len(tasks) + _STATES_BESIDE_TASKS) * STATE_TRANSITION
        # To know how far the video is, each task lists what there is, at the price of a PUT.
        + (1 + 2 * len(objects) + _STILLS + _playlists(plan)) * PUT
        + len(tasks) * _READS_A_TASK * GET
        + _CHANGES * a_change
    )


def _playlists(plan: Plan) -> int:
    """Those of the renditions once each, and in each stage the one that leads to them."""
    written = 0
    for tasks in (plan.first, plan.rest):
        pictures = {rung.name for task in tasks for rung in task.rungs}
        sound = any(task.kind in {Kind.AUDIO, Kind.PACKAGE} for task in tasks)
        written += len(pictures) + sound + 1 if pictures else 0
    return written


def _plain(processor_seconds: float) -> float:
    segments = 3 * MINUTE / SEGMENT_SECONDS
    return API_REQUEST + invocation(processor_seconds) + (1 + segments + 3 + 1) * PUT + 2 * WRITE_UNIT
