"""Cloudflare Stream: direct creator uploads (form and tus), videos, signed playback, webhooks."""
