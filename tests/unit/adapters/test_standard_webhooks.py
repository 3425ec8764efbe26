"""Standard Webhooks: what the public package signs we accept, and the other way round; nothing else."""

import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.standard_webhooks import (
    BadKey,
    key_pair,
    require_keys,
    secret_of,
    sign,
    verify,
)
from sluice.domain.errors import Unauthenticated, Unavailable
from standardwebhooks import Webhook, WebhookVerificationError

SECRET, OTHER = secret_of(b"a" * 24), secret_of(b"b" * 32)
PRIVATE, PUBLIC = key_pair(b"k" * 32)
BODY = '{"type": "video.ready", "title": "Grüße 😀"}\n'.encode()
NOW = datetime(2026, 3, 1, 12, 0, 0, 900_000, UTC)


def headers(raw: bytes = BODY, *, at: datetime = NOW, keys: tuple[str, ...] = (SECRET,)) -> dict[str, str]:
    return sign(raw, message_id="msg_1", at=at, keys=keys)


@given(
    raw=st.binary(), message_id=st.from_regex(r"[!-~]{1,60}", fullmatch=True), secret=st.binary(min_size=24)
)
def test_both_sign_alike(raw: bytes, message_id: str, secret: bytes) -> None:
    text = raw.decode("latin-1")
    theirs = Webhook(secret_of(secret)).sign(message_id, NOW, text)
    ours = sign(text.encode(), message_id=message_id, at=NOW, keys=[secret_of(secret)])
    assert ours["webhook-signature"] == theirs


def test_the_public_package_accepts_what_we_sign() -> None:
    now = datetime.now(UTC)
    for keys in ((SECRET,), (OTHER, SECRET), (PRIVATE, SECRET)):
        assert Webhook(SECRET).verify(BODY.decode(), headers(at=now, keys=keys))["type"] == "video.ready"


def test_the_public_package_refuses_what_is_altered() -> None:
    now = datetime.now(UTC)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY.decode() + " ", headers(at=now))


def test_we_accept_what_the_public_package_signs() -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, BODY.decode())
    given = {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": str(int(NOW.timestamp())),
        "Webhook-Signature": f"v1,{'A' * 43}= v2,x {signature}",
    }
    signed = verify(BODY, given, keys=[OTHER, SECRET], now=NOW)
    assert (signed.message_id, signed.at) == ("msg_1", NOW.replace(microsecond=0))


def test_an_asymmetric_signature_is_verified_with_the_public_key() -> None:
    assert verify(BODY, headers(keys=(PRIVATE,)), keys=[PUBLIC], now=NOW).message_id == "msg_1"
    assert headers(keys=(PRIVATE,))["webhook-signature"].startswith("v1a,")
    _, another = key_pair(b"l" * 32)
    for wrong in (another, SECRET):
        with pytest.raises(Unauthenticated):
            verify(BODY, headers(keys=(PRIVATE,)), keys=[wrong], now=NOW)
    with pytest.raises(Unauthenticated):
        verify(BODY, {**headers(), "webhook-signature": "v1a,nonsense v1a,"}, keys=[PUBLIC], now=NOW)


def test_a_private_key_may_have_its_public_half_behind_it() -> None:
    both = b64decode(PRIVATE.removeprefix("whsk_")) + b64decode(PUBLIC.removeprefix("whpk_"))
    long = "whsk_" + secret_of(both).removeprefix("whsec_")
    assert headers(keys=(long,)) == headers(keys=(PRIVATE,))


WRONG: dict[str, Callable[[], tuple[bytes, dict[str, str]]]] = {
    "no headers": lambda: (BODY, {}),
    "no id": lambda: (BODY, {**headers(), "webhook-id": ""}),
    "another id": lambda: (BODY, {**headers(), "webhook-id": "msg_2"}),
    "no time": lambda: (BODY, {**headers(), "webhook-timestamp": ""}),
    "a time that is none": lambda: (BODY, {**headers(), "webhook-timestamp": "1_700"}),
    "another time": lambda: (BODY, {**headers(), "webhook-timestamp": str(int(NOW.timestamp()) + 1)}),
    "no signature": lambda: (BODY, {**headers(), "webhook-signature": ""}),
    "not ASCII": lambda: (BODY, {**headers(), "webhook-signature": "v1,é\udc80"}),
    "its version alone": lambda: (BODY, {**headers(), "webhook-signature": "v1,"}),
    "without its version": lambda: (
        BODY,
        {**headers(), "webhook-signature": headers()["webhook-signature"].removeprefix("v1,")},
    ),
    "another secret": lambda: (BODY, headers(keys=(secret_of(b"c" * 24),))),
    "an altered body": lambda: (BODY.replace(b"ready", b"error"), headers()),
    "a newline less": lambda: (BODY[:-1], headers()),
    "beyond the longest header": lambda: (
        BODY,
        {**headers(), "webhook-signature": "v1,x " * 900 + headers()["webhook-signature"]},
    ),
}


@pytest.mark.parametrize("how", WRONG)
def test_nothing_else_is_accepted(how: str) -> None:
    raw, given = WRONG[how]()
    with pytest.raises(Unauthenticated) as refused:
        verify(raw, given, keys=[SECRET, OTHER], now=NOW)
    assert refused.value.code == "invalid_signature"


@pytest.mark.parametrize(("age", "good"), [(300, True), (301, False), (-300, True), (-302, False)])
def test_a_signature_holds_for_five_minutes_either_way(age: int, good: bool) -> None:
    given = headers(at=NOW.replace(microsecond=0) - timedelta(seconds=age))
    now = NOW.replace(microsecond=0)
    if good:
        assert verify(BODY, given, keys=[SECRET], now=now).message_id == "msg_1"
    else:
        with pytest.raises(Unauthenticated):
            verify(BODY, given, keys=[SECRET], now=now)


@pytest.mark.parametrize("keys", [[], [""]])
def test_without_a_key_it_says_that_it_is_not_configured(keys: list[str]) -> None:
    with pytest.raises(Unavailable) as refused:
        verify(BODY, headers(), keys=keys, now=NOW)
    assert refused.value.code == "webhook_not_configured"


@pytest.mark.parametrize(
    "key", ["secret", "whsec_", "whsec_not base64", "whsec_" + "YQ==" * 5, secret_of(b"x" * 23), "whpk_YWJj"]
)
def test_a_key_of_no_use_is_said_to_be_one_and_not_shown(key: str) -> None:
    with pytest.raises(BadKey) as refused:
        require_keys([SECRET, key])
    assert "YWJj" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_public_keys_do_not_sign_and_private_ones_do_not_verify() -> None:
    with pytest.raises(BadKey):
        headers(keys=(PUBLIC,))
    with pytest.raises(BadKey):
        verify(BODY, headers(), keys=[PRIVATE], now=NOW)


def test_the_module_starts_without_cryptography() -> None:
    code = "import sys, sluice.adapters.standard_webhooks; assert 'cryptography' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
