"""Our own bucket as a provider: uploads, objects, signed URLs, playback grants."""
