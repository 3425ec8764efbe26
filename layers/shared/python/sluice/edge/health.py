"""Whether this deployment can do its work: a look at its settings and one read from its table."""

from collections.abc import Callable

from sluice import __version__
from sluice.edge import wiring
from sluice.edge.contract.operations import HealthAnswer, HealthChecks, Outcome
from sluice.edge.logger import logger
from sluice.edge.settings import Misconfigured, settings

# No video has this id, so the read finds nothing, which is all that it needs to.
_NOBODY = "health"


def examine() -> HealthAnswer:
    """The answer of the health route. What went wrong is told to the log and not to the caller."""
    configuration = _outcome("configuration", _configured)
    table = _outcome("table", lambda: wiring.videos().find(_NOBODY)) if configuration == "ok" else "failing"
    ours = settings() if configuration == "ok" else None
    return HealthAnswer(
        status="ok" if configuration == table == "ok" else "failing",
        version=__version__,
        provider=ours.video_provider if ours else None,
        providers=list(ours.providers) if ours else [],
        checks=HealthChecks(configuration, table),
    )


def _configured() -> None:
    ours = settings()
    if not (ours.auth_secret_arn or ours.auth_jwks_url):
        raise Misconfigured("Neither AUTH_SECRET_ARN nor AUTH_JWKS_URL is set.")


def _outcome(name: str, look: Callable[[], object]) -> Outcome:
    try:
        look()
    except Exception:  # noqa: BLE001 - whatever it is, the check has failed, and the log says why
        logger().exception("health check failed", extra={"check": name})
        return "failing"
    return "ok"
