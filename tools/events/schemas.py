"""The JSON Schemas of the events, one for each ``detail-type``."""

import json
from pathlib import Path
from typing import Any

import msgspec
from sluice.events.videos import EVENTS

SCHEMAS = Path(__file__).parents[2] / "docs/events.schema.json"


def schemas() -> dict[str, Any]:
    """One document; ``$defs`` has the schema of each event's ``detail`` by the event's name."""
    _, found = msgspec.json.schema_components(EVENTS, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The `detail` of each event, by its `detail-type`",
        "$defs": {event.__name__: found[event.__name__] for event in EVENTS},
    }


def rendered() -> str:
    """The document as it is committed."""
    return json.dumps(schemas(), indent=2, ensure_ascii=False) + "\n"
