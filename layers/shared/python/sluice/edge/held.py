"""What one of a provider's secrets holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from sluice.adapters.standard_webhooks import BadKey, require_keys
from sluice.edge.settings import Misconfigured


@dataclass(frozen=True, slots=True)
class Held:
    """Values by the names of the configuration; ``source`` is the variable that says where they are."""

    source: str
    values: Mapping[str, object] = field(repr=False)

    @classmethod
    def read(cls, text: str, source: str) -> "Held":
        """A secret's text, which must be a JSON object.

        Raises:
            Misconfigured: it is not.
        """
        try:
            return cls(source, msgspec.json.decode(text, type=dict[str, object]))
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            # Without its cause, which might show what the secret holds.
            raise Misconfigured(f"{source} must name a secret with a JSON object.") from None

    def __getitem__(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            raise Misconfigured(f"{name} is not in the secret that {self.source} names.")
        return value

    def maybe(self, name: str) -> str | None:
        """A value that need not be there."""
        return self[name] if self.values.get(name) else None

    def listed(self, name: str) -> tuple[str, ...]:
        """The parts of a comma-separated list; none if the name is not there."""
        parts = self[name].split(",") if self.values.get(name) else []
        return tuple(part.strip() for part in parts if part.strip())

    def webhook_keys(self, name: str) -> tuple[str, ...]:
        """The same for keys of Standard Webhooks; none if the name is not there.

        Raises:
            Misconfigured: one of them is of no use.
        """
        keys = self.listed(name)
        try:
            require_keys(keys)
        except BadKey as error:
            raise Misconfigured(f"{name} cannot be used: {error}") from None
        return keys
