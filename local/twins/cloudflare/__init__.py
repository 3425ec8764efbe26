"""The twin of Cloudflare Stream."""

from local.twins.cloudflare.app import app

__all__ = ["app"]
