"""What the figures need from outside. Each has a fake in ``tests/fakes`` held to the same contract."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sluice.domain.figure_rows import RowKey, Scope, TallyKey
from sluice.domain.qoe_counts import Tally
from sluice.domain.qoe_figures import Collected


@dataclass(frozen=True, slots=True)
class Watched:
    """Of a video, what its figures need."""

    owner_id: str
    title: str
    duration_seconds: float | None


class WatchedVideos(Protocol):
    """The videos' table, asked about many at once."""

    def known(self, video_ids: Iterable[str]) -> Mapping[str, Watched]:
        """Those that there are; what was deleted, or is no id of ours, is left out."""


@dataclass(frozen=True, slots=True)
class Put[T]:
    """A row to be written where ``version`` still stands (0: where there is none)."""

    key: RowKey[T]
    version: int
    document: T
    kept_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """A row to be removed if it still is as it was read: this version, this tally; or, ``None``, anyhow."""

    key: RowKey[Any] | TallyKey
    read: int | Tally | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """What to add to a tally, if there is one yet or not."""

    key: TallyKey
    tally: Tally


type Write = Put[Any] | Delete | Add

MOST_WRITES = 100
"""As many rows as one transaction takes."""


class FoundRows:
    """Rows as read; a row that is not there has version 0 and no document."""

    def __init__(self, rows: Mapping[tuple[str, str], tuple[int, Any]]) -> None:
        self._rows = rows

    def version(self, key: RowKey[Any]) -> int:
        return self._rows.get((key.partition, key.sort), (0, None))[0]

    def document[T](self, key: RowKey[T]) -> T | None:
        found = self._rows.get((key.partition, key.sort))
        return found[1] if found else None


class FigureStore(Protocol):
    """The table of sessions and figures."""

    def read(self, keys: Iterable[RowKey[Any]]) -> FoundRows: ...

    def commit(self, writes: Sequence[Write]) -> None:
        """All of them or none; at most ``MOST_WRITES``.

        Raises:
            WriteConflict: a row has changed since it was read, or is contended.
        """

    def collected(self, scope: Scope) -> Collected:
        """All figures of a video or an owner."""

    def rows[T](self, scope: Scope, prefix: str, kind: type[T]) -> Iterator[tuple[RowKey[T], int, T]]:
        """Each row whose sort key begins with ``prefix``, with its version and document."""

    def tallies(self, scope: Scope) -> Iterator[Add]:
        """Each tally as it stands."""

    def remove_all(self, scope: Scope) -> int:
        """Remove every row of a scope, whatever it holds; how many there were."""

    def is_empty(self, scope: Scope) -> bool: ...


class RawBeacons(Protocol):
    """Beacons as they came, kept for queries."""

    def keep(self, lines: Sequence[bytes], *, name: str, now: datetime) -> None:
        """Keep JSON lines as one object; the same name again replaces it."""
