"""Secrets that a template has made."""

import json

from local.engine.patches.generated_secrets import secret_string


def test_what_the_template_gives_is_taken() -> None:
    assert secret_string({"SecretString": "given"}) == "given"
    assert secret_string({}) == ""


def test_length_and_exclusions_are_kept() -> None:
    wanted = {"PasswordLength": 200, "ExcludePunctuation": "true", "ExcludeCharacters": "abc"}
    made = secret_string({"GenerateSecretString": wanted})
    assert len(made) == 200
    assert made.isalnum()
    assert not set("abc") & set(made)


def test_it_can_be_put_into_json() -> None:
    wanted = {"SecretStringTemplate": '{"user": "me"}', "GenerateStringKey": "key"}
    made = json.loads(secret_string({"GenerateSecretString": wanted}))
    assert made["user"] == "me"
    assert len(made["key"]) == 32
