"""DynamoDB's failures, told by their codes: who may try again, and what is a mistake of ours."""

from typing import Any

import pytest
from sluice.adapters.aws_http import NoAnswer, Refused
from sluice.adapters.dynamodb.failures import ConditionFailed, codes, translated
from sluice.adapters.dynamodb.idempotency import DynamoIdempotency
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain import facts
from sluice.domain.errors import SluiceError, Unavailable, WriteConflict
from sluice.domain.video import reduce
from sluice.usecases.ports import Versioned

from tests.builders import NOW, VIDEO_ID, at, make_video
from tests.fakes.clients import Failing, refused

_CANCELLED = "TransactionCanceledException"


def raised(error: Exception) -> Exception:
    with pytest.raises(Exception) as caught, translated():  # noqa: PT011 - its type is what is asked for
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refused("ConditionalCheckFailedException"), ConditionFailed),
        (refused(_CANCELLED, "ConditionalCheckFailed", "None"), ConditionFailed),
        (refused(_CANCELLED, "None", "TransactionConflict"), WriteConflict),
        (refused("TransactionConflictException"), WriteConflict),
        (refused("TransactionInProgressException"), WriteConflict),
        (refused(_CANCELLED, "ThrottlingError", "None"), Unavailable),
        (refused(_CANCELLED, "None", "ProvisionedThroughputExceeded"), Unavailable),
        (refused("ProvisionedThroughputExceededException"), Unavailable),
        (refused("ThrottlingException"), Unavailable),
        (refused("InternalServerError"), Unavailable),
        (Refused("503", {}, passes=True), Unavailable),
        (NoAnswer(), Unavailable),
    ],
    ids=lambda value: str(value)[-60:] if isinstance(value, Exception) else value.__name__,
)
def test_failures_become_ours_and_never_show_the_services_own_text(
    error: Exception, kind: type[SluiceError]
) -> None:
    ours = raised(error)
    assert type(ours) is kind
    assert "not for our users" not in str(ours)
    assert ours.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [refused("ValidationException"), refused("AccessDeniedException"),
     refused(_CANCELLED, "ValidationError", "None"), KeyError("doc")],
)  # fmt: skip
def test_a_mistake_of_ours_stays_what_it_is(error: Exception) -> None:
    assert raised(error) is error


def test_a_condition_that_failed_counts_before_a_conflict_on_the_counts() -> None:
    error = refused(_CANCELLED, "ConditionalCheckFailed", "TransactionConflict")
    assert codes(error) == {"ConditionalCheckFailed", "TransactionConflict"}
    assert isinstance(raised(error), ConditionFailed)


def _videos(error: Exception) -> DynamoVideos:
    client: Any = Failing(error)
    return DynamoVideos(client, "table")


def test_contention_on_the_counts_is_a_conflict_for_whoever_adds_or_replaces() -> None:
    contended, video = refused(_CANCELLED, "None", "TransactionConflict"), make_video()
    with pytest.raises(WriteConflict):
        _videos(contended).add(video, due_at=None)
    with pytest.raises(WriteConflict):
        _videos(contended).replace(
            Versioned(video, 1), reduce(video, facts.PlaybackReady(at=at(1))), due_at=None
        )


def test_a_plain_write_that_meets_a_transaction_is_a_conflict_too() -> None:
    video = make_video()
    with pytest.raises(WriteConflict):
        _videos(refused("TransactionConflictException")).replace(
            Versioned(video, 1), reduce(video, facts.DetailsEdited(at=at(1), title="x")), due_at=None
        )


def test_a_busy_database_is_unavailable_to_every_reader() -> None:
    videos = _videos(refused("ThrottlingException"))
    for call in (
        lambda: videos.find(VIDEO_ID),
        lambda: videos.page("alice", status=None, limit=1, after=None),
        lambda: videos.counts("alice"),
        lambda: list(videos.due(NOW, limit=1)),
        lambda: videos.lease_refresh(VIDEO_ID, now=NOW, seconds=1),
    ):
        with pytest.raises(Unavailable):
            call()


def test_a_busy_database_is_unavailable_to_whoever_claims_a_key() -> None:
    client: Any = Failing(refused("ThrottlingException"))
    with pytest.raises(Unavailable):
        DynamoIdempotency(client, "table").claim("key", "body", resource_id="1", now=NOW)


def test_an_error_without_reasons_is_told_by_its_own_code() -> None:
    assert codes(refused(_CANCELLED)) == {_CANCELLED}
    with pytest.raises(Refused), translated():
        raise refused(_CANCELLED)
