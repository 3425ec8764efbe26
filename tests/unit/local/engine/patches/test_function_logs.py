"""Names in the function log."""

import pytest

from local.engine.patches.function_logs import short_name


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("sluice-local-UploadUrlFunction-F750806995568", "UploadUrl"),
        ("my-stack-DocsFunction-1A", "Docs"),
        ("by-hand", "by-hand"),
    ],
)
def test_the_templates_word(function: str, name: str) -> None:
    assert short_name(function) == name
