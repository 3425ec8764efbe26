"""The twin of a video generator."""

from local.twins.generator.app import Generator, app

__all__ = ["Generator", "app"]
