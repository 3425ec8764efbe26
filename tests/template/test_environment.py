"""What the code reads from its environment is what the template sets, name by name."""

import ast
import re

from sluice.edge import settings

from tests.template_file import ROOT, template

# Lambda's own, the local stack's endpoint and exempt hosts, and the media tools' places without a layer.
NOT_THE_TEMPLATES = {
    *("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    *("AWS_ENDPOINT_URL", "IMPORT_ALLOWED_HOSTS", "SLUICE_FFMPEG", "SLUICE_FFPROBE"),
}


def read() -> set[str]:
    """Variables' names in the one module that reads the environment."""
    tree = ast.parse((ROOT / "layers/shared/python/sluice/edge/settings.py").read_text())
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|LADDER", text)}


def written() -> set[str]:
    """Variables' names anywhere in the template."""
    resources = template()["Resources"].values()
    places = [template()["Globals"]["Function"], *(found.get("Properties", {}) for found in resources)]
    return {name for place in places for name in place.get("Environment", {}).get("Variables", {})}


def test_every_name_that_is_read_is_set_and_back() -> None:
    assert read() - NOT_THE_TEMPLATES == written()


def test_a_deployment_s_own_names_are_really_read() -> None:
    assert read() >= NOT_THE_TEMPLATES


def test_nothing_else_reads_the_environment() -> None:
    package = ROOT / "layers/shared/python/sluice"
    readers = {
        path
        for path in (*package.rglob("*.py"), *(ROOT / "functions").rglob("*.py"))
        if re.search(r"\bos\.(environ|getenv)\b|from os import .*(environ|getenv)", path.read_text())
    }
    assert readers == {package / "edge/settings.py"}
    assert settings.__file__ == str(package / "edge/settings.py")


def test_no_variable_holds_a_secret() -> None:
    assert {name for name in written() if re.search(r"SECRET|KEY|PASSWORD|TOKEN", name)} <= {
        name for name in written() if name.endswith(("_ARN", "_ARNS"))
    }
