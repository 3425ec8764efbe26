"""Parts of the twins that need no server."""
