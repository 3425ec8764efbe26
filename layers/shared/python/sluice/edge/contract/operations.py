"""Answers about the service itself."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

type Outcome = Literal["ok", "failing"]


class HealthChecks(Struct, frozen=True, rename="camel"):
    """What was looked at."""

    configuration: Annotated[Outcome, Meta(description="The settings can be used.")]
    table: Annotated[Outcome, Meta(description="The videos' table answers.")]


class HealthAnswer(Struct, frozen=True, rename="camel"):
    """Whether the service can do its work; with `failing` the answer's status is 503."""

    status: Outcome
    version: str
    provider: Annotated[str, Meta(description="The provider of new videos; null if not configured.")] | None
    providers: Annotated[
        list[str], Meta(description="Those that a request may name; none if not configured.")
    ]
    checks: HealthChecks
