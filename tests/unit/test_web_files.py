"""What holds for all files of the page: nothing from elsewhere, nothing inline, nothing unaccounted for."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
OURS = sorted(
    path
    for path in WEB.rglob("*")
    if path.suffix in {".js", ".css", ".html"} and "vendor" not in path.relative_to(WEB).parts
)
PAGES = ["index.html", "share.html"]
CODE = {".js", ".mjs", ".css"}
MARKUP_FROM_TEXT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
FROM_ELSEWHERE = re.compile(r"""(?:src|href)=["']https?://|@import|url\(\s*["']?https?:|from ["']https?:""")


@pytest.mark.parametrize("folder", [WEB / "vendor", ROOT / "tests/browser/vendor"], ids=["page", "tests"])
def test_every_vendored_file_is_in_the_table_with_its_hash(folder: Path) -> None:
    listed = dict(re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (folder / "README.md").read_text()))
    code = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in CODE}

    assert set(listed) == code
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
        assert (folder / name).with_name("LICENSE").is_file(), f"{name} has no licence beside it"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_allows_no_inline_script_or_style_and_no_foreign_code(name: str) -> None:
    page = (WEB / name).read_text()
    policy = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy[1]
    # Providers' upload and delivery hosts change without notice: see docs/adr/0031.
    assert all("https:" in rules[kind].split() for kind in ("connect-src", "img-src", "media-src"))
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(WEB)))
def test_files_are_small_local_and_never_turn_data_into_markup(path: Path) -> None:
    text = path.read_text()

    assert text.count("\n") < 300
    assert not MARKUP_FROM_TEXT.search(text)
    assert not FROM_ELSEWHERE.search(text)


@pytest.mark.parametrize(
    "path", [one for one in OURS if one.suffix == ".js"], ids=lambda path: str(path.relative_to(WEB))
)
def test_every_import_leads_to_a_file(path: Path) -> None:
    named = re.findall(r"""(?:from|import\()\s*["'](\.{1,2}/[^"']+)["']""", path.read_text())

    missing = [target for target in named if not (path.parent / target).is_file()]

    assert missing == []


@pytest.mark.parametrize(("name", "served_at"), [("index.html", ""), ("share.html", "share")])
def test_a_page_names_only_what_exists(name: str, served_at: str) -> None:
    """A shared link has its page one folder down, so its addresses lead up first."""
    named = re.findall(r'(?:src|href)="([^"#]+)"', (WEB / name).read_text())

    assert [one for one in named if not (WEB / served_at / "x").parent.joinpath(one).resolve().exists()] == []
