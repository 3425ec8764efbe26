"""The HTTP API's edges as on AWS: what a function is given of cookies, what a client is told of failures.

Sources: "Working with AWS Lambda proxy integrations for HTTP APIs" (payload format 2.0: cookies stand in
their own list, absent fields are left out); a failed function is answered 500, one that timed out or was
throttled 503, with ``{"message"}`` and nothing of the error.
"""

import json
from typing import Any

from ministack.services import lambda_svc

from local.engine.patches.expect import expect

INTERNAL_ERROR = {"message": "Internal Server Error"}
UNAVAILABLE = {"message": "Service Unavailable"}


def apply() -> None:
    """Patch the way into and out of a Lambda integration."""
    expect(
        lambda_svc.lambda_execute_result_to_api_proxy_response,
        'if exec_result.get("error"):',
        '"statusCode": 502,',
    )
    answer = lambda_svc.lambda_execute_result_to_api_proxy_response
    execute = lambda_svc._execute_function_with_config_scope

    def answer_as_aws(result: dict[str, Any]) -> Any:
        failure = failure_answer(result)
        return answer(result) if failure is None else (failure, None)

    def execute_as_aws(record: Any, event: Any, *args: Any, **kwargs: Any) -> Any:
        return execute(record, proxy_event(event), *args, **kwargs)

    lambda_svc.lambda_execute_result_to_api_proxy_response = answer_as_aws
    lambda_svc._execute_function_with_config_scope = execute_as_aws


def failure_answer(result: dict[str, Any]) -> dict[str, Any] | None:
    """AWS's answer for an invocation that failed; None if it did not."""
    body = result.get("body")
    if result.get("throttle") or (result.get("error") and _timed_out(body)):
        return _answer(503, UNAVAILABLE)
    if result.get("error") or _malformed(body):
        return _answer(500, INTERNAL_ERROR)
    return None


def proxy_event(event: Any) -> Any:
    """An HTTP API's event with cookies in their own list and without empty fields; any other as it is."""
    if not (isinstance(event, dict) and event.get("version") == "2.0" and "routeKey" in event):
        return event
    headers = dict(event.get("headers") or {})
    cookies = headers.pop("cookie", None)
    made = {**event, "headers": headers}
    if cookies is not None:
        made["cookies"] = [cookie.strip() for cookie in cookies.split(";") if cookie.strip()]
    if made.get("pathParameters") is None:
        made.pop("pathParameters", None)
    return made


def _answer(status: int, body: dict[str, str]) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}


def _timed_out(body: Any) -> bool:
    return isinstance(body, dict) and body.get("errorType") == "Sandbox.Timedout"


def _malformed(body: Any) -> bool:
    status = body.get("statusCode", 200) if isinstance(body, dict) else 200
    return not (isinstance(status, int | str) and str(status).isdigit() and 100 <= int(status) <= 599)
