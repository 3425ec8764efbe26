"""Creates or updates the CloudFormation stack in the engine."""

import json
import time
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from local.deploy.clients import Clients
from local.deploy.packages import FUNCTION_PLACEHOLDER as PLACEHOLDER_HANDLER
from local.deploy.packages import zipped
from local.template.source import ARTIFACTS_BUCKET, FUNCTION_PLACEHOLDER, LAYER_PLACEHOLDER

STACK = "sluice-local"
TEMPLATE = "template.json"
DEPLOY_SECONDS = 60.0
_DIGEST_TAG = "sluice:digest"
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


class DeployFailed(RuntimeError):
    """The stack could not be made; the message has the resources' reasons."""


def deploy_stack(
    clients: Clients, template: Mapping[str, Any], parameters: Mapping[str, str], digest: str
) -> None:
    """Make the stack what the template says, and wait until it is. ``digest`` is kept with it.

    Raises:
        DeployFailed: with the reason of each resource that failed.
    """
    _placeholders(clients)
    cloudformation = clients("cloudformation")
    status = stack_status(clients)
    if status is not None and (status.startswith("ROLLBACK") or status.endswith("_FAILED")):
        cloudformation.delete_stack(StackName=STACK)  # a creation that failed: nothing is in it
        _settle(clients)
        status = stack_status(clients)
    arguments = {
        "StackName": STACK,
        "TemplateURL": _uploaded(clients, template),
        "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        "Capabilities": _CAPABILITIES,
        "Tags": [{"Key": _DIGEST_TAG, "Value": digest}],
    }
    try:
        if status is None:
            cloudformation.create_stack(**arguments)
        else:
            cloudformation.update_stack(**arguments)
    except ClientError as exc:
        message = exc.response["Error"]["Message"]
        if "No updates are to be performed" not in message:
            raise DeployFailed(message) from exc
    final = _settle(clients)
    if final not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise DeployFailed(f"The stack is {final}:\n{_reasons(cloudformation)}")


def stack_status(clients: Clients) -> str | None:
    """The stack's status; None if there is none."""
    stack = _described(clients)
    return None if stack is None else str(stack["StackStatus"])


def deployed_digest(clients: Clients) -> str | None:
    """The digest that the last deployment that succeeded was given; None if there is none."""
    stack = _described(clients)
    if stack is None or stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        return None
    return next((tag["Value"] for tag in stack.get("Tags", []) if tag["Key"] == _DIGEST_TAG), None)


def _described(clients: Clients) -> Any:
    try:
        stack = clients("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError:
        return None  # "does not exist" is a ValidationError
    return None if stack["StackStatus"] == "DELETE_COMPLETE" else stack


def physical_ids(clients: Clients) -> dict[str, str]:
    """Logical id → physical id of the stack's resources."""
    pages = clients("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {
        item["LogicalResourceId"]: item["PhysicalResourceId"]
        for page in pages
        for item in page["StackResourceSummaries"]
        if item.get("PhysicalResourceId")
    }


def _settle(clients: Clients) -> str | None:
    deadline = time.monotonic() + DEPLOY_SECONDS
    while (status := stack_status(clients)) is not None and status.endswith("_IN_PROGRESS"):
        if time.monotonic() > deadline:
            raise DeployFailed(f"The stack is still {status} after {DEPLOY_SECONDS:.0f} s.")
        time.sleep(0.05)
    return status


def _reasons(cloudformation: Any) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [
        f"  {event['LogicalResourceId']} ({event['ResourceType']}): {event.get('ResourceStatusReason', '')}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED")
    ]
    return "\n".join(dict.fromkeys(failed)) or "  no resource gave a reason"


def _uploaded(clients: Clients, template: Mapping[str, Any]) -> str:
    """The template's address: given in the request itself, 51,200 bytes are the most."""
    s3 = clients("s3")
    s3.put_object(Bucket=ARTIFACTS_BUCKET, Key=TEMPLATE, Body=json.dumps(template).encode())
    return f"{s3.meta.endpoint_url}/{ARTIFACTS_BUCKET}/{TEMPLATE}"


def _placeholders(clients: Clients) -> None:
    s3 = clients("s3")
    s3.create_bucket(Bucket=ARTIFACTS_BUCKET)
    function = zipped({"handler.py": PLACEHOLDER_HANDLER.encode()})
    s3.put_object(Bucket=ARTIFACTS_BUCKET, Key=FUNCTION_PLACEHOLDER, Body=function)
    s3.put_object(Bucket=ARTIFACTS_BUCKET, Key=LAYER_PLACEHOLDER, Body=zipped({"python/.keep": b""}))
