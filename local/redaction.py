"""Keeps secrets out of the local stack's logs: tokens, keys, signatures, and queries that hold one."""

import re
from urllib.parse import parse_qsl, urlencode

# Parameters of our own API whose values say nothing secret; any other is logged by name only.
PLAIN_PARAMETERS = frozenset({"limit", "status", "communityId", "videoId", "action"})
HIDDEN = "***"

_PATTERNS = (
    # a query string with anything in it that signs or opens: the whole query goes
    (
        re.compile(r"\?[^\s\"'<>]*(?:X-Amz-|token=|key=|signature=|secret=)[^\s\"'<>]*", re.IGNORECASE),
        "?" + HIDDEN,
    ),
    # where a provider's twin takes an upload or gives a master: whoever knows the address may use it
    (re.compile(r"(/twins/\w+/(?:upload|tus|master)/)\w+"), r"\1" + HIDDEN),
    # a JSON Web Token, wherever it stands (also one cut off after its payload)
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),
    (re.compile(r"\b(Bearer|AWS4-HMAC-SHA256)\b[ :]+\S[^\n]*", re.IGNORECASE), r"\1 " + HIDDEN),
    # name and value pairs, as in headers, JSON and Python's repr of either
    (
        re.compile(
            r"([\"']?\b[\w-]*(?:authorization|secret|password|x-video-key|security-token|sessiontoken"
            r"|session_token|secretstring|access_key|signature)[\w-]*[\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|[^\s,}&]+)",
            re.IGNORECASE,
        ),
        r"\1" + HIDDEN,
    ),
)


def redact(line: str) -> str:
    """``line`` without what could be used to get in somewhere."""
    for pattern, replacement in _PATTERNS:
        line = pattern.sub(replacement, line)
    return line


def loggable_target(path: str, query: str) -> str:
    """A request's path and query as the log may show it: unknown parameters keep their name only."""
    if not query:
        return redact(path)
    pairs = (
        [
            (
                name if name.replace("-", "").replace("_", "").isalnum() else HIDDEN,
                value if name in PLAIN_PARAMETERS else HIDDEN,
            )
            for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=50, errors="replace")
        ]
        if query.count("&") < 50
        else [(HIDDEN, HIDDEN)]
    )
    return f"{redact(path)}?{urlencode(pairs, safe='*')}"
