"""Roles, their sessions and secrets as on AWS."""

import json

import httpx
import pytest
from botocore.exceptions import ClientError

from tests.engine import Aws, unique
from tests.integration.local.engine.functions import ACCOUNT, invoke, make_function

ASSUMING = """
import os
import botocore.session
from botocore.exceptions import ClientError
def handler(event, context):
    sts = botocore.session.get_session().create_client("sts")
    try:
        return sts.assume_role(RoleArn=event, RoleSessionName="test")["AssumedRoleUser"]["Arn"]
    except ClientError as error:
        return error.response["Error"]["Code"]
"""


def trusting(engine: Aws, pattern: str) -> str:
    """A role that principals like ``pattern`` may assume; its ARN."""
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:PrincipalArn": pattern}},
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = engine("iam").create_role(RoleName=unique("trusting"), AssumeRolePolicyDocument=document)
    return str(made["Role"]["Arn"])


def test_the_principal_of_a_function_is_its_role(engine: Aws) -> None:
    name = make_function(engine, ASSUMING, actions=("sts:AssumeRole",))
    fitting, _ = invoke(engine, name, trusting(engine, f"arn:aws:iam::{ACCOUNT}:role/role-*"))
    other, _ = invoke(engine, name, trusting(engine, f"arn:aws:iam::{ACCOUNT}:role/another-*"))
    assert ":assumed-role/trusting-" in fitting
    assert other == "AccessDenied"


def test_a_secret_of_a_template_is_named_by_its_arn_and_made_as_asked(engine: Aws) -> None:
    stack = unique("stack")
    generated = {
        "PasswordLength": 50,
        "ExcludePunctuation": True,
        "SecretStringTemplate": "{}",
        "GenerateStringKey": "key",
    }
    secret = {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": generated}}
    template = {"Resources": {"Secret": secret}, "Outputs": {"Arn": {"Value": {"Ref": "Secret"}}}}
    formation = engine("cloudformation")
    formation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
    formation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    arn = formation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"][0]["OutputValue"]
    assert arn.startswith("arn:aws:secretsmanager:")
    made = json.loads(engine("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
    assert len(made["key"]) == 50
    assert made["key"].isalnum()
    formation.delete_stack(StackName=stack)
    formation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    with pytest.raises(ClientError):
        engine("secretsmanager").get_secret_value(SecretId=arn)


@pytest.mark.parametrize("path", ["/_ministack/reset", "/_ministack/config", "/_localstack/init"])
def test_the_engines_administration_is_closed(engine: Aws, path: str) -> None:
    assert httpx.post(engine.endpoint + path).status_code == 403


def test_a_request_without_a_signature_is_refused(engine: Aws) -> None:
    headers = {"X-Amz-Target": "DynamoDB_20120810.ListTables"}
    assert httpx.post(engine.endpoint, headers=headers, json={}).status_code in {400, 403}
