"""Two keys of policies' conditions mean what they mean on AWS.

``aws:PrincipalArn`` of a role's session is the role's ARN ("AWS global condition context keys"), where the
engine gives the session's. ``aws:SecureTransport`` is true: the engine speaks plain HTTP on the loopback,
and a bucket that refuses plain HTTP would refuse everything here.
"""

import re
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import iam

from local.engine.patches.expect import expect

_SESSION = re.compile(r"arn:aws:sts::(\d{12}):assumed-role/([^/]+)/.+")


def apply() -> None:
    """Wrap the resolution of condition keys."""
    expect(iam_evaluator._resolve_condition_key, 'if k == "aws:principalarn": return ctx.principal_arn')
    resolve = iam_evaluator._resolve_condition_key

    def resolve_as_aws(key: str, context: Any) -> Any:
        match key.lower():
            case "aws:securetransport":
                return "true"
            case "aws:principalarn":
                return _role_of(str(context.principal_arn))
            case _:
                return resolve(key, context)

    iam_evaluator._resolve_condition_key = resolve_as_aws


def _role_of(arn: str) -> str:
    session = _SESSION.fullmatch(arn)
    if session is None:
        return arn
    account, name = session.groups()
    role = iam._roles.get(name)
    return str(role["Arn"]) if role else f"arn:aws:iam::{account}:role/{name}"
