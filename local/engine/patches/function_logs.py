"""What functions log is written, line by line as it comes, to one bounded file that an engineer can read.

The engine keeps it in memory instead, in one new CloudWatch stream for every invocation, without end:
only the newest streams of a group are kept here.
"""

import os
import re
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import cloudwatch_logs, lambda_svc

from local.bounded_log import BoundedLog
from local.engine.patches.expect import expect

STREAMS_KEPT = 20
_GENERATED_NAME = re.compile(r"^.*?([A-Za-z]+Function)-[A-Z0-9a-z]+$")


def apply() -> None:
    """Write workers' lines to SLUICE_FUNCTION_LOG, if it is set, and trim the engine's own streams."""
    expect(lambda_runtime.Worker._read_stderr, 'self._stderr_queue.put(line.rstrip("\\n"))')
    expect(
        lambda_svc._emit_lambda_logs,
        "group = _cwl._log_groups[group_name]",
        'group["streams"][stream_name] =',
    )
    path = os.environ.get("SLUICE_FUNCTION_LOG")
    if path:
        _tee(BoundedLog(Path(path)))
    emit = lambda_svc._emit_lambda_logs

    def emit_and_trim(func: Any, *args: Any, **kwargs: Any) -> None:
        emit(func, *args, **kwargs)
        config = func.get("config") or func
        name = (config.get("LoggingConfig") or {}).get(
            "LogGroup"
        ) or f"/aws/lambda/{config.get('FunctionName')}"
        streams = cloudwatch_logs._log_groups.get(name, {}).get("streams", {})
        for stale in list(streams)[:-STREAMS_KEPT]:
            streams.pop(stale, None)

    lambda_svc._emit_lambda_logs = emit_and_trim


def short_name(function: str) -> str:
    """The template's word for a function that CloudFormation named: ``sluice-DocsFunction-1A2B`` → Docs."""
    match = _GENERATED_NAME.match(function)
    return match[1].removesuffix("Function") if match else function


def _tee(log: BoundedLog) -> None:
    def read_stderr(self: Any) -> None:
        name, process, queue = short_name(self.func_name), self._proc, self._stderr_queue
        try:
            for line in process.stderr:
                text = line.rstrip("\n")
                log.write(f"{name}: {text}")
                queue.put(text)
        except ValueError:
            pass  # the pipe was closed: the worker is gone

    lambda_runtime.Worker._read_stderr = read_stderr
