"""A table's stream reaches its function as on AWS."""

import json
from pathlib import Path

from tests.engine import Aws, unique
from tests.integration.local.engine.functions import ACCOUNT, eventually, make_function


def stream_of(engine: Aws, table: str) -> str:
    """A new table's stream."""
    made = engine("dynamodb").create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return str(made["TableDescription"]["LatestStreamArn"])


def consumer(engine: Aws, log: Path) -> str:
    """A function that notes the keys it is given, fails the first record of `bad…` and raises on `boom…`."""
    source = f"""
import json
def handler(event, context):
    keys = [record["dynamodb"]["Keys"]["pk"]["S"] for record in event["Records"]]
    with open({str(log)!r}, "a") as log:
        log.write(json.dumps(keys) + "\\n")
    if any(key.startswith("boom") for key in keys):
        raise RuntimeError("boom")
    failed = [
        {{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}}
        for record, key in zip(event["Records"], keys)
        if key.startswith("bad")
    ]
    return {{"batchItemFailures": failed}}
"""
    return make_function(engine, source, actions=("dynamodb:*", "sqs:SendMessage"))


def given(log: Path) -> list[list[str]]:
    """The batches that the function was given."""
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def follow(engine: Aws, stream: str, function: str, dead_letters: str, **options: object) -> None:
    """Let the function consume the stream from its start."""
    engine("lambda").create_event_source_mapping(
        EventSourceArn=stream,
        FunctionName=function,
        StartingPosition="TRIM_HORIZON",
        FunctionResponseTypes=["ReportBatchItemFailures"],
        DestinationConfig={"OnFailure": {"Destination": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{dead_letters}"}},
        **options,
    )


def put(engine: Aws, table: str, *keys: str) -> None:
    """Write one item for each key."""
    for key in keys:
        engine("dynamodb").put_item(TableName=table, Item={"pk": {"S": key}})


def test_a_partial_failure_is_given_again_from_the_failed_record_on_and_then_given_up(
    engine: Aws, tmp_path: Path
) -> None:
    table, letters, log = unique("table"), unique("letters"), tmp_path / "log"
    queue = engine("sqs").create_queue(QueueName=letters)["QueueUrl"]
    stream = stream_of(engine, table)
    put(engine, table, "a", "bad", "c")
    follow(engine, stream, consumer(engine, log), letters, BatchSize=3, MaximumRetryAttempts=1)
    eventually(lambda: len(given(log)) > 1, True)
    put(engine, table, "later")
    eventually(lambda: given(log)[-1:], [["later"]])
    assert given(log)[-2] == ["bad", "c"]
    assert ["a"] not in [batch[:1] for batch in given(log)[1:]]
    letter = engine("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]
    told = json.loads(letter["Body"])
    assert told["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert told["DDBStreamBatchInfo"]["batchSize"] == 2


def test_a_batch_is_halved_until_the_poison_is_alone(engine: Aws, tmp_path: Path) -> None:
    table, letters, log = unique("table"), unique("letters"), tmp_path / "log"
    engine("sqs").create_queue(QueueName=letters)
    stream = stream_of(engine, table)
    put(engine, table, "a", "b", "boom", "d")
    follow(
        engine,
        stream,
        consumer(engine, log),
        letters,
        BatchSize=10,
        MaximumRetryAttempts=1,
        BisectBatchOnFunctionError=True,
    )
    eventually(lambda: given(log)[-1:], [["d"]])
    batches = given(log)
    assert ["a", "b"] in batches
    assert ["boom"] in batches
