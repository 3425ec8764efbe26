"""Reading what others send: tolerant of types that drift and of fields that are missing.

Each reader gives the value in the type asked for, or ``None`` for anything else; nothing here raises but
``read_object``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import msgspec

from sluice.domain.errors import Malformed

_decode = msgspec.json.Decoder().decode


def read_object(raw: bytes) -> dict[str, Any]:
    """A JSON object.

    Raises:
        Malformed: it is not readable JSON, or not an object.
    """
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not readable JSON.") from error
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object.")
    return value


def mapping(value: object) -> Mapping[str, Any]:
    """An object's fields; none of anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; what else is in it is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: object) -> str | None:
    """Text that is not empty."""
    return value if isinstance(value, str) and value else None


def number(value: object) -> float | None:
    """A finite number, also one written as text (``"39.000000"``)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = float(value)
    except (ValueError, OverflowError):
        return None
    return read if isfinite(read) else None


def positive(value: object) -> float | None:
    """A number above zero: ``-1`` and ``0`` are how providers say that they do not know."""
    read = number(value)
    return read if read and read > 0 else None


def pixels(value: object) -> int | None:
    """A side's length."""
    read = positive(value)
    return round(read) if read else None


def moment(value: object) -> datetime | None:
    """A time, given in ISO 8601 or in seconds since 1970, as number or text."""
    seconds = number(value)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds, UTC)
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    if read is None:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
