"""JSON bodies read against their contract: unreadable is 400, a field of the wrong type or value 422."""

import re

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
        match = _PLACE.match(str(error))
        problem, field = (match["problem"], match["field"]) if match else (str(error), None)
        missing = re.match(r"Object missing required field `(.+)`", problem)
        if missing:
            field = ".".join(filter(None, (field, missing[1])))
            problem = "is required"
        if not field:
            raise Malformed("The body must be a JSON object.") from error
        raise InvalidFields("Some fields are not valid.", FieldProblem(field, problem)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("The body is not readable JSON.") from error
    return answer
