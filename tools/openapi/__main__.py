"""``python -m tools.openapi`` writes the document to where the docs function serves it from."""

from tools.openapi.document import DOCUMENT, rendered

DOCUMENT.write_text(rendered(), encoding="utf-8")
