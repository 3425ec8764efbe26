"""``python -m tools.audit [--grace SECONDS]``: look for orphans now; 1 if there is any, or a wrong count.

An orphan is whatever is stored in the bucket, at a provider or in the table and belongs to no video. What is
left of deleted videos is purged again by the audit itself; the rest is named, to be looked at.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from tools.deployment import Deployment, chosen


def main(arguments: Sequence[str]) -> int:
    """Raises ``SystemExit`` with a sentence if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tools.audit")
    parser.add_argument(
        "--grace", type=int, metavar="SECONDS", help="count what was deleted longer ago (3600)"
    )
    given = parser.parse_args(arguments)
    report = audit(chosen(os.environ), grace=given.grace)
    print(json.dumps(report, indent=2))
    return 1 if trouble(report) else 0


def audit(deployment: Deployment, *, grace: int | None = None) -> dict[str, Any]:
    """The function's report."""
    wish = {} if grace is None else {"graceSeconds": grace}
    answer = deployment.clients("lambda").invoke(
        FunctionName=deployment.outputs()["AuditFunctionName"], Payload=json.dumps(wish)
    )
    report: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise SystemExit(f"The audit failed; its log says why: {report.get('errorType')}")
    return report


def trouble(report: dict[str, Any]) -> bool:
    """Whether there is anything to look at."""
    return bool(report["orphans"] or report["miscounted"] or report["unread"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
