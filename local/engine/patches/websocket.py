"""WebSocket APIs as on AWS: what a refused handshake is answered, what a client is told, who runs functions.

Sources: "Working with WebSocket APIs": the status that $connect answers is the handshake's; an answer goes
back over the connection only where the route has a response; a failed function is told as an internal
server error. ``AWS::ApiGatewayV2::RouteResponse``, which makes a route have one, the engine does not know.
"""

import json
from contextvars import ContextVar
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

from local.engine.patches.expect import expect

TYPE = "AWS::ApiGatewayV2::RouteResponse"
FAILED, REFUSED = "Internal server error", "The connection was refused."
# What $connect answered, in the task that serves its connection.
_connected: ContextVar[list[int]] = ContextVar("connected")


def apply() -> None:
    """Patch the resource, the invocation and the handshake."""
    expect(
        apigateway._invoke_ws_lambda,
        "worker = get_or_create_worker( func_name, func_config, code_zip,",
        "return worker.invoke(event, message_id)",
        'return {"statusCode": 500, "body": result.get("error", "")}',
    )
    expect(
        apigateway.handle_websocket,
        'if status < 200 or status >= 300: await send({"type": "websocket.close", "code": 1008}) return',
        'body = resp.get("body") if body: if isinstance(body, (dict, list)): body = json.dumps(body)',
    )
    expect(apigateway._create_route_response, "by_route[rr_id] = rr")
    expect(lambda_runtime.get_or_create_worker, "release_worker(worker) return worker")
    if TYPE in provisioners._RESOURCE_HANDLERS:
        raise AssertionError(f"the engine knows {TYPE} by now")
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": create_response, "delete": delete_response}
    lambda_runtime.get_or_create_worker = Leased
    apigateway._invoke_ws_lambda = _answering(apigateway._invoke_ws_lambda)
    apigateway.handle_websocket = _refusing(apigateway.handle_websocket)


class Leased:
    """A worker for one invocation, leased like any other's.

    The engine gives one back before it is used: it might be ended, or given to somebody else, meanwhile.
    """

    def __init__(self, name: str, config: Any, code: bytes, qualifier: str = "$LATEST") -> None:
        self._wanted = (name, config, code, qualifier)

    def invoke(self, event: dict[str, Any], request_id: str) -> dict[str, Any]:
        """The function's answer, or in its place the one for a function that failed."""
        name, config, code, qualifier = self._wanted
        worker, _ = lambda_runtime.acquire_worker(name, config, code, qualifier=qualifier)
        try:
            result: dict[str, Any] = worker.invoke(event, request_id)
        finally:
            lambda_runtime.release_worker(worker)
        fine = result.get("status") == "ok" and "failure" not in result  # see handler_failures
        return result if fine else failure(event["requestContext"])


def failure(context: dict[str, Any]) -> dict[str, Any]:
    """What stands for the answer of a function that failed, timed out or was throttled."""
    told = {"message": FAILED, "connectionId": context["connectionId"], "requestId": context["requestId"]}
    return {"status": "ok", "result": {"statusCode": 500, "body": json.dumps(told)}}


def create_response(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    """Give a route a response; a route's own physical id has its API's before it."""
    api, route = properties["ApiId"], str(properties["RouteId"]).rpartition("/")[2]
    wanted = {"routeResponseKey": properties["RouteResponseKey"]}
    status, _, body = apigateway._create_route_response(api, route, wanted)
    if status != 201:
        raise ValueError(f"{TYPE}: {body!r}")
    made = json.loads(body)["routeResponseId"]
    return f"{api}/{route}/{made}", {"RouteResponseId": made}


def delete_response(physical_id: str, _properties: dict[str, Any]) -> None:
    """Take it away; the API or the route may be gone already."""
    apigateway._delete_route_response(*physical_id.split("/"))


def has_response(api: str, route: dict[str, Any]) -> bool:
    """Whether what a route's integration answers goes back to the client."""
    responses = apigateway._route_responses.get(api, {}).get(route.get("routeId"), {})
    keys = {response["routeResponseKey"] for response in responses.values()}
    return route.get("routeResponseSelectionExpression") == "$default" and "$default" in keys


def _answering(invoke: Any) -> Any:
    async def answer(api: str, *args: Any, **kwargs: Any) -> Any:
        _, _, route, _, _, kind, *_ = args
        found = await invoke(api, *args, **kwargs)
        if kind == "CONNECT":
            _connected.get([]).append(int((found or {}).get("statusCode", 200)))
        failed = isinstance(found, dict) and FAILED in str(found.get("body"))
        if kind != "MESSAGE" or not isinstance(found, dict) or failed or has_response(api, route):
            return found
        return {**found, "body": ""}

    return answer


def _refusing(serve: Any) -> Any:
    async def handle(scope: Any, receive: Any, send: Any, api: str, path_override: str | None = None) -> None:
        answered: list[int] = []
        opened = False

        async def send_as_aws(message: dict[str, Any]) -> None:
            nonlocal opened
            opened = opened or message["type"] == "websocket.accept"
            if message["type"] == "websocket.close" and answered and not opened:
                await apigateway._refuse_ws_handshake(scope, send, answered[0], REFUSED, "", "")
            else:
                await send(message)

        token = _connected.set(answered)
        try:
            await serve(scope, receive, send_as_aws, api, path_override)
        finally:
            _connected.reset(token)

    return handle
