"""Bodies and queries read against their contract: unreadable is 400, a wrong type or value 422."""

import re
from collections.abc import Mapping

import msgspec

from sluice.domain.errors import FieldProblem, InvalidFields, Malformed

_PLACE = re.compile(r"^(?P<problem>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)


def read_body[T](contract: type[T], raw: bytes) -> T:
    """``raw`` as an instance of ``contract``; an empty body is an empty object.

    Raises:
        Malformed: not JSON, or not an object.
        InvalidFields: a field is missing, or its type or value is not what the contract says.
    """
    try:
        answer = msgspec.json.decode(raw or b"{}", type=contract)
    except msgspec.ValidationError as error:
        problem = problem_of(error)
        if not problem.field:
            raise Malformed("The body must be a JSON object.") from error
        raise InvalidFields("Some fields are not valid.", problem) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not readable JSON.") from error
    return answer


def read_query[T](contract: type[T], query: Mapping[str, str]) -> T:
    """A query's parameters as an instance of ``contract``; numbers are read from their digits.

    Raises:
        InvalidFields: a parameter is not what the contract says.
    """
    try:
        return msgspec.convert(query, contract, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidFields("The query is not valid.", problem_of(error)) from error


def problem_of(error: msgspec.ValidationError) -> FieldProblem:
    """Which field it is (empty: none in particular), and what is wrong with it."""
    match = _PLACE.match(str(error))
    problem, field = (match["problem"], match["field"] or "") if match else (str(error), "")
    missing = re.match(r"Object missing required field `(.+)`", problem)
    if missing:
        return FieldProblem(".".join(filter(None, (field, missing[1]))), "is required")
    return FieldProblem(field, problem)
