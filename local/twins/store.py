"""What a twin remembers: JSON documents by kind and key in one SQLite file, so that a restart forgets
nothing.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from local.twins.refusals import Doc

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    due REAL,
    doc TEXT NOT NULL,
    UNIQUE (kind, key)
);
CREATE INDEX IF NOT EXISTS by_due ON documents (kind, due) WHERE due IS NOT NULL;
"""


_EVERY: Mapping[str, str] = {}


class Store:
    """Documents of one twin. Used from the event loop's thread; every call is one short statement.

    ``due`` is an epoch time in seconds: documents that have one can be asked for by it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    @property
    def _db(self) -> sqlite3.Connection:
        if (
            self._connection is None
        ):  # opened at first use: an application that never runs leaves no file open
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._path.chmod(0o600)  # it holds signing keys
            self._connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {_SCHEMA}")
        return self._connection

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, kind: str, key: str) -> Doc | None:
        """One document."""
        row = self._db.execute("SELECT doc FROM documents WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, kind: str, key: str, doc: Doc, *, due: float | None = None) -> None:
        """Write one document; its place in the order of creation stays."""
        self._db.execute(
            "INSERT INTO documents (kind, key, due, doc) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET due = excluded.due, doc = excluded.doc",
            (kind, key, due, json.dumps(doc)),
        )

    def add(self, kind: str, key: str, doc: Doc, *, due: float | None = None) -> bool:
        """Write one document unless it is there already; whether it was written."""
        cursor = self._db.execute(
            "INSERT INTO documents (kind, key, due, doc) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (kind, key) DO NOTHING",
            (kind, key, due, json.dumps(doc)),
        )
        return cursor.rowcount == 1

    def remove(self, kind: str, key: str) -> bool:
        """Forget one document; whether it was there."""
        return self._db.execute("DELETE FROM documents WHERE kind = ? AND key = ?", (kind, key)).rowcount == 1

    def count(self, kind: str) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM documents WHERE kind = ?", (kind,)).fetchone()[0])

    def each(
        self, kind: str, *, oldest_first: bool = False, equal: Mapping[str, str] = _EVERY
    ) -> Iterator[Doc]:
        """All of a kind, newest first, whose top-level fields equal the given ones; read in one go per
        200.
        """
        last = 0 if oldest_first else 1 << 62
        step, order = (">", "ASC") if oldest_first else ("<", "DESC")
        fields = "".join(f" AND json_extract(doc, '$.{name}') = ?" for name in equal)
        query = (
            f"SELECT seq, doc FROM documents WHERE kind = ? AND seq {step} ?{fields} "  # noqa: S608 - our own names
            f"ORDER BY seq {order} LIMIT 200"
        )
        while rows := self._db.execute(query, (kind, last, *equal.values())).fetchall():
            for seq, doc in rows:
                last = seq
                yield json.loads(doc)

    def due(self, kind: str, until: float, limit: int) -> list[Doc]:
        """The documents whose time has come, the most overdue first."""
        rows = self._db.execute(
            "SELECT doc FROM documents WHERE kind = ? AND due <= ? ORDER BY due, seq LIMIT ?",
            (kind, until, limit),
        )
        return [json.loads(row[0]) for row in rows]

    def next_due(self, kind: str, after: float) -> float | None:
        """The next time at which something will be due after ``after``."""
        query = "SELECT min(due) FROM documents WHERE kind = ? AND due > ?"
        found = self._db.execute(query, (kind, after)).fetchone()[0]
        return None if found is None else float(found)

    def keep_newest(self, kind: str, count: int) -> None:
        """Forget the oldest documents of a kind that are not due any more, beyond ``count``."""
        self._db.execute(
            "DELETE FROM documents WHERE kind = ? AND due IS NULL AND seq <= "
            "(SELECT seq FROM documents WHERE kind = ? AND due IS NULL ORDER BY seq DESC LIMIT 1 OFFSET ?)",
            (kind, kind, count),
        )
