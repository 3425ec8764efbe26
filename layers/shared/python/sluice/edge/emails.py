"""E-mail addresses that frontends written against earlier documents send along: whose they are."""

from sluice.domain.errors import Forbidden, NotFound
from sluice.domain.identity import Caller
from sluice.edge import wiring


def require_own_email(caller: Caller, email: str | None) -> None:
    """The caller may name themselves, as this or an earlier token did, and nobody else.

    Raises:
        Forbidden: it is another user's.
        NotFound: no token ever carried it.
    """
    if not email or (caller.email and email.strip().casefold() == caller.email.strip().casefold()):
        return
    owner = wiring.profiles().user_by_email(email)
    if owner is None:
        raise NotFound("There is no user with this e-mail address.", code="user_not_found")
    if owner != caller.user_id:
        raise Forbidden("This e-mail address is not yours.")
