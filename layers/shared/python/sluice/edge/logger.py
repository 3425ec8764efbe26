"""JSON logs and metrics, the same in every function. No line carries a token, a key or a query string."""

from functools import cache
from threading import Lock

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics
from aws_lambda_powertools.shared.functions import get_tracer_id

# What is gathered for a line is the process's, whoever gathers it.
_one_line_at_a_time = Lock()


@cache
def logger() -> Logger:
    """The process's logger; pass what belongs to one request as ``extra``."""
    return Logger(service="sluice", use_rfc3339=True, utc=True)


@cache
def metrics() -> Metrics:
    """The process's metrics, written as embedded metric format by ``flush_metrics``."""
    return Metrics(namespace="Sluice", service="sluice")


def record(what: str, *, metric: str, took_ms: float, status: int, by: tuple[str, str], **known: str) -> None:
    """Write that something was served, as one line that is the log's and the metrics'.

    Two lines would cost twice at CloudWatch, and most of what a warm request costs here. ``metric`` is the
    one that ``took_ms`` goes to, ``by`` a dimension and its value; ``known`` is for the log alone.
    """
    recorder = metrics()
    line = {"level": "INFO", "message": what, "status": status, "xray_trace_id": get_tracer_id(), **known}
    with _one_line_at_a_time:
        recorder.add_metric(metric, "Milliseconds", round(took_ms, 1))
        recorder.add_metric("ServerErrors", "Count", 1 if status >= 500 else 0)
        recorder.add_dimension(*by)
        for name, value in line.items():
            recorder.add_metadata(name, value)
        recorder.flush_metrics()
