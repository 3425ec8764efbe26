"""Programs that write committed files from the code, such as ``python -m tools.openapi``."""
