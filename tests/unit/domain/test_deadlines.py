"""Every video that is waiting has a moment at which somebody looks after it."""

from datetime import timedelta

import pytest
from hypothesis import given
from sluice.domain import facts
from sluice.domain.deadlines import Patience, due_at
from sluice.domain.facts import Fact
from sluice.domain.video import reduce

from tests.builders import NOW, PATIENCE, at, make_video
from tests.strategies import fact_logs


def test_an_upload_is_looked_after_when_its_url_has_expired_and_some_grace() -> None:
    patience = Patience(upload_grace=timedelta(minutes=1))
    assert due_at(make_video(), patience) == NOW + timedelta(hours=6, minutes=1)


@pytest.mark.parametrize("status", ["processing", "ready"])
def test_processing_is_looked_after_when_nothing_was_heard_for_a_while(status: str) -> None:
    video = reduce(make_video(status), facts.ProgressMade(at=at(100), percent=5))
    assert due_at(video, PATIENCE) == at(100) + PATIENCE.processing


def test_an_upload_that_goes_on_is_waited_for() -> None:
    renewed = reduce(make_video(), facts.UploadRenewed(at=at(9), expires_at=NOW + timedelta(hours=11)))
    assert due_at(renewed, PATIENCE) == NOW + timedelta(hours=11) + PATIENCE.upload_grace
    earlier = reduce(renewed, facts.UploadRenewed(at=at(10), expires_at=NOW))
    assert due_at(earlier, PATIENCE) == due_at(renewed, PATIENCE)


def test_what_plays_at_a_provider_and_is_not_whole_is_asked_about_soon() -> None:
    video = reduce(make_video("ready", provider="mux"), facts.ProgressMade(at=at(100), percent=39))
    assert due_at(video, PATIENCE) == at(100) + PATIENCE.finishing


@given(fact_logs)
def test_a_video_has_a_deadline_exactly_while_something_is_expected_astray_or_open(log: list[Fact]) -> None:
    video = make_video()
    for fact in log:
        video = reduce(video, fact)
    quiet = video.settled and not video.strays_possible and not video.exposed_at
    assert (due_at(video, PATIENCE) is None) is quiet


def test_what_may_be_astray_is_looked_after_even_if_the_video_has_failed() -> None:
    failed = reduce(make_video("error"), facts.CreateUnanswered(at=at(7)))
    assert due_at(failed, PATIENCE) == at(7) + PATIENCE.strays
    assert due_at(reduce(failed, facts.StraysCancelled(at=at(700))), PATIENCE) is None


def test_a_private_video_that_plays_without_a_token_is_looked_after_at_once() -> None:
    public = facts.ProviderLinked(at=at(8), kind="playback_public", provider_id="PUB")
    exposed = reduce(make_video("complete"), public)
    assert due_at(exposed, PATIENCE) == at(8)
    assert due_at(reduce(exposed, facts.DetailsEdited(at=at(9), visibility="public")), PATIENCE) is None
    assert due_at(reduce(make_video("error"), public), PATIENCE) is None
    gone = facts.ProviderLinked(at=at(10), kind="playback_public", provider_id="")
    assert due_at(reduce(exposed, gone), PATIENCE) is None


def test_a_video_made_private_is_looked_after_from_then_on() -> None:
    public = facts.ProviderLinked(at=at(8), kind="playback_public", provider_id="PUB")
    video = reduce(make_video("complete", visibility="public"), public)
    closed = reduce(video, facts.DetailsEdited(at=at(50), visibility="private"))
    assert (due_at(video, PATIENCE), due_at(closed, PATIENCE)) == (None, at(50))
