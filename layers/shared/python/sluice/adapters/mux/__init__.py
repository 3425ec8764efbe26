"""Mux Video: direct uploads, assets, signed playback, webhooks."""
