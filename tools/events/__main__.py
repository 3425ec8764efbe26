"""``python -m tools.events`` writes ``docs/events.md``, ``events.schema.json`` and ``asyncapi.json``."""

from tools.events import asyncapi
from tools.events.pages import PAGE, page
from tools.events.schemas import SCHEMAS, rendered

SCHEMAS.write_text(rendered(), encoding="utf-8")
PAGE.write_text(page(), encoding="utf-8")
asyncapi.DOCUMENT.write_text(asyncapi.rendered(), encoding="utf-8")
