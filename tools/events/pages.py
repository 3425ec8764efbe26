"""The page about events, for those who write consumers."""

from pathlib import Path
from typing import Any

from sluice.adapters.eventbridge import SOURCE
from sluice.events.videos import EVENTS, VideoEvent

from tools.events.schemas import schemas

PAGE = Path(__file__).parents[2] / "docs/events.md"

_TOP = f"""\
# Events

<!-- Written by `python -m tools.events` from the contracts in sluice/events; a test holds them together. -->

Whatever changes a video, be it a request, S3, the media pipeline or a deadline, first changes its row. The
table's stream then becomes events on the deployment's own EventBridge bus (`EventBusName` in the stack's
outputs). Nothing is published that was not stored, and what was stored is published, if need be later.

- `source` is `{SOURCE}`, `detail-type` is the event's name, `time` its own time; `detail` is described below
  and, for programs, in [events.schema.json](events.schema.json).
- **An event may come more than once, and events may overtake each other.** Remember per video the highest
  `version` that you have acted on and drop events with a lower one. One change can be told as several events
  of one `version`, such as `VideoReady` and `VideoUpdated`: know repeats by `version` and name together.
- A video may skip steps: what was stored in one change is told as its outcome.
- Fields are only ever added, and their meaning stays. Let your consumer ignore those that it does not know.
- No event carries a link, a token or a key: ask the API for those when you need them.

A rule for a queue of yours that hears of videos as soon as they can be played:

```yaml
VideoReadyRule:
  Type: AWS::Events::Rule
  Properties:
    EventBusName: sluice-prod-events
    EventPattern: {{source: [{SOURCE}], detail-type: [VideoReady]}}
    Targets: [{{Id: ours, Arn: !GetAtt OurQueue.Arn}}]
```
"""


def page() -> str:
    """The page as it is committed, in Markdown."""
    described = schemas()["$defs"]
    common = tuple(field for field in _names(VideoEvent))
    parts = [_TOP, "## In every event\n", _table(described[EVENTS[0].__name__], common)]
    for event in EVENTS:
        own = tuple(name for name in _names(event) if name not in common)
        parts += [f"## {event.__name__}\n", _sentences(event.__doc__ or "")]
        if own:
            parts.append(_table(described[event.__name__], own))
    return "\n".join(parts)


def _names(event: type[VideoEvent]) -> tuple[str, ...]:
    return event.__struct_encode_fields__


def _sentences(docstring: str) -> str:
    return " ".join(docstring.split()).replace("``", "`") + "\n"


def _table(schema: dict[str, Any], names: tuple[str, ...]) -> str:
    rows = [
        f"| `{name}` | {_type(schema['properties'][name])} | {_about(schema['properties'][name])} |"
        for name in names
    ]
    return "\n".join(["| Field | Type | Meaning |", "|---|---|---|", *rows]) + "\n"


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    return "time (ISO 8601, UTC)" if schema.get("format") == "date-time" else str(schema["type"])


def _about(schema: dict[str, Any]) -> str:
    told = [schema, *schema.get("anyOf", [])]
    return next((one["description"] for one in told if "description" in one), "")
