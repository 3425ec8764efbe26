"""What is known of a generation says how it is doing, whatever came first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.admission import detail_problems
from sluice.domain.errors import InvalidFields
from sluice.domain.generation import Answer, GenerationStatus, Trouble, check_script, label
from sluice.domain.stamped import Stamped

from tests.builders import NOW, at, make_generation, make_script

READY = Stamped(at(5), Answer(video_url="https://cdn.example/v.mp4"))
FAILED = Stamped(at(5), Answer(trouble=Trouble("generation_failed", "Too few words.")))
SETBACK = Stamped(at(1), Trouble("generator_unavailable", "It cannot be asked."))
REFUSAL = Stamped(at(6), Trouble("refused_address", "Not from there."))
LATE = NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("known", "status", "code"),
    [
        ({}, "processing", None),
        ({"answer": READY}, "ready", None),
        ({"answer": FAILED}, "error", "generation_failed"),
        ({"setback": SETBACK}, "error", "generator_unavailable"),
        ({"setback": SETBACK, "answer": READY}, "ready", None),
        ({"answer": READY, "refusal": REFUSAL}, "error", "refused_address"),
    ],
)
def test_its_status_follows_from_what_was_heard(known: dict[str, Any], status: str, code: str | None) -> None:
    generation = make_generation(**known)
    trouble = generation.trouble(at(10))
    assert generation.status(at(10)) == status
    assert (trouble.code if trouble else None) == code


def test_silence_for_a_day_is_an_error_until_an_answer_comes_all_the_same() -> None:
    silent = make_generation()
    assert silent.status(LATE - timedelta(seconds=1)) is GenerationStatus.PROCESSING
    trouble = silent.trouble(LATE)
    assert trouble is not None
    assert trouble.code == "generation_timed_out"
    assert replace(silent, answer=READY).status(LATE) is GenerationStatus.READY


def test_it_was_updated_when_something_was_last_heard() -> None:
    assert make_generation().updated_at == NOW
    assert make_generation(answer=READY, setback=SETBACK, refusal=REFUSAL).updated_at == at(6)


def test_an_address_that_was_refused_is_not_shown() -> None:
    assert make_generation(answer=READY, refusal=REFUSAL).video_url is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hook": ""}, "hook"),
        ({"body": "  "}, "body"),
        ({"conclusion": "x" * 5001}, "conclusion"),
        ({"company_name": "x" * 256}, "company_name"),
        ({"email": "nobody"}, "email"),
        ({"email": "@example.com"}, "email"),
        ({"email": "ada@"}, "email"),
    ],
)
def test_a_script_that_cannot_be_used_is_refused_naming_the_field(
    changes: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        check_script(make_script(**changes))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_whole_script_passes_and_so_does_the_least() -> None:
    check_script(make_script())
    check_script(make_script(hook="😀" * 5000, email="", avatar=""))


@given(st.text())
def test_whatever_it_begins_with_a_video_has_a_title_that_videos_may_have(hook: str) -> None:
    assert detail_problems(make_script(hook=hook).title, None, None) == []


def test_a_generated_video_says_that_it_is_one() -> None:
    told = label(make_generation())["generated"]
    assert told == {
        "generationId": make_generation().generation_id,
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    }
