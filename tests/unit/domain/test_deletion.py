"""A receipt adds up what was removed, and is complete while, and only while, nothing is left."""

from sluice.domain.deletion import Receipt, StepTaken

from tests.builders import VIDEO_ID, at


def taken(removed: int = 0, *, verified: bool = True, name: str = "source") -> StepTaken:
    return StepTaken(name=name, check="Looked again.", removed=removed, verified=verified)


ASKED = Receipt(video_id=VIDEO_ID, requested_at=at(0))


def test_a_receipt_without_a_look_is_not_complete() -> None:
    assert not ASKED.complete
    assert ASKED.after([], at=at(1), last=True).confirmed_at is None


def test_what_several_looks_removed_is_added_up() -> None:
    receipt = ASKED.after([taken(2)], at=at(1), last=False).after(
        [taken(), taken(1, name="more")], at=at(2), last=True
    )
    source, more = receipt.steps
    assert (source.removed, source.removed_at, source.verified_at) == (2, at(1), at(2))
    assert (more.removed, more.removed_at, more.verified_at) == (1, at(2), at(2))
    assert (receipt.completed_at, receipt.confirmed_at) == (at(1), at(2))


def test_something_that_is_left_makes_it_incomplete_whenever_it_is_found() -> None:
    receipt = ASKED.after([taken(verified=False), taken(name="more")], at=at(1), last=False)
    assert (receipt.complete, receipt.completed_at) == (False, None)
    receipt = receipt.after([taken(1)], at=at(2), last=False)
    assert (receipt.complete, receipt.completed_at) == (True, at(2))
    receipt = receipt.after([taken(verified=False)], at=at(3), last=True)
    assert (receipt.complete, receipt.completed_at, receipt.confirmed_at) == (False, at(2), None)
    assert receipt.after([taken(1)], at=at(4), last=True).confirmed_at == at(4)
