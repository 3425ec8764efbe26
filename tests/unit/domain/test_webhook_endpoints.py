"""Endpoints: which keys sign, what they are told, when they have failed enough."""

from datetime import timedelta

import pytest
from sluice.domain.errors import InvalidFields
from sluice.domain.webhook_endpoints import Disabled, EndpointKey, check_events, rotated

from tests.builders import NOW, at, make_endpoint

DAY = timedelta(hours=24)
NEW, NEWER = EndpointKey("key_2", "whsec_new"), EndpointKey("key_3", "whsk_newer")


def test_a_key_that_was_replaced_signs_for_a_day_more() -> None:
    first = make_endpoint().keys[0]
    endpoint = rotated(make_endpoint(), NEW, now=NOW)
    assert endpoint.signing_keys(at(1)) == [NEW.key, first.key]
    assert endpoint.previous_key_until == NOW + DAY
    assert endpoint.signing_keys(NOW + DAY) == [NEW.key]


def test_only_the_key_before_the_newest_signs_on() -> None:
    endpoint = rotated(rotated(make_endpoint(), NEW, now=NOW), NEWER, now=at(1))
    assert endpoint.signing_keys(at(2)) == [NEWER.key, NEW.key]
    assert rotated(endpoint, NEWER, now=at(3)) == endpoint


def test_how_it_signs_follows_from_its_newest_key() -> None:
    assert make_endpoint().signing == "v1"
    assert make_endpoint(keys=(NEWER,)).signing == "v1a"
    assert make_endpoint().previous_key_until is None


def test_it_is_told_what_it_wants_unless_it_is_disabled() -> None:
    assert make_endpoint().wants("video.ready")
    assert not make_endpoint().wants("video.deleted")
    assert not make_endpoint(disabled=Disabled(NOW, "gone")).wants("video.ready")


@pytest.mark.parametrize(
    ("hours", "failures", "enough"), [(24, 5, True), (23.9, 50, False), (48, 4, False), (None, 9, False)]
)
def test_a_day_of_failures_is_enough_if_there_were_some(
    hours: float | None, failures: int, enough: bool
) -> None:
    since = None if hours is None else NOW - timedelta(hours=hours)
    assert make_endpoint(failing_since=since, failures=failures).has_failed_enough(NOW) is enough


@pytest.mark.parametrize("events", [[], ["video.ready", "video.ready"], ["video.ready", "video.sold"]])
def test_nobody_subscribes_to_nothing_twice_or_what_there_is_not(events: list[str]) -> None:
    with pytest.raises(InvalidFields) as refused:
        check_events(events, ("video.ready", "video.error"))
    assert refused.value.problems[0].field == "events"
