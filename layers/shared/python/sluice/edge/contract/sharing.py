"""Answers about secret keys."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

type SecretKey = Annotated[
    str,
    Meta(
        description="Opens this one video; told once, as only its hash is kept.",
        extra_json_schema={"pattern": "^[A-Za-z0-9_-]{43}$"},
    ),
]


class SecretKeyAnswer(Struct, frozen=True, rename="camel"):
    """A video's new key: whoever sends it as `X-Video-Key` may watch the video without signing in.

    A repeated request with the same idempotency key is answered without it.
    """

    secret_key: SecretKey | UnsetType = UNSET
