"""A log file that stays within a bound: at half of it, it becomes the older half and a new one begins."""

import threading
from datetime import UTC, datetime
from pathlib import Path

LARGEST_BYTES = 8 * 1024 * 1024
LONGEST_LINE = 16_384


class BoundedLog:
    """Appends timed lines to ``path``; what went before is in ``{path}.1``. Safe between threads."""

    def __init__(self, path: Path, largest_bytes: int = LARGEST_BYTES) -> None:
        self._path = path
        self._half = largest_bytes // 2
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")
        path.chmod(0o600)

    def write(self, line: str) -> None:
        """Append one line, with the time in front."""
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        text = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}… ({len(line)} characters)"
        with self._lock:
            self._file.write(f"{stamp} {text}\n")
            self._file.flush()
            if self._file.tell() > self._half:
                self._file.close()
                self._path.replace(self._path.with_name(f"{self._path.name}.1"))
                self._file = self._path.open("a", encoding="utf-8", errors="backslashreplace")
                self._path.chmod(0o600)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()
