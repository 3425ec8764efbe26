"""WebSocket APIs of the engine as on AWS."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tests.engine import Aws, unique
from tests.integration.local.engine.functions import ACCOUNT, eventually, make_function
from tests.sockets import Sockets, connecting

SOURCE = """
import json
def handler(event, context):
    said, context = event.get("body") or "", event["requestContext"]
    query = event.get("queryStringParameters") or {}
    if "status" in query:
        return {"statusCode": int(query["status"]), "body": "because"}
    if "raise" in said or "raise" in query:
        raise ValueError("a secret of the machine's")
    return {"statusCode": 200, "body": json.dumps({"type": "told", "connection": context["connectionId"]})}
"""


@dataclass(frozen=True, slots=True)
class Api:
    """A deployed API, with a client for it."""

    aws: Aws
    api_id: str
    sockets: Sockets

    def management(self) -> Any:
        import boto3

        make: Any = boto3.client
        return make(
            "apigatewaymanagementapi",
            region_name=self.aws.region,
            endpoint_url=f"{self.aws.endpoint}/_aws/execute-api/{self.api_id}/live",
            aws_access_key_id=self.aws.environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.aws.secret,
        )


@pytest.fixture(scope="module")
def api(engine: Aws) -> Iterator[Api]:
    """Made by CloudFormation: `$default` has a route response, `silent` has none."""
    function = f"arn:aws:lambda:{engine.region}:{ACCOUNT}:function:{make_function(engine, SOURCE)}"
    uri = f"arn:aws:apigateway:{engine.region}:lambda:path/2015-03-31/functions/{function}/invocations"
    of = {"ApiId": {"Ref": "Api"}}
    target = {"Target": {"Fn::Sub": "integrations/${Integration}"}}
    resources: dict[str, tuple[str, dict[str, Any]]] = {
        "Api": (
            "Api",
            {
                "Name": unique("api"),
                "ProtocolType": "WEBSOCKET",
                "RouteSelectionExpression": "$request.body.action",
            },
        ),
        "Stage": ("Stage", {**of, "StageName": "live", "AutoDeploy": True}),
        "Integration": ("Integration", {**of, "IntegrationType": "AWS_PROXY", "IntegrationUri": uri}),
        "Connect": ("Route", {**of, **target, "RouteKey": "$connect"}),
        "Silent": ("Route", {**of, **target, "RouteKey": "silent"}),
        "Default": (
            "Route",
            {**of, **target, "RouteKey": "$default", "RouteResponseSelectionExpression": "$default"},
        ),
        "Answer": (
            "RouteResponse",
            {**of, "RouteId": {"Ref": "Default"}, "RouteResponseKey": "$default"},
        ),
    }
    template = {
        "Resources": {
            name: {"Type": f"AWS::ApiGatewayV2::{kind}", "Properties": properties}
            for name, (kind, properties) in resources.items()
        }
    }
    formation, stack = engine("cloudformation"), unique("stack")
    formation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
    formation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    api_id = formation.describe_stack_resource(StackName=stack, LogicalResourceId="Api")
    made = str(api_id["StackResourceDetail"]["PhysicalResourceId"])
    url = f"{engine.endpoint.replace('http', 'ws')}/_aws/execute-api/{made}/live"
    with connecting(url) as sockets:
        yield Api(engine, made, sockets)
    formation.delete_stack(StackName=stack)
    formation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})


def refused(api: Api, query: str) -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        api.sockets.open(query)
    return refused.value.status


@pytest.mark.parametrize("status", [401, 403, 429, 503])
def test_a_handshake_is_refused_with_what_the_function_answers(api: Api, status: int) -> None:
    assert refused(api, f"x&status={status}") == status


def test_a_function_that_fails_opens_nothing(api: Api) -> None:
    assert refused(api, "x&raise=1") == 500


def test_a_message_is_answered_where_its_route_has_a_response(api: Api) -> None:
    socket = api.sockets.open("x")
    told = socket.ask({"action": "anything"})
    socket.send({"action": "silent"})
    assert socket.ask({"action": "again"}) == told
    socket.close()


def test_a_failure_is_told_without_its_text(api: Api) -> None:
    socket = api.sockets.open("x")
    socket.send("raise")
    told = socket.receive()
    assert told["message"] == "Internal server error"
    assert {"connectionId", "requestId"} <= told.keys()
    assert "secret" not in json.dumps(told)
    socket.close()


def test_messages_are_posted_to_a_connection_until_it_is_gone(api: Api) -> None:
    socket, management = api.sockets.open("x"), api.management()
    name = socket.ask({})["connection"]
    management.post_to_connection(ConnectionId=name, Data=b'{"type": "posted"}')
    assert socket.receive() == {"type": "posted"}
    management.delete_connection(ConnectionId=name)
    assert socket.closed()

    def post() -> str:
        try:
            management.post_to_connection(ConnectionId=name, Data=b"{}")
        except management.exceptions.GoneException:
            return "gone"
        return "sent"

    eventually(post, "gone")
    management.close()
