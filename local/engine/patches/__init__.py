"""What ministack 1.5.33 does differently from AWS in ways that matter to us, each put right in one module.

Every module has ``apply()``, which first asserts that the engine's code is what the patch was written
for, so that a new version of the engine stops the start instead of running half patched.
"""

import importlib
from importlib.metadata import version

from local.engine.environment import ENGINE_VERSION
from local.engine.patches.expect import EngineChanged

# In this order: a patch looks at the engine's code before a later one wraps it.
NAMES = (
    "code_updates",
    "worker_pool",
    "handler_failures",
    "process_groups",
    "function_logs",
    "http_api",
    "websocket",
    "condition_keys",
    "stream_batches",
    "queue_restart",
    "generated_secrets",
    "sessions",
    "executions",
    "multipart",
    "object_bodies",
    "named_queries",
)


def apply_all() -> None:
    """Apply every patch, once per process.

    Raises:
        EngineChanged: the engine is not the version, or not the code, that the patches were written for.
    """
    found = version("ministack")
    if found != ENGINE_VERSION:
        raise EngineChanged(f"The engine is ministack {found}, its corrections are for {ENGINE_VERSION}.")
    for name in NAMES:
        importlib.import_module(f"local.engine.patches.{name}").apply()
