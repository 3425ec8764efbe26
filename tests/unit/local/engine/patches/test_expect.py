"""A patch that no longer fits stops the start."""

import pytest

from local.engine import patches
from local.engine.patches.expect import EngineChanged, expect, replace_once


def known() -> int:
    """Code of the engine."""
    value = 1
    return value  # noqa: RET504 - looked at, not run


def test_code_that_is_there() -> None:
    expect(known, "value = 1", "value = 1\n        return value")


def test_code_that_is_gone_is_named() -> None:
    with pytest.raises(EngineChanged, match=r"known no longer has: value = 2"):
        expect(known, "value = 2")


@pytest.mark.parametrize("text", ["nothing", "old and old"])
def test_what_is_replaced_stands_there_once(text: str) -> None:
    assert replace_once("an old one", "old", "new") == "an new one"
    with pytest.raises(EngineChanged):
        replace_once(text, "old", "new")


def test_another_version_of_the_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patches, "version", lambda _name: "9.9.9")
    with pytest.raises(EngineChanged, match=r"is ministack 9\.9\.9"):
        patches.apply_all()
