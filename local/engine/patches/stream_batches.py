"""A table's stream reaches its function as on AWS: partial failures, bounded retries, a failure queue.

The engine counts a partial failure as success, so that records are lost; it retries a failing batch for
ever, and runs the function on the one thread that polls for every queue. This poller replaces its own.
One batch of a mapping is under way at a time, as on AWS with one shard.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import dynamodb, lambda_svc

from local.engine.patches.expect import expect

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


@dataclass(slots=True)
class Progress:
    """Where one mapping stands with the batch that it is trying."""

    busy: bool = False
    attempts: int = 0
    size: int | None = None  # smaller than the mapping's after bisection
    not_before: float = 0.0


_progress: dict[str, Progress] = {}
_lock = threading.Lock()


def apply() -> None:
    """Replace the engine's poller of table streams."""
    expect(
        lambda_svc._poll_dynamodb_streams,
        "batch = _ddb.stream_records_since(table_name, pos, batch_size)",
        "batch = _apply_filter_criteria(batch, esm)",
        "_dynamodb_stream_positions[esm_id] = pos + raw_len",
    )
    expect(lambda_svc._send_ddb_stream_failure_record, '"DDBStreamBatchInfo": {')
    lambda_svc._poll_dynamodb_streams = poll


def poll() -> bool:
    """Start a batch for every mapping that has one waiting; whether any was started."""
    started = False
    for account, region, mapping in lambda_svc._iter_all_esms():
        with request_scope(account, region):
            table = _table_of(mapping)
            if table is not None:
                started = _start_batch(mapping, table) or started
    return started


def _table_of(mapping: dict[str, Any]) -> str | None:
    arn = str(mapping.get("EventSourceArn", ""))
    if not mapping.get("Enabled", True) or ":dynamodb:" not in arn or "/stream/" not in arn:
        return None
    name = arn.partition("/stream/")[0].rpartition("/")[2]
    table = dynamodb._tables.get(name)
    return name if table and table.get("LatestStreamArn") == arn else None


def _start_batch(mapping: dict[str, Any], table: str) -> bool:
    key = mapping["UUID"]
    progress = _progress.setdefault(key, Progress())
    with _lock:
        if progress.busy or progress.not_before > time.monotonic():
            return False
        position = _position(mapping, table)
        records = dynamodb.stream_records_since(
            table, position, progress.size or mapping.get("BatchSize", 100)
        )
        function, _ = lambda_svc._get_func_record_for_qualifier(
            mapping["FunctionName"], mapping.get("Qualifier")
        )
        if not records or function is None:
            return False
        progress.busy = True
    lambda_svc._dispatch_esm_batch(key, _run, mapping, function, records, position, progress)
    return True


def _position(mapping: dict[str, Any], table: str) -> int:
    horizon, end = dynamodb.stream_start_position(table), dynamodb.stream_end_position(table)
    start = horizon if mapping.get("StartingPosition") == "TRIM_HORIZON" else end
    with lambda_svc._dynamodb_stream_positions_lock:
        positions = lambda_svc._dynamodb_stream_positions
        position: int = max(positions.get(mapping["UUID"], start), horizon)
        positions[mapping["UUID"]] = position
    return position


def _run(
    mapping: dict[str, Any], function: Any, records: list[Any], position: int, progress: Progress
) -> None:
    try:
        wanted = lambda_svc._apply_filter_criteria(records, mapping)
        result = lambda_svc._execute_function(function, {"Records": wanted}) if wanted else {"body": None}
        done = completed(
            records, result, partial="ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", [])
        )
        mapping["LastProcessingResult"] = "OK" if done == len(records) else "FAILED"
        if done:
            progress.attempts, progress.size = 0, None
        if done < len(records):
            done += _after_failure(mapping, function, records[done:], result, progress)
        with lambda_svc._dynamodb_stream_positions_lock:
            lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position + done
    finally:
        progress.busy = False


def completed(records: list[Any], result: dict[str, Any], *, partial: bool) -> int:
    """How many records from the first on need not be given again."""
    if result.get("error") or result.get("throttle"):
        return 0
    body = result.get("body")
    if not partial or not isinstance(body, dict):
        return len(records)
    failed = {item.get("itemIdentifier") for item in body.get("batchItemFailures") or []}
    for index, record in enumerate(records):
        if record["dynamodb"]["SequenceNumber"] in failed:
            return index
    return 0 if failed else len(records)  # an unknown identifier fails the whole batch


def _after_failure(
    mapping: dict[str, Any], function: Any, left: list[Any], result: dict[str, Any], progress: Progress
) -> int:
    """Pace the next attempt, or give up on ``left``; how many records were given up."""
    progress.attempts += 1
    most = mapping.get("MaximumRetryAttempts", -1)
    most = -1 if most is None else int(most)
    if mapping.get("BisectBatchOnFunctionError") and len(left) > 1:
        progress.size = max(1, len(left) // 2)
    elif 0 <= most < progress.attempts:
        lambda_svc._send_ddb_stream_failure_record(
            mapping, function, left, mapping["EventSourceArn"], result, "RetryAttemptsExhausted"
        )
        progress.attempts, progress.size = 0, None
        return len(left)
    pause = min(FIRST_PAUSE_SECONDS * 2 ** (progress.attempts - 1), LONGEST_PAUSE_SECONDS)
    progress.not_before = time.monotonic() + pause
    return 0
