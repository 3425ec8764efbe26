"""Answers to webhooks."""

from msgspec import Struct


class ReceivedAnswer(Struct, frozen=True, rename="camel"):
    """The delivery is stored and will have its effect."""

    received: bool
