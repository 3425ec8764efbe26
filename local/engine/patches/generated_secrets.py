"""A secret's ``Ref`` is its ARN, and a generated one is what the template asks for, as on AWS.

The engine's CloudFormation answers the name, which a policy on ``!Ref`` then does not match, and ignores
what to exclude. Source: the reference of ``AWS::SecretsManager::Secret`` and ``GenerateSecretString``.
"""

import json
import secrets
import string
from typing import Any

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

from local.engine.patches.expect import expect

TYPE = "AWS::SecretsManager::Secret"
_KINDS = {
    "ExcludeLowercase": string.ascii_lowercase,
    "ExcludeUppercase": string.ascii_uppercase,
    "ExcludeNumbers": string.digits,
    "ExcludePunctuation": string.punctuation,
}


def apply() -> None:
    """Wrap the three operations on the resource."""
    expect(provisioners._sm_secret_create, 'return name, {"Id": arn, "Arn": arn}')
    expect(provisioners._sm_secret_update, "secret = _sm._secrets.get(physical_id)")
    expect(provisioners._sm_secret_delete, "secret = _sm._secrets.get(physical_id)")
    handlers = provisioners._RESOURCE_HANDLERS[TYPE]
    create, update, delete = handlers["create"], handlers["update"], handlers["delete"]

    def create_arn(*args: Any) -> Any:
        _, attributes = create(*args)
        return attributes["Arn"], attributes

    def update_arn(physical_id: str, *args: Any, **kwargs: Any) -> Any:
        _, attributes = update(_name(physical_id), *args, **kwargs)
        return attributes["Arn"], attributes

    def delete_arn(physical_id: str, *args: Any) -> Any:
        return delete(_name(physical_id), *args)

    handlers.update(create=create_arn, update=update_arn, delete=delete_arn)
    provisioners._sm_secret_string = secret_string


def secret_string(properties: dict[str, Any]) -> str:
    """The value that a template declares, or one generated as it asks."""
    given = str(properties.get("SecretString") or "")
    wanted = properties.get("GenerateSecretString")
    if given or wanted is None:
        return given
    kinds = [kind for name, kind in _KINDS.items() if not _true(wanted.get(name))]
    excluded = str(wanted.get("ExcludeCharacters", ""))
    alphabet = [character for kind in kinds for character in kind if character not in excluded]
    made = "".join(secrets.choice(alphabet) for _ in range(int(wanted.get("PasswordLength", 32))))
    template = wanted.get("SecretStringTemplate")
    return (
        made if template is None else json.dumps({**json.loads(template), wanted["GenerateStringKey"]: made})
    )


def _true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _name(physical_id: str) -> str:
    name, _ = secretsmanager._resolve(physical_id)
    return str(name or physical_id)
