"""What a media tool said before it failed: for the log, and for it alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sluice.adapters.ffmpeg.process import ToolFailed
from sluice.domain.errors import SluiceError
from sluice.edge.logger import logger


@contextmanager
def telling(about: Mapping[str, str]) -> Iterator[None]:
    """Log what is raised in the block, with the tool's own words, and let it go on to the state machine."""
    try:
        yield
    except SluiceError as error:
        tool = next((e for e in (error, error.__cause__) if isinstance(e, ToolFailed)), None)
        words = {"toolStatus": tool.status, "toolSaid": tool.told} if tool else {}
        logger().warning("media step failed", exc_info=True, extra={**about, "code": error.code, **words})
        raise
