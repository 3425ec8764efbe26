"""Which deployment an operator's command is about."""

from pathlib import Path

import pytest

from local.engine.environment import ROOT_KEY_ID
from local.folder import DataFolder
from local.ports import free_port
from tests.engine import Aws, unique
from tools.deployment import Deployment, chosen


def test_the_local_stack_is_found_by_its_folder_and_port(tmp_path: Path) -> None:
    found = chosen({"LOCAL": "1", "SLUICE_DATA": str(tmp_path), "AWS_PORT": "4999"})
    client = found.clients("sqs")
    assert client.meta.endpoint_url == "http://127.0.0.1:4999"
    key = client._request_signer._credentials
    assert (key.access_key, key.secret_key) == (ROOT_KEY_ID, DataFolder(tmp_path).secrets().engine_key)
    assert found._stack == "sluice-local"
    client.close()


@pytest.mark.parametrize(
    ("env", "stack"), [({}, "sluice-dev"), ({"STAGE": "prod", "LOCAL": "0"}, "sluice-prod")]
)
def test_a_stage_is_found_by_its_stacks_name(env: dict[str, str], stack: str) -> None:
    assert chosen(env)._stack == stack


def test_a_stack_that_is_not_there_or_does_not_answer_is_told_in_a_sentence(
    engine: Aws, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="cannot be read"):
        Deployment(engine, unique("nobody")).outputs()
    nowhere = chosen({"LOCAL": "1", "SLUICE_DATA": str(tmp_path), "AWS_PORT": str(free_port())})
    with pytest.raises(SystemExit, match="sluice-local cannot be read"):
        nowhere.outputs()
    nowhere.clients("cloudformation").close()
