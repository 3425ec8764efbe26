"""Documents by kind and key, kept over a restart."""

from pathlib import Path

from local.twins.store import Store


def test_documents_come_newest_first_and_keep_their_place(tmp_path: Path) -> None:
    store = Store(tmp_path / "twin.sqlite")
    for key in "abc":
        store.put("thing", key, {"key": key, "colour": "red" if key == "b" else "blue"})
    store.put("thing", "a", {"key": "a", "colour": "red"})
    assert [one["key"] for one in store.each("thing")] == ["c", "b", "a"]
    assert [one["key"] for one in store.each("thing", oldest_first=True, equal={"colour": "red"})] == [
        "a",
        "b",
    ]
    assert store.count("thing") == 3
    store.close()
    again = Store(tmp_path / "twin.sqlite")
    assert again.get("thing", "a") == {"key": "a", "colour": "red"}
    assert again.remove("thing", "a")
    assert not again.remove("thing", "a")
    again.close()


def test_a_second_add_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "twin.sqlite")
    assert store.add("thing", "a", {"n": 1})
    assert not store.add("thing", "a", {"n": 2})
    assert store.get("thing", "a") == {"n": 1}
    store.close()


def test_what_is_due_comes_in_order_and_the_rest_is_forgotten_beyond_a_bound(tmp_path: Path) -> None:
    store = Store(tmp_path / "twin.sqlite")
    store.put("job", "late", {"key": "late"}, due=20)
    store.put("job", "soon", {"key": "soon"}, due=10)
    for number in range(5):
        store.put("job", f"done{number}", {"key": f"done{number}"})
    assert [one["key"] for one in store.due("job", 30, 9)] == ["soon", "late"]
    assert store.next_due("job", 10) == 20
    store.keep_newest("job", 2)
    assert [one["key"] for one in store.each("job")] == ["done4", "done3", "soon", "late"]
    store.close()
