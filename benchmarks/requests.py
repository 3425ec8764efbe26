"""The request that is measured, and the read that it comes down to."""

from typing import Any

from benchmarks.stack import Stack
from tests.builders import video_id


def event(stack: Stack, route: str, path: str, **more: Any) -> dict[str, Any]:
    """A signed-in request as API Gateway hands it to a function (payload format 2.0)."""
    method = route.split(" ", 1)[0]
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"authorization": stack.bearer, "accept": "application/json", "host": "api.example.com"},
        "requestContext": {
            "requestId": "JKJaXmPLvHcESHA=",
            "domainName": "api.example.com",
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
        },
        "isBase64Encoded": False,
        **more,
    }


def read_event(stack: Stack) -> dict[str, Any]:
    """``GET /api/videos/{video_id}`` of one video."""
    one = video_id(0)
    return event(stack, "GET /api/videos/{video_id}", f"/api/videos/{one}", pathParameters={"video_id": one})


def read_key(stack: Stack) -> dict[str, Any]:
    """The ``get_item`` that the request needs, and the only one."""
    return {
        "TableName": stack.table,
        "Key": {"pk": {"S": f"VIDEO#{video_id(0)}"}, "sk": {"S": "VIDEO"}},
        "ConsistentRead": True,
        "ProjectionExpression": "doc,version",
    }
