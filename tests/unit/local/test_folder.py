"""The data folder: secrets made once, one stack at a time, emptied only if it is one."""

import multiprocessing
from pathlib import Path

import pytest

from local.folder import DataFolder, Occupied


def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    made = folder.secrets()
    assert folder.secrets() == made
    assert len(made.auth.encode()) >= 32
    assert (tmp_path / "data" / "secrets.json").stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.root.iterdir()] == ["secrets.json"]


def test_two_folders_have_different_secrets(tmp_path: Path) -> None:
    assert DataFolder(tmp_path / "a").secrets() != DataFolder(tmp_path / "b").secrets()


def _secret(root: Path) -> str:
    return DataFolder(root).secrets().auth


def test_processes_that_start_together_agree_on_the_secrets(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_secret, [tmp_path / "data"] * 8))) == 1


def test_one_stack_at_a_time(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        with pytest.raises(Occupied, match="already running"), folder.held():
            pass
        with pytest.raises(Occupied):
            folder.empty()
    folder.empty()


def test_emptying_forgets_everything(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder.held():
        folder.secrets()
        folder.engine.mkdir()
        (folder.engine / "state.json").write_text("{}")
    folder.empty()
    assert list(folder.root.iterdir()) == []


def test_a_folder_that_never_was_a_stacks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    DataFolder(tmp_path).empty()
    assert (tmp_path / "thesis.txt").exists()
    DataFolder(tmp_path / "nowhere").empty()
