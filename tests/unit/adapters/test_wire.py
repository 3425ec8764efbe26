"""Whatever others send, reading it gives the type asked for or nothing."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters import wire
from sluice.domain.errors import Malformed

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(anything)
def test_no_value_makes_a_reader_raise(value: object) -> None:
    for read in (wire.mapping, wire.objects, wire.text, wire.number, wire.positive, wire.pixels, wire.moment):
        read(value)


@given(st.binary(max_size=60))
def test_a_body_is_an_object_or_malformed(raw: bytes) -> None:
    with suppress(Malformed):
        assert isinstance(wire.read_object(raw), dict)


@pytest.mark.parametrize("raw", [b"", b"[]", b"1", b"null", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_json_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        wire.read_object(raw)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1893456000, 0),
        ("1893456000", 0),
        ("2030-01-01T00:00:00.000000Z", 0),
        ("2030-01-01T00:00:00.5Z", 0.5),
        ("2030-01-01T01:00:00+01:00", 0),
        ("2030-01-01T00:00:00", 0),
        ("2030-01-01T00:00:00.123456789Z", 0.123456),
    ],
)
def test_trap_26_times_are_read_in_every_form_that_providers_write_them(value: object, read: float) -> None:
    assert wire.moment(value) == datetime.fromtimestamp(1893456000 + read, UTC)


@pytest.mark.parametrize(
    ("value", "read"), [("39.000000", 39.0), (5, 5.0), (-1, -1.0), ("x", None), (True, None)]
)
def test_trap_26_numbers_may_be_text(value: object, read: float | None) -> None:
    assert wire.number(value) == read


@pytest.mark.parametrize("value", [-1, 0, "-1", None, "unknown", float("nan"), float("inf")])
def test_trap_26_what_providers_say_for_unknown_is_nothing(value: object) -> None:
    assert wire.positive(value) is None
