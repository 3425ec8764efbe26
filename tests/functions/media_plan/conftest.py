"""The media functions' own deployment."""

from tests.functions.media import media

__all__ = ["media"]
