"""The engine's environment, which its functions inherit: nothing of the operator's but what they need."""

from collections.abc import Mapping
from pathlib import Path

ENGINE_VERSION = "1.5.33"
REGION = "us-east-1"
ACCOUNT = "000000000000"
ROOT_KEY_ID = "sluice-local-root"

# A function must not see AUTH_JWT_SECRET or the operator's AWS credentials: on AWS it would not.
_INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR")

# The engine's own settings, which its functions must not take for theirs.
ENGINE_ONLY = frozenset(
    {
        *("AUTH", "BIND_HOST", "GATEWAY_PORT", "LOG_LEVEL", "DOCKER_HOST", "PERSIST_STATE", "STATE_DIR"),
        *("S3_PERSIST", "S3_DATA_DIR", "SFTP_ENABLED", "IOT_MTLS_ENABLED", "SLUICE_FUNCTION_LOG"),
        *("MINISTACK_HOST", "MINISTACK_REGION", "MINISTACK_ACCOUNT_ID"),
    }
)


def engine_environment(
    env: Mapping[str, str],
    *,
    port: int,
    state: Path,
    root_secret: str,
    shared_code: Path | None = None,
    function_log: Path | None = None,
    programs: Mapping[str, str] | None = None,
    import_allowed_hosts: str = "",
) -> dict[str, str]:
    """Variables for the engine's process.

    ``shared_code`` goes first on the functions' import path; ``programs`` are SLUICE_FFMPEG and the like;
    ``import_allowed_hosts`` are those that imports may reach on this machine.
    """
    made = {name: env[name] for name in _INHERITED if name in env}
    made |= {
        "TMPDIR": str(state / "tmp"),  # functions' too; emptied at every start
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "localhost",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "objects"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "INFO",
        "DOCKER_HOST": "unix:///nonexistent",  # the engine must not look for a daemon
        "AWS_ACCESS_KEY_ID": ROOT_KEY_ID,
        "AWS_SECRET_ACCESS_KEY": root_secret,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONUNBUFFERED": "1",
        **(programs or {}),
    }
    if import_allowed_hosts:
        made["IMPORT_ALLOWED_HOSTS"] = import_allowed_hosts
    if shared_code is not None:
        made["PYTHONPATH"] = str(shared_code)
    if function_log is not None:
        made["SLUICE_FUNCTION_LOG"] = str(function_log)
    return made
