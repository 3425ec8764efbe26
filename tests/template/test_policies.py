"""Functions may do what they need: exact actions on named resources."""

import re
from typing import Any

import pytest

from tests.template.reading import functions, listed, of_type, statements

ALLOWED = [found for found in statements() if found["Effect"] == "Allow"]
# Objects below a literal folder of our bucket, executions of our state machine and connections of our
# WebSocket API: their names are made at run time. Nothing else may end in a wildcard, and nothing may have
# one elsewhere.
OPEN_ENDED = (
    re.compile(r"arn:\$\{AWS::Partition\}:s3:::\$\{MediaBucket\}/[a-z]+/\*"),
    re.compile(
        r"arn:\$\{AWS::Partition\}:states:\$\{AWS::Region\}:\$\{AWS::AccountId\}"
        r":execution:\$\{MediaStateMachine\.Name\}:\*"
    ),
    re.compile(
        r"arn:\$\{AWS::Partition\}:execute-api:\$\{AWS::Region\}:\$\{AWS::AccountId\}"
        r":\$\{WebSocketApi\}/live/(POST|DELETE)/@connections/\*"
    ),
)
# SAM's own policy templates that name one resource and exact actions.
NARROW_TEMPLATES = {"LambdaInvokePolicy"}


def texts(value: Any) -> list[str]:
    """All texts in a resource's expression."""
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value
    return [text for child in children for text in texts(child)]


def test_there_are_policies_to_look_at() -> None:
    assert len(ALLOWED) > 20


@pytest.mark.parametrize("statement", ALLOWED, ids=lambda found: ",".join(listed(found["Action"])))
def test_actions_are_exact(statement: dict[str, Any]) -> None:
    assert "NotAction" not in statement
    for action in listed(statement["Action"]):
        assert re.fullmatch(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+", action)


@pytest.mark.parametrize("statement", ALLOWED, ids=lambda found: ",".join(listed(found["Action"])))
def test_resources_are_named(statement: dict[str, Any]) -> None:
    assert "NotResource" not in statement
    if "Principal" in statement and "Resource" not in statement:
        return  # a role's trust, whose resource is the role itself
    for text in texts(statement["Resource"]):
        assert "*" not in text or any(form.fullmatch(text) for form in OPEN_ENDED), text


def test_nobody_is_trusted_without_a_name() -> None:
    for statement in ALLOWED:
        assert "*" not in "".join(texts(statement.get("Principal", "")))


@pytest.mark.parametrize("name", functions())
def test_a_function_s_policies_are_its_own_or_ours(name: str) -> None:
    """No policy of AWS's that allows a whole service."""
    for policy in functions()[name].get("Policies", []):
        assert isinstance(policy, dict)
        if "Ref" in policy:
            assert policy["Ref"] in of_type("AWS::IAM::ManagedPolicy")
        else:
            assert policy.keys() <= {"Statement", "Version"} or policy.keys() <= NARROW_TEMPLATES


def test_a_state_machine_may_only_call_functions() -> None:
    for machine in of_type("AWS::Serverless::StateMachine").values():
        for policy in machine["Properties"]["Policies"]:
            assert policy.keys() <= NARROW_TEMPLATES


def test_the_bucket_refuses_plain_http() -> None:
    policy = of_type("AWS::S3::BucketPolicy")["MediaBucketPolicy"]["Properties"]["PolicyDocument"]
    assert {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }.items() <= {key: found for key, found in policy["Statement"][0].items() if key != "Resource"}.items()
