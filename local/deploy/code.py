"""Pushes functions' code to the engine: what differs from what runs there, and nothing else."""

import base64
import hashlib
from collections.abc import Collection
from pathlib import Path

from local.deploy.clients import Clients
from local.deploy.deployment import Deployment
from local.deploy.packages import SHARED, check_syntax, function_package, snapshot_shared


def push_code(root: Path, code: Path, clients: Clients, deployment: Deployment) -> list[str]:
    """Make every function run the code on disk; folders whose functions changed.

    Raises:
        BadSyntax: a module does not parse; nothing was changed.
    """
    check_syntax(root, root / SHARED)
    for folder in deployment.functions:
        check_syntax(root, root / folder)
    code.mkdir(parents=True, exist_ok=True)
    shared = snapshot_shared(root, code)
    changed = []
    for folder, names in deployment.functions.items():
        package = function_package(root / folder, shared)
        if _push(clients, names, package):
            changed.append(folder)
    return changed


def _push(clients: Clients, names: Collection[str], package: bytes) -> bool:
    """Whether any of the functions had other code."""
    digest = base64.b64encode(hashlib.sha256(package).digest()).decode()
    functions = clients("lambda")
    stale = [
        name
        for name in names
        if functions.get_function_configuration(FunctionName=name)["CodeSha256"] != digest
    ]
    for name in stale:
        functions.update_function_code(FunctionName=name, ZipFile=package)
    return bool(stale)
