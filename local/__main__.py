"""``python -m local run | token NAME | reset | logs [FUNCTION]``: the local stack's commands."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from local.folder import DataFolder, Occupied
from local.settings import Settings, Unusable, read_settings
from local.terminal import announce, complain


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0, 1 for a failure, 2 for unusable settings or arguments."""
    parser = argparse.ArgumentParser(prog="python -m local", description="Sluice on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start everything and serve until Ctrl-C")
    token = commands.add_parser("token", help="print a bearer token of a local user")
    token.add_argument("name", help="letters and digits, such as alice")
    commands.add_parser("reset", help="forget everything that the stack has kept")
    logs = commands.add_parser("logs", help="print what functions have logged")
    logs.add_argument("function", nargs="?", help="only this one, such as Gallery")
    logs.add_argument("-f", "--follow", action="store_true", help="go on as lines come")
    given = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ)
    except Unusable as exc:
        complain(str(exc))
        return 2
    match given.command:
        case "run":
            return _run(settings)
        case "token":
            return _token(settings, given.name)
        case "reset":
            return _reset(settings)
        case _:
            return _logs(settings, given.function, follow=given.follow)


def _run(settings: Settings) -> int:
    from local.binaries import NotFound
    from local.deploy.packages import BadSyntax
    from local.deploy.stack import DeployFailed
    from local.engine.supervisor import EngineFailed
    from local.ports import Busy
    from local.stack import run_stack
    from local.template.source import TemplateError

    try:
        asyncio.run(run_stack(settings))
    except (Busy, Occupied, NotFound, EngineFailed, TemplateError, DeployFailed, BadSyntax) as exc:
        complain(str(exc))
        return 1
    return 0


def _token(settings: Settings, name: str) -> int:
    from local.tokens import BadName, mint_token

    if not settings.local_sign_in:
        complain("Tokens come from your identity provider while AUTH_JWKS_URL is set.")
        return 1
    secret = settings.auth_secret or DataFolder(settings.data).secrets().auth
    try:
        announce(mint_token(name, secret=secret, now=datetime.now(UTC), claims=settings.token_claims))
    except BadName as exc:
        complain(str(exc))
        return 2
    return 0


def _reset(settings: Settings) -> int:
    try:
        DataFolder(settings.data).empty()
    except Occupied as exc:
        complain(str(exc))
        return 1
    announce(f"Everything in {settings.data} is forgotten.")
    return 0


def _logs(settings: Settings, function: str | None, *, follow: bool) -> int:
    from local.function_log import read_log

    try:
        for line in read_log(DataFolder(settings.data).log("functions"), function, follow=follow):
            announce(line)
    except (KeyboardInterrupt, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads the rest
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
