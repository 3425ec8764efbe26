"""Every minute: videos whose deadline has passed are asked about, helped on, or given up with a reason."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sluice.domain.errors import PollBudgetSpent, Unavailable, WriteConflict
from sluice.edge import wiring
from sluice.edge.import_wiring import import_queue
from sluice.edge.logger import logger, metrics
from sluice.usecases.reconcile_video import Helpers, reconcile_video

# Per shard and minute: what is over stays due, and the next minute goes on with it.
_AT_ONCE = 50
_LEFT_AT_THE_END_MS = 10_000
_BUDGET_GROWS_SECONDS = 0.5
# Those behind have their turn meanwhile: a shard's page is full of what comes first.
_NEXT_TRY = timedelta(minutes=2)


def handler(_event: dict[str, Any], context: Any) -> dict[str, int]:
    """Look after what is due; fails in the end if any video could not be, so that the alarm tells."""
    look = _Round(context)
    waiting = look.at(wiring.videos().due(datetime.now(UTC), limit=_AT_ONCE))
    while waiting and look.has_time():
        time.sleep(_BUDGET_GROWS_SECONDS)
        waiting = look.at(waiting)
    look.verdicts["deferred"] += len(waiting)
    counted = dict(+look.verdicts)
    logger().info("reconciled", extra={"verdicts": counted, "failed": look.failed})
    _count({**counted, "failed": look.failed})
    if look.failed:
        raise RuntimeError(f"{look.failed} videos could not be reconciled")
    return counted


class _Silent(Exception):
    """The video's provider has given no answer in this round; the video stays due."""


class _Round:
    """One minute's work. A provider that does not answer is not asked again in it, as each wait is long."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._down: set[str] = set()
        self._asked = ""
        self.verdicts = Counter[str]()
        self.failed = 0

    def has_time(self) -> bool:
        return bool(self._context.get_remaining_time_in_millis() >= _LEFT_AT_THE_END_MS)

    def at(self, video_ids: Iterable[str]) -> list[str]:
        """Look after each while there is time; those for which their provider may not be asked just now."""
        waiting = []
        for video_id in video_ids:
            if not self.has_time():
                break
            self._asked = ""
            try:
                self.verdicts[self._reconcile(video_id)] += 1
            except _Silent:
                self.verdicts["deferred"] += 1
                self._postpone(video_id)
            except PollBudgetSpent:
                waiting.append(video_id)
            except Exception as error:  # noqa: BLE001 - one that cannot be helped must not hold back the rest
                logger().exception("video could not be reconciled", extra={"videoId": video_id})
                self.failed += 1
                self._postpone(video_id)
                if isinstance(error, Unavailable) and not isinstance(error, WriteConflict):
                    self._down.add(self._asked)
        return waiting

    def _postpone(self, video_id: str) -> None:
        """Where even that cannot be written, nothing can: the rest would fail as well."""
        wiring.videos().postpone(video_id, until=datetime.now(UTC) + _NEXT_TRY)

    def _reconcile(self, video_id: str) -> str:
        return reconcile_video(
            video_id,
            now=datetime.now(UTC),
            videos=wiring.videos(),
            helpers=self._helpers,
            queue=wiring.source_queue(),
            fetching=import_queue(),
            patience=wiring.patience,
        )

    def _helpers(self, provider: str) -> Helpers:
        if provider in self._down:
            raise _Silent
        self._asked = provider
        return wiring.helpers(provider)


def _count(verdicts: Mapping[str, int]) -> None:
    for verdict, times in verdicts.items():
        metrics().add_metric(f"Reconciled.{verdict}", "Count", times)
    metrics().flush_metrics()
