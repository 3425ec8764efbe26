"""What the engine's process knows of its requests."""

import pytest

from local.engine.server import Activity, signed_for


@pytest.mark.parametrize(
    ("value", "service"),
    [
        (b"AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/sqs/aws4_request, SignedHeaders=host", "sqs"),
        (b"AWS4-HMAC-SHA256 Credential=AKIA/20261121", None),
        (b"Bearer a.b.c", None),
        (b"", None),
    ],
)
def test_a_signature_says_for_which_service_it_is(value: bytes, service: str | None) -> None:
    assert signed_for([(b"host", b"localhost"), (b"authorization", value)]) == service
    assert signed_for([(b"host", b"a/b/c/d/e")]) is None


def test_a_request_moves_the_count_and_its_service() -> None:
    activity = Activity()
    activity.moved("sqs")
    activity.moved(None)
    assert (activity(), activity.asked("sqs"), activity.asked("cloudformation")) == (2, 1, 0)
