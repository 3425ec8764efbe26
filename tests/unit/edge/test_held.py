"""What a provider's secret holds is told by name, and what is wrong with it too."""

import pytest
from sluice.edge.held import Held
from sluice.edge.settings import Misconfigured


def test_values_are_found_by_their_names() -> None:
    held = Held.read('{"MUX_TOKEN_ID": "id", "MUX_WEBHOOK_SECRET": " new ,old,, "}', "MUX_SECRETS_ARN")
    assert held["MUX_TOKEN_ID"] == "id"
    assert held.listed("MUX_WEBHOOK_SECRET") == ("new", "old")
    assert held.listed("OTHER") == ()
    assert "new" not in repr(held)


@pytest.mark.parametrize("text", ["hunter2", '"hunter2"', "[]", "", "\ud800", "[" * 100_000])
def test_a_secret_that_is_no_object_is_named_and_not_shown(text: str) -> None:
    with pytest.raises(Misconfigured, match="MUX_SECRETS_ARN") as refused:
        Held.read(text, "MUX_SECRETS_ARN")
    assert "hunter2" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("value", ["null", '""', "1", '["hunter2"]', "{}"])
def test_a_value_that_is_no_text_is_named_and_not_shown(value: str) -> None:
    held = Held.read(f'{{"MUX_TOKEN_ID": {value}}}', "MUX_SECRETS_ARN")
    with pytest.raises(Misconfigured, match=r"MUX_TOKEN_ID.*MUX_SECRETS_ARN") as refused:
        held["MUX_TOKEN_ID"]
    assert "hunter2" not in str(refused.value)
