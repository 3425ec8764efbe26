"""The page about events, for those who write consumers."""

from pathlib import Path
from typing import Any

from sluice.adapters.eventbridge import SOURCE
from sluice.events.outgoing import TEST, TYPES, EndpointTested
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
  and, for programs, in [events.schema.json](events.schema.json) and [asyncapi.json](asyncapi.json).
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

_ENDPOINTS = """\
## To HTTP endpoints

Users have the events of their own videos sent to a URL: `POST /api/webhook-endpoints`. Each delivery is a
`POST` of `{{"type": …, "timestamp": …, "data": …}}`, where `data` is the event as it is described above:

| `type` | Event |
|---|---|
{types}
| `{test}` | {tested} |

Deliveries are signed as [Standard Webhooks](https://www.standardwebhooks.com) say, so its libraries verify
them: over `webhook-id`, `webhook-timestamp` and the raw body, in `webhook-signature`. An endpoint chooses
`v1` (HMAC-SHA256 with a secret) or `v1a` (Ed25519 with our private key). While a key is replaced there are
two signatures, by the new one and, for a day, by the one before.

- Answer with any 2xx within 15 seconds and work afterwards. **A delivery may come more than once**, always
  with the same `webhook-id`; deliveries may overtake each other, so mind `data.version`.
- No answer, a redirect, 408, 429 and 5xx are tried again after 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h,
  4 h, 6 h and 10 h 20 min, each a little longer by chance, and later where `Retry-After` says so. Any other
  4xx is not.
- 410 disables the endpoint at once; so does a day without anything having arrived, after five failures at
  least. `GET /api/webhook-endpoints` shows it, `PATCH …/{{id}}` with `{{"enabled": true}}` ends it.
- `GET …/{{id}}/deliveries` tells for 30 days what was sent and how it went,
  `POST …/{{id}}/deliveries/{{deliveryId}}/resend` sends one again, `POST …/{{id}}/test` tries it out.
- URLs must be public and `https`, as for imports; redirects are not followed.
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
    parts.append(_endpoints())
    return "\n".join(parts)


def _endpoints() -> str:
    types = "\n".join(f"| `{name}` | {event.__name__} |" for event, name in TYPES.items())
    tested = _sentences(EndpointTested.__doc__ or "").strip() + " `data` has its `endpointId`."
    return _ENDPOINTS.format(types=types, test=TEST, tested=tested)


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
