"""One line for each request, whoever else is writing one."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sluice.edge.logger import record


def test_a_request_is_one_line_of_log_and_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    record("served", metric="RequestTime", took_ms=1.26, status=503, by=("route", "GET /x"), requestId="r1")
    line = json.loads(capsys.readouterr().out)
    assert (line["message"], line["status"], line["requestId"], line["route"]) == (
        "served",
        503,
        "r1",
        "GET /x",
    )
    assert (line["RequestTime"], line["ServerErrors"]) == ([1.3], [1.0])


def test_lines_of_many_at_once_are_not_mixed(capsys: pytest.CaptureFixture[str]) -> None:
    def serve(number: int) -> None:
        name = f"r{number}"
        record(
            "served", metric=f"Time{number}", took_ms=number, status=200, by=("route", name), requestId=name
        )

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(serve, range(300)))
    finally:
        sys.setswitchinterval(0.005)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line]
    assert len(lines) == 300
    for line in lines:
        assert line["route"] == line["requestId"]
        assert line[f"Time{line['requestId'][1:]}"] == [float(line["requestId"][1:])]
        assert len(line["_aws"]["CloudWatchMetrics"][0]["Metrics"]) == 2
