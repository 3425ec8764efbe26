"""Small functions for trying the engine with."""

import io
import json
import time
import zipfile
from typing import Any

from tests.engine import Aws, unique

ACCOUNT = "000000000000"


def make_role(aws: Aws, service: str, *actions: str) -> str:
    """A role that ``service`` may assume, with these actions on everything; its ARN."""
    name = unique("role")
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    iam = aws("iam")
    role = iam.create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )
    if actions:
        allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        iam.put_role_policy(RoleName=name, PolicyName="allowed", PolicyDocument=policy)
    return str(role["Role"]["Arn"])


def make_function(aws: Aws, source: str, *, timeout: int = 5, actions: tuple[str, ...] = ()) -> str:
    """A function whose module is ``source``; its name."""
    name = unique("function")
    aws("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=make_role(aws, "lambda.amazonaws.com", *actions),
        Handler="handler.handler",
        Code={"ZipFile": zipped(source)},
        Timeout=timeout,
    )
    return name


def zipped(source: str) -> bytes:
    """A package of one module."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("handler.py", source)
    return buffer.getvalue()


def invoke(aws: Aws, name: str, event: Any = None) -> tuple[Any, str | None]:
    """What a function answers, and the kind of its failure."""
    answer = aws("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    return json.loads(answer["Payload"].read()), answer.get("FunctionError")


def eventually(read: Any, expected: Any, *, seconds: float = 90) -> None:
    """``read()`` equals ``expected`` within the time."""
    deadline = time.monotonic() + seconds
    value = read()
    while value != expected and time.monotonic() < deadline:
        time.sleep(0.05)
        value = read()
    assert value == expected
