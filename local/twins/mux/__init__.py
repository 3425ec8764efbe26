"""The twin of Mux Video."""

from local.twins.mux.app import app

__all__ = ["app"]
