"""Our verifier and Mux's own accept and refuse the same deliveries (S3), but where we are stricter at will.

Cloudflare's clients verify nothing; its scheme differs from Mux's in names alone, and its documented vectors
are in the unit tests.
"""

import hmac
import json
import random
import shutil
import subprocess
import time
from datetime import UTC, datetime

import pytest
from sluice.adapters.mux.signature import SCHEME
from sluice.adapters.signatures import verify
from sluice.domain.errors import Unauthenticated

from tests.integration.twins.test_mux_clients import CLIENT
from tests.mux_payloads import asset, event

SECRET = "whsec_demo"
BODY = event("video.asset.ready", asset("ready")).decode()


def digest(body: str, at: int, secret: str = SECRET) -> str:
    return hmac.digest(secret.encode(), f"{at}.{body}".encode(), "sha256").hex()


def theirs(deliveries: list[tuple[str, str]]) -> list[bool]:
    node = shutil.which("node")
    assert node, "these tests need Node"
    given = {
        "client": {"tokenId": "x", "tokenSecret": "x", "webhookSecret": SECRET},
        "call": "judge",
        "values": {
            "deliveries": [{"body": body, "headers": {"mux-signature": mark}} for body, mark in deliveries]
        },
    }
    done = subprocess.run(
        [node, str(CLIENT)], input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60
    )
    found: list[bool] = json.loads(done.stdout)["value"]
    return found


def ours(body: str, mark: str, now: float) -> bool:
    at = datetime.fromtimestamp(now, UTC)
    try:
        verify(SCHEME, body.encode(), {"Mux-Signature": mark}, secrets=(SECRET,), now=at)
    except Unauthenticated:
        return False
    return True


def deliveries(now: int) -> list[tuple[str, str]]:
    """Good ones, and one for each way of being wrong."""
    good, wrong = digest(BODY, now), "0" * 64
    kept = [
        (BODY, f"t={at},v1={digest(BODY, at)}") for at in (now, now - 60, now - 240, now - 400, now - 90_000)
    ]
    texts = ("", "{}", "\n", "Grüße 😀", "[" * 50, '{"a": "\\u0000"}', BODY + "\n", " " + BODY)
    kept += [(text, f"t={now},v1={digest(text, now)}") for text in texts]
    kept += [
        (BODY + "\n", f"t={now},v1={good}"),
        (BODY[:-1], f"t={now},v1={good}"),
        ("", f"t={now},v1={good}"),
    ]
    kept += [(json.dumps(json.loads(BODY), indent=1), f"t={now},v1={good}")]
    marks = [
        *(f"t={now},v1={wrong}", f"t={now},v1={wrong},v1={good}", f"t={now},v1={good},v1={wrong}"),
        *(f"t={now - 1},v1={good}", f"t={now},v1={good[:-1]}", f"t={now},v1={good}0", f"t={now},v1="),
        *(f"t={now},v1={good.upper()}", f"t={now},v0={good}", f"t={now}", f"v1={good}", "", "t=,v1=", ",,,"),
        *(f"v1={good},t={now}", f"t={now},v2=x,v1={good}", f"t={now},v1={digest(BODY, now, 'another')}"),
        *(f"t={now},v1={digest(BODY, now, '')}", f"t=soon,v1={good}", f"t={now},v1=é{good[1:]}", "é"),
    ]
    return kept + [(BODY, mark) for mark in marks]


def test_mux_node_and_we_judge_alike() -> None:
    now = int(time.time())
    given = deliveries(now)
    judged = theirs(given)
    assert [ours(body, mark, now) for body, mark in given] == judged
    assert {True, False} == set(judged)


def test_mux_node_and_we_judge_alike_whatever_one_byte_is_changed() -> None:
    chance, now = random.Random(1), int(time.time())  # noqa: S311 - the same changes each time
    mark = f"t={now},v1={digest(BODY, now)}"
    given = []
    for _ in range(300):
        place = chance.randrange(len(mark))
        other = chance.choice("0123456789abcdef,=tv")
        given.append((BODY, mark[:place] + other + mark[place + 1 :]))
        place = chance.randrange(len(BODY))
        given.append((BODY[:place] + chance.choice("aé 0\n") + BODY[place + 1 :], mark))
    assert [ours(body, mark, now) for body, mark in given] == theirs(given)


@pytest.mark.parametrize("ahead", [400, 3600])
def test_a_signature_of_the_future_is_refused_by_us_alone(ahead: int) -> None:
    now = int(time.time())
    given = (BODY, f"t={now + ahead},v1={digest(BODY, now + ahead)}")
    assert (theirs([given]), ours(*given, now)) == ([True], False)


def test_a_space_after_the_comma_is_forgiven_by_us_alone() -> None:
    now = int(time.time())
    given = (BODY, f"t={now}, v1={digest(BODY, now)}")
    assert (theirs([given]), ours(*given, now)) == ([False], True)
