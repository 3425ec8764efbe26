"""The OpenAPI document, made from the functions' routes, annotations and docstrings (docs/adr/0012)."""
