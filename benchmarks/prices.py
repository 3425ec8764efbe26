"""What AWS asks: us-east-1, on demand, arm64, as published in November 2025; dollars."""

API_REQUEST = 1.00 / 1e6
LAMBDA_REQUEST, LAMBDA_GB_SECOND = 0.20 / 1e6, 0.0000133334
QUEUE_REQUEST = 0.40 / 1e6
BUS_EVENT = 1.00 / 1e6
STATE_TRANSITION = 25.0 / 1e6
WRITE_UNIT, READ_UNIT = 0.625 / 1e6, 0.125 / 1e6
PUT, GET = 0.005 / 1e3, 0.0004 / 1e3
LOG_GB = 0.50

# Lambda gives a whole processor for each 1769 MB.
PROCESSOR_GB = 1769 / 1024


def invocation(processor_seconds: float) -> float:
    """One invocation that keeps its processors busy for so long, however many it has."""
    return LAMBDA_REQUEST + processor_seconds * PROCESSOR_GB * LAMBDA_GB_SECOND
