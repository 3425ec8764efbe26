"""What removes deleted videos, put together for purge alone."""

from collections.abc import Sequence
from functools import cache

from sluice.adapters.dynamodb.remnants import DynamoRemnants
from sluice.domain.video import Video
from sluice.edge import clients, wiring
from sluice.edge.figures_wiring import figures
from sluice.edge.settings import settings
from sluice.usecases.deletion_ports import Step
from sluice.usecases.purge_figures import remove_figures
from sluice.usecases.purge_steps import plan_deletion


@cache
def _remnants() -> DynamoRemnants:
    return DynamoRemnants(clients.dynamodb(), settings().videos_table)


def plan(video: Video) -> Sequence[Step]:
    """The steps for a video; what else is kept of videos adds its own here."""
    stored = plan_deletion(
        video,
        work=wiring.executions,
        remains=wiring.remains,
        holdings=wiring.holdings,
        remnants=_remnants(),
    )
    return *stored, remove_figures(figures())
