"""How answers are wrapped on the paths of an earlier document."""

from msgspec import Struct


class Envelope(Struct, frozen=True, rename="camel", kw_only=True):
    """What was asked for is in `data`. Errors have the shape that they have everywhere."""

    success: bool = True
    message: str
