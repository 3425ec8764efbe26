"""Query parameters of lists."""

from collections.abc import Mapping

from sluice.domain.errors import FieldProblem, InvalidFields

_DEFAULT_LIMIT, _MOST = 24, 100


def read_limit(query: Mapping[str, str]) -> int:
    """``limit`` (1..100, default 24)."""
    text = query.get("limit")
    if text is None:
        return _DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= _MOST):
        problem = FieldProblem("limit", f"must be a whole number from 1 to {_MOST}")
        raise InvalidFields("The query is not valid.", problem)
    return int(text)


def read_choice(query: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str | None:
    """A parameter that may be left out, else is one of ``choices``."""
    value = query.get(name)
    if value is not None and value not in choices:
        problem = FieldProblem(name, f"must be one of: {', '.join(choices)}")
        raise InvalidFields("The query is not valid.", problem)
    return value
