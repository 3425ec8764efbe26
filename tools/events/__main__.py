"""``python -m tools.events`` writes ``docs/events.schema.json`` and ``docs/events.md``."""

from tools.events.pages import PAGE, page
from tools.events.schemas import SCHEMAS, rendered

SCHEMAS.write_text(rendered(), encoding="utf-8")
PAGE.write_text(page(), encoding="utf-8")
