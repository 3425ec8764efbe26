"""/api/analytics: players report how playback goes. Checked and queued here, and nothing else."""

from sluice.domain.errors import Malformed, TooLarge, Unavailable
from sluice.edge import analytics_wiring as wiring
from sluice.edge.beacons import take_beacons
from sluice.edge.cmcd_reports import take_reports
from sluice.edge.contract import beacons as contract
from sluice.edge.http import Access, Api, Reply, Request
from sluice.edge.senders import sender_of

api = handler = Api()

_RAISES = (Malformed, TooLarge, Unavailable)


@api.route(
    "POST /api/analytics/events",
    access=Access.PUBLIC,
    status=202,
    takes=contract.BeaconEvent | list[contract.BeaconEvent],
    raises=_RAISES,
)
def events(request: Request, raw: bytes) -> contract.BeaconsAnswer | Reply:
    """Take one event of a player, or an array of them; a bad one does not spoil the others.

    The body may be declared as ``text/plain``, as ``navigator.sendBeacon`` does. Events of videos that there
    are not are taken and dropped.
    """
    intake = take_beacons(
        raw,
        sender_of(request.headers),
        now=request.now,
        throttle=wiring.throttle(),
        queue=wiring.beacon_queue(),
    )
    return intake.answer(request.request_id)


@api.route(
    "POST /api/analytics/cmcd",
    access=Access.PUBLIC,
    status=202,
    takes=contract.CmcdReport | list[contract.CmcdReport],
    raises=_RAISES,
)
def cmcd(request: Request, query: contract.CmcdQuery, raw: bytes) -> contract.BeaconsAnswer | Reply:
    """Take Common Media Client Data (CTA-5004), as events of the same sessions.

    Reports come as JSON, as a text a line, in the query parameter ``CMCD``, or in the ``CMCD-*`` headers.
    """
    intake = take_reports(
        raw,
        query,
        request.headers,
        sender_of(request.headers),
        now=request.now,
        throttle=wiring.throttle(),
        queue=wiring.beacon_queue(),
    )
    return intake.answer(request.request_id)
