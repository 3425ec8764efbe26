"""Expands the template's serverless resources, as CloudFormation's transform does on AWS, offline."""

import copy
from collections.abc import Mapping
from typing import Any

from local.engine.environment import REGION
from local.template.routes import with_explicit_routes
from local.template.source import TemplateError


def expand(body: Mapping[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
    """The CloudFormation template that the engine is given.

    Raises:
        TemplateError: the transform refuses the template; the message says why.
    """
    # a second and a half of imports, needed only when something is deployed
    import boto3
    from samtranslator.model.exceptions import InvalidDocumentException
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    try:
        expanded: dict[str, Any] = translator.translate(copy.deepcopy(dict(body)), dict(parameters))
    except InvalidDocumentException as exc:
        causes = "; ".join(str(getattr(cause, "message", cause)) for cause in exc.causes)
        raise TemplateError(f"template.yaml cannot be expanded: {causes}") from exc
    return with_explicit_routes(expanded)


def parameters_for(body: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, str]:
    """Values for the template's parameters: environment names become PascalCase, others stay as they are.

    What the template has no parameter for is left out: it may name a later issue's.
    """
    known = body.get("Parameters") or {}
    values = {pascal_case(name) if name.isupper() else name: value for name, value in wanted.items()}
    return {name: value for name, value in values.items() if name in known}


def pascal_case(name: str) -> str:
    """``MAX_VIDEO_SIZE_MB`` → ``MaxVideoSizeMb``."""
    return "".join(word.capitalize() for word in name.split("_"))
