"""An exception in a handler keeps its class and its process.

The engine reports every exception as ``Runtime.HandlerError``, so that ``Retry`` and ``Catch`` on a named
error never match, and ends the process. On AWS the class's name is the error type and the process lives on.
The worker script then answers with a ``failure`` inside an ``ok``, which is turned into an error here.
"""

import threading
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from local.engine.patches.expect import expect, replace_once

_RAISED = (
    '_real_stdout.write(json.dumps({"status": "error", "error": str(e), '
    '"trace": traceback.format_exc()}) + "\\n")'
)
_REPORTED = (
    "traceback.print_exc(file=sys.stderr); "
    '_real_stdout.write(json.dumps({"status": "ok", "failure": {"errorMessage": str(e), '
    '"errorType": type(e).__name__}}) + "\\n")'
)
_INIT_FAILED = '_real_stdout.write(json.dumps({"status": "error", "error": str(e)}) + "\\n")'
_current = threading.local()


def apply() -> None:
    """Patch the worker script and the two functions between it and the caller."""
    script = replace_once(lambda_runtime._PYTHON_WORKER_SCRIPT, _RAISED, _REPORTED)
    script = replace_once(script, _INIT_FAILED, f"traceback.print_exc(file=sys.stderr); {_INIT_FAILED}")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script
    expect(lambda_runtime.Worker.invoke, 'if response.get("status") in ("ok", "error"):', "return response")
    expect(
        lambda_svc._execute_function_warm,
        'return {"body": result.get("result"), "log": result.get("log", "")}',
    )
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm

    def remembering(self: Any, *args: Any, **kwargs: Any) -> Any:
        response = invoke(self, *args, **kwargs)
        _current.failure = response.get("failure")
        return response

    def reporting(func: Any, event: Any, request_id: str) -> Any:
        _current.failure = None
        result = execute(func, event, request_id)
        failure, _current.failure = _current.failure, None
        return result if failure is None else {**result, "body": failure, "error": True}

    lambda_runtime.Worker.invoke = remembering
    lambda_svc._execute_function_warm = reporting
