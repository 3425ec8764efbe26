"""Whatever happens asynchronously can fail, be seen to have failed, and be done again."""

from typing import Any

import pytest

from tests.template.reading import functions, of_type, target
from tests.template_file import template

QUEUES = {name: found.get("Properties", {}) for name, found in of_type("AWS::SQS::Queue").items()}
DEAD_LETTERS = {name for name in QUEUES if name.endswith("DeadLetterQueue")}
WORKING = sorted(QUEUES.keys() - DEAD_LETTERS)
FOURTEEN_DAYS = 14 * 24 * 3600


def events(*types: str) -> list[tuple[str, dict[str, Any]]]:
    """Functions that a queue or stream feeds, each with that event's properties."""
    return [
        (name, event["Properties"])
        for name, properties in functions().items()
        for event in properties.get("Events", {}).values()
        if event["Type"] in types
    ]


@pytest.mark.parametrize("name", WORKING)
def test_a_queue_gives_up_into_a_queue_of_its_own(name: str) -> None:
    redrive = QUEUES[name]["RedrivePolicy"]
    assert target(redrive["deadLetterTargetArn"]) == name.removesuffix("Queue") + "DeadLetterQueue"
    assert redrive["maxReceiveCount"] >= 3


@pytest.mark.parametrize("name", sorted(DEAD_LETTERS))
def test_dead_letters_are_kept_as_long_as_can_be_and_raise_an_alarm(name: str) -> None:
    assert QUEUES[name]["MessageRetentionPeriod"] == FOURTEEN_DAYS
    watching = [
        alarm["Properties"]
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if {"Name": "QueueName", "Value": {"Fn::GetAtt": f"{name}.QueueName"}}
        in alarm["Properties"].get("Dimensions", [])
    ]
    assert len(watching) == 1
    assert watching[0]["MetricName"] == "ApproximateNumberOfMessagesVisible"
    assert (watching[0]["ComparisonOperator"], watching[0]["Threshold"]) == ("GreaterThanThreshold", 0)


@pytest.mark.parametrize("name", sorted(DEAD_LETTERS))
def test_dead_letters_come_from_somewhere(name: str) -> None:
    from_queues = {target(QUEUES[queue]["RedrivePolicy"]["deadLetterTargetArn"]) for queue in WORKING}
    from_streams = {
        target(event["DestinationConfig"]["OnFailure"]["Destination"])
        for _, event in events("DynamoDB", "Kinesis")
    }
    assert name in from_queues | from_streams


@pytest.mark.parametrize("name", sorted(QUEUES))
def test_messages_are_encrypted(name: str) -> None:
    assert QUEUES[name]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize(("function", "event"), events("SQS"))
def test_a_message_is_not_seen_twice_while_it_is_worked_on(function: str, event: dict[str, Any]) -> None:
    queue = QUEUES[target(event["Queue"])]
    assert queue["VisibilityTimeout"] >= 6 * functions()[function]["Timeout"]


@pytest.mark.parametrize(("_function", "event"), events("SQS", "DynamoDB"))
def test_a_bad_message_does_not_hold_back_the_rest(_function: str, event: dict[str, Any]) -> None:
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize(("_function", "event"), events("DynamoDB"))
def test_a_stream_goes_on_after_what_cannot_be_done(_function: str, event: dict[str, Any]) -> None:
    assert event["MaximumRetryAttempts"] > 0
    assert target(event["DestinationConfig"]["OnFailure"]["Destination"]) in DEAD_LETTERS


def test_every_queue_has_one_consumer() -> None:
    assert sorted(target(event["Queue"]) for _, event in events("SQS")) == WORKING


def test_every_scheduled_function_and_state_machine_has_an_alarm() -> None:
    watched = {
        target(dimension["Value"])
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"].get("Dimensions", [])
    }
    scheduled = {name for name, _ in events("Schedule", "ScheduleV2")}
    assert scheduled | set(of_type("AWS::Serverless::StateMachine")) <= watched


def test_every_alarm_tells_somebody() -> None:
    for alarm in of_type("AWS::CloudWatch::Alarm").values():
        assert [target(action) for action in alarm["Properties"]["AlarmActions"]] == ["AlarmTopic"]
    assert "AlarmTopic" in template()["Resources"]
