"""Expands the template's serverless resources, as CloudFormation's transform does on AWS, offline."""

import copy
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from local.engine.environment import REGION
from local.template.routes import with_explicit_routes
from local.template.source import HTTP_API, TemplateError, read_source, source_digest

_TRANSFORM = "aws-sam-translator"
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Expanded:
    """``template`` is what the engine is given; ``functions`` is logical id → folder."""

    template: Mapping[str, Any]
    functions: Mapping[str, str]


def expanded(root: Path, kept: Path) -> Expanded:
    """The template of the project at ``root``, expanded.

    It says the same for every stack, and takes most of the time that one needs to start: what was expanded
    before is read from the folder ``kept``.

    Raises:
        TemplateError: it cannot be read, or the transform refuses it; the message says why.
    """
    place = kept / f"{source_digest(root)[:16]}-{version(_TRANSFORM)}.json"
    if place.exists():
        return Expanded(**json.loads(place.read_text()))
    source = read_source(root)
    made = Expanded(template=expand(source.body), functions=source.functions)
    kept.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(made)))
    draft.replace(place)
    for old in sorted(kept.glob("*.json"), key=_age)[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)
    return made


def expand(body: Mapping[str, Any]) -> dict[str, Any]:
    """The CloudFormation template that ``body`` becomes; its parameters stay open.

    Raises:
        TemplateError: the transform refuses the template; the message says why.
    """
    # a second and a half of imports, needed only when something is expanded
    import boto3
    from samtranslator.model.exceptions import InvalidDocumentException
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    given, cors = _without_cors(body)
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        made: dict[str, Any] = translator.translate(given, {})
    except InvalidDocumentException as exc:
        causes = "; ".join(str(getattr(cause, "message", cause)) for cause in exc.causes)
        raise TemplateError(f"template.yaml cannot be expanded: {causes}") from exc
    made = with_explicit_routes(made)
    for name, settings in cors.items():
        made["Resources"][name]["Properties"]["CorsConfiguration"] = settings
    return made


def _without_cors(body: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A copy without the HTTP APIs' CORS settings, and those: the transform would write values of

    parameters into them, and of nothing else in the template.
    """
    given = copy.deepcopy(dict(body))
    apis = {
        name: one["Properties"] for name, one in given["Resources"].items() if one.get("Type") == HTTP_API
    }
    cors = {
        name: properties.pop("CorsConfiguration")
        for name, properties in apis.items()
        if "CorsConfiguration" in properties
    }
    return given, cors


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another stack that is starting has removed it already
        return 0.0


def parameters_for(template: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, str]:
    """Values for the template's parameters: environment names become PascalCase, others stay as they are.

    What the template has no parameter for is left out: it may name a later issue's.
    """
    known = template.get("Parameters") or {}
    values = {pascal_case(name) if name.isupper() else name: value for name, value in wanted.items()}
    return {name: value for name, value in values.items() if name in known}


def pascal_case(name: str) -> str:
    """``MAX_VIDEO_SIZE_MB`` → ``MaxVideoSizeMb``."""
    return "".join(word.capitalize() for word in name.split("_"))
