"""Times as the contract writes them."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def maybe_iso(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
