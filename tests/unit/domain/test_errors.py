"""The error tree: every error has a stable code and says whether trying again may help."""

from collections.abc import Iterator

import pytest
from sluice.domain import errors


def _all(kind: type[errors.SluiceError]) -> Iterator[type[errors.SluiceError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from _all(below)


@pytest.mark.parametrize("kind", list(_all(errors.SluiceError)))
def test_every_error_has_a_code_in_snake_case_and_keeps_its_sentence(kind: type[errors.SluiceError]) -> None:
    error = kind("It went wrong.")
    assert error.code == error.code.lower().replace("-", "_")
    assert (error.message, str(error)) == ("It went wrong.", "It went wrong.")


def test_a_code_can_be_told_more_exactly_for_one_error_alone() -> None:
    assert errors.Conflict("Not yet.", code="video_not_ready").code == "video_not_ready"
    assert errors.Conflict("Not yet.").code == "conflict"


def test_codes_name_one_category_each() -> None:
    codes = [kind.code for kind in _all(errors.SluiceError)]
    assert len(codes) == len(set(codes))


def test_only_what_may_pass_is_retryable() -> None:
    retryable = {kind.__name__ for kind in _all(errors.SluiceError) if kind.retryable}
    later = {"Unavailable", "PollBudgetSpent", "OutcomeUnknown", "WriteConflict"}
    assert retryable == {*later, "TooManyRequests"}


def test_fields_that_are_wrong_are_all_told() -> None:
    problems = errors.FieldProblem("a", "is wrong"), errors.FieldProblem("b", "is wrong too")
    assert errors.InvalidFields("Some fields are not valid.", *problems).problems == problems
