"""How every error is told."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType


class FieldDetail(Struct, frozen=True, rename="camel"):
    """What is wrong with one field or parameter, named as in the request."""

    field: Annotated[str, Meta(description="Where it is, such as `fileSize` or `parts[0].etag`.")]
    problem: str


class ErrorBody(Struct, frozen=True, rename="camel"):
    """Any error. `code` is stable and for programs, `error` is a sentence for people."""

    error: str
    code: Annotated[str, Meta(extra_json_schema={"pattern": "^[a-z0-9_]+$"})]
    request_id: Annotated[
        str, Meta(description="Names this request in the logs; quote it when asking for help.")
    ]
    details: list[FieldDetail] | UnsetType = UNSET
