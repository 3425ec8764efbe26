"""What was measured, as rows: printed as one table and kept as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement: ours and the baseline's, in ``unit``, from the same run.

    ``ratio`` is ours ÷ baseline unless it is better told the other way (``faster``: how many times).
    ``limit`` is what the ratio may be at most (at least, if ``faster``); ``None`` where there is no goal.
    """

    key: str
    what: str
    ours: float
    baseline: float
    unit: str
    limit: float | None = None
    faster: bool = False

    @property
    def ratio(self) -> float:
        return self.baseline / self.ours if self.faster else self.ours / self.baseline

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; ``None`` if there is none."""
        if self.limit is None:
            return None
        return self.ratio >= self.limit if self.faster else self.ratio <= self.limit


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    width = max(len(row.what) for row in rows)
    print(f"{'':4} {'':{width}} {'ours':>10} {'baseline':>10} {'':3} {'ratio':>7}  {'goal':7}")
    for row in rows:
        goal = "" if row.limit is None else f"{'≥' if row.faster else '≤'} {row.limit:g}"
        verdict = {None: "", True: "met", False: "MISSED"}[row.met]
        figures = f"{row.ours:>10,.3g} {row.baseline:>10,.3g} {row.unit:3} {row.ratio:>7.3g}"
        print(f"{row.key:4} {row.what:{width}} {figures}  {goal:7} {verdict}")


def keep(rows: Sequence[Row], file: Path) -> None:
    """Write the rows as JSON, with ratios and verdicts."""
    known = [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]
    file.write_text(json.dumps(known, indent=2) + "\n")
