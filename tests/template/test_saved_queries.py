"""The saved queries, as they stand in the template, on the files that the functions write.

Athena's SQL is Trino's; DuckDB runs what both understand, which is all that the queries use.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from sluice.adapters.s3.raw_beacons import S3RawBeacons
from sluice.edge.beacons import Line, Message, heard
from sluice.edge.contract.beacons import BeaconData

from tests.builders import video_id
from tests.players import Truth, crowd, seeded
from tests.template.reading import of_type

ONE, OTHER = video_id(1), video_id(2)
SESSIONS = 120
TABLE = of_type("AWS::Glue::Table")["BeaconsTable"]["Properties"]["TableInput"]
QUERIES = {
    name: found["Properties"]["QueryString"] for name, found in of_type("AWS::Athena::NamedQuery").items()
}
_TYPES = {"string": "VARCHAR", "bigint": "BIGINT", "boolean": "BOOLEAN"}


class Disk:
    """A bucket as a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, ContentType: str) -> None:  # noqa: N803 - AWS's
        path = self.folder / Bucket / Key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(Body)


def duck_type(glue: str) -> str:
    """Glue's type in DuckDB's words; Glue's SerDe does not tell large letters from small, so it has none."""
    inner = re.fullmatch(r"struct<(.*)>", glue)
    if inner is None:
        return _TYPES[glue]
    fields = (field.split(":") for field in inner[1].split(","))
    sent = {name.lower(): name for name in BeaconData.__struct_encode_fields__}
    return f"STRUCT({', '.join(f'{sent[name]} {kind.upper()}' for name, kind in fields)})"


@pytest.fixture(scope="module")
def crowds() -> dict[str, Truth]:
    return {}


@pytest.fixture(scope="module")
def athena(
    tmp_path_factory: pytest.TempPathFactory, crowds: dict[str, Truth]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two videos' crowds in the bucket; each event is there twice, and some are of long ago."""
    disk, now = Disk(tmp_path_factory.mktemp("bucket")), datetime.now(UTC)
    raw: Any = S3RawBeacons(disk, "media")  # type: ignore[arg-type]
    for number, video in enumerate((ONE, OTHER)):
        random = seeded(number)
        sessions, crowds[video] = crowd(random, SESSIONS, video_id=video, length=60, since=now)
        events = [msgspec.Raw(msgspec.json.encode(event)) for session in sessions for event in session]
        said = Message(now, events, device=["mobile", "tv"][number], country=["DE", None][number])
        lines = [line for _, line in heard(said, lambda *_: None)]
        for name, kept_at in (("a", now), ("b", now), ("old", now - timedelta(days=60))):
            raw.keep(lines, name=f"{number}{name}", now=kept_at)
    columns = ", ".join(
        f"'{column['Name']}': '{duck_type(column['Type'])}'"
        for column in TABLE["StorageDescriptor"]["Columns"]
    )
    connection = duckdb.connect()
    connection.execute(
        f"CREATE VIEW beacons AS SELECT * FROM read_json('{disk.folder}/media/analytics/raw/*/*.json.gz',"  # noqa: S608 - a folder of this test
        f" format='newline_delimited', hive_partitioning=true, hive_types={{'dt': VARCHAR}},"
        f" columns={{{columns}}})"
    )
    yield connection
    connection.close()


def rows(athena: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """What a saved query answers."""
    found = athena.execute(QUERIES[name])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_there_are_three() -> None:
    assert len(QUERIES) == 3


def test_views_by_day_are_those_that_happened(
    athena: duckdb.DuckDBPyConnection, crowds: dict[str, Truth]
) -> None:
    found = {row["video_id"]: row for row in rows(athena, "ViewsByDayQuery")}
    assert found.keys() == {ONE, OTHER}
    for video, truth in crowds.items():
        assert (found[video]["views"], found[video]["sessions"]) == (truth.views, SESSIONS)
        assert found[video]["users"] >= len(truth.users)
        assert found[video]["dt"] == f"{datetime.now(UTC):%Y-%m-%d}"


def test_quality_is_told_by_where_and_what_people_watch_with(
    athena: duckdb.DuckDBPyConnection, crowds: dict[str, Truth]
) -> None:
    found = {row["device"]: row for row in rows(athena, "QualityByCountryQuery")}
    assert {name: row["country"] for name, row in found.items()} == {"mobile": "DE", "tv": None}
    row, truth = found["mobile"], crowds[ONE]
    assert row["sessions"] == SESSIONS
    # Whatever was closed after a session's last total is not in the raw totals, see docs/analytics.md.
    assert 0.6 * truth.played_ms < row["played_seconds"] * 1000 <= truth.played_ms
    assert row["stalled_share"] == pytest.approx(
        truth.stalled_ms / (truth.stalled_ms + row["played_seconds"] * 1000)
    )
    assert row["rebuffers"] == pytest.approx(truth.rebuffers / SESSIONS)
    assert row["startup_seconds"] == pytest.approx(sum(truth.startups_ms) / truth.views / 1000)


def test_errors_are_told_by_code_and_how_many_sessions_met_them(
    athena: duckdb.DuckDBPyConnection, crowds: dict[str, Truth]
) -> None:
    found = {(row["video_id"], row["error"]): row["sessions"] for row in rows(athena, "ErrorsByCodeQuery")}
    assert found == {
        (video, code): count for video, truth in crowds.items() for code, count in truth.errors.items()
    }


def test_the_table_lies_where_the_lines_are_written() -> None:
    place = TABLE["Parameters"]["storage.location.template"]["Fn::Sub"]
    assert place == "s3://${MediaBucket}/analytics/raw/dt=${!dt}"
    assert [key["Name"] for key in TABLE["PartitionKeys"]] == ["dt"]


def test_the_table_has_a_column_for_each_part_of_a_line() -> None:

    assert [column["Name"] for column in TABLE["StorageDescriptor"]["Columns"]] == list(
        Line.__struct_fields__
    )
