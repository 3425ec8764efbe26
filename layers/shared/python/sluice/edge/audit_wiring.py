"""The composition root of the nightly audit alone."""

from collections.abc import Callable, Mapping
from functools import partial

from sluice.adapters.dynamodb.survey import DynamoSurvey
from sluice.adapters.s3.inventory import S3Inventory
from sluice.edge import clients, wiring
from sluice.edge.settings import settings
from sluice.usecases.audit_ports import Inventory


def rows() -> DynamoSurvey:
    return DynamoSurvey(clients.dynamodb(), settings().videos_table)


def inventories() -> Mapping[str, Callable[[], Inventory]]:
    """Every place where things are stored for videos, by its name."""
    ours = settings()
    places: dict[str, Callable[[], Inventory]] = {
        "bucket": lambda: S3Inventory(clients.s3(), ours.media_bucket)
    }
    return places | {name: partial(_at, name) for name in ours.providers if name != "s3"}


def _at(provider: str) -> Inventory:
    return wiring.outside(provider).inventory
