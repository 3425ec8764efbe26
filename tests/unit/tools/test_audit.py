"""`make audit`: the function's report, and whether there is anything to look at."""

import json
from io import BytesIO
from typing import Any

import pytest

from tools import audit
from tools.deployment import Deployment

FINE = {"orphans": 0, "miscounted": [], "unread": [], "lookedAt": {"bucket.source": 2}}


class _Lambda:
    """Answers with a report, or fails."""

    def __init__(self, report: dict[str, Any], **more: Any) -> None:
        self._answer = {"Payload": BytesIO(json.dumps(report).encode()), **more}
        self.asked: list[dict[str, Any]] = []

    def invoke(self, **given: Any) -> dict[str, Any]:
        self.asked.append({**given, "Payload": json.loads(given["Payload"])})
        return self._answer


class _Deployed(Deployment):
    def outputs(self) -> dict[str, str]:
        return {"AuditFunctionName": "audit-1"}


def deployed(function: _Lambda) -> Deployment:
    return _Deployed({"lambda": function}.__getitem__, "stack")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({}, 0), ({"orphans": 1}, 1), ({"miscounted": ["alice"]}, 1), ({"unread": ["mux"]}, 1)],
)
def test_it_fails_if_there_is_anything_to_look_at(
    changes: dict[str, Any], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = {**FINE, **changes}
    monkeypatch.setattr(audit, "chosen", lambda _env: deployed(_Lambda(report)))
    assert audit.main([]) == code
    assert json.loads(capsys.readouterr().out) == report


def test_how_long_ago_counts_may_be_said() -> None:
    for grace, wish in ((None, {}), (0, {"graceSeconds": 0})):
        function = _Lambda(FINE)
        audit.audit(deployed(function), grace=grace)
        assert function.asked == [{"FunctionName": "audit-1", "Payload": wish}]


def test_an_audit_that_fails_is_told_in_a_sentence() -> None:
    with pytest.raises(SystemExit, match="its log says why: Misconfigured"):
        audit.audit(deployed(_Lambda({"errorType": "Misconfigured"}, FunctionError="Unhandled")))
