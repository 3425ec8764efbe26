"""The record of the last deployment."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from local.deploy.deployment import Deployment, cors_lists, read_record


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = Deployment(digest="d", http_api="a", websocket=("w", "live"), functions={"functions/docs": ["f"]})
    record = tmp_path / "deployed.json"
    record.write_text(json.dumps(asdict(made)))
    assert read_record(record) == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"digest": "d"}', '{"websocket": null, "more": 1}'])
def test_a_record_of_another_version_is_none(tmp_path: Path, text: str) -> None:
    record = tmp_path / "deployed.json"
    record.write_text(text)
    assert read_record(record) is None
    assert read_record(tmp_path / "none.json") is None


def test_a_parameters_text_becomes_a_list() -> None:
    given = {"AllowOrigins": {"Ref": "Origins"}, "AllowMethods": ["GET"], "MaxAge": 600}
    assert cors_lists(given, {"Origins": "http://a, http://b"}) == {
        "AllowOrigins": ["http://a", "http://b"],
        "AllowMethods": ["GET"],
        "MaxAge": 600,
    }
