"""Roles are assumed for a known time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sluice.adapters.aws_http import AwsHttp, NoAnswer, Refused, Service
from sluice.adapters.sigv4 import Credentials
from sluice.adapters.sts import Sts
from sluice.domain.errors import Unavailable

from local.ports import free_port
from tests.engine import Aws, unique
from tests.loopback import Behaviour, Peer, answer, hang_up

ROLE = "arn:aws:iam::000000000000:role/signing"


@pytest.fixture
def sts_at() -> Iterator[list[Sts]]:
    made: list[Sts] = []
    yield made
    for one in made:
        one.close()


def test_a_role_is_assumed_until_a_known_time(engine: Aws, sts_at: list[Sts]) -> None:
    trust = '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}'
    role = engine("iam").create_role(RoleName=unique("role"), AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    sts_at.append(Sts(engine.http("sts")))
    access, secret, token, ends = sts_at[0].assume_role(role, session="sign", seconds=900)
    assert access
    assert secret
    assert token
    left = ends - datetime.now(UTC)
    assert timedelta(seconds=800) < left <= timedelta(seconds=901)


def test_a_role_that_there_is_not_cannot_be_assumed(engine: Aws, sts_at: list[Sts]) -> None:
    sts_at.append(Sts(engine.http("sts")))
    with pytest.raises(Unavailable) as refused:
        sts_at[0].assume_role(f"arn:aws:iam::000000000000:role/{unique('gone')}", session="s", seconds=900)
    assert isinstance(refused.value.__cause__, Refused)


@pytest.mark.parametrize(
    "badly", [hang_up, answer(200, "<not xml"), answer(503, "<html><p>busy</html>"), answer(500, "")]
)
def test_a_service_in_trouble_is_asked_twice_and_then_unavailable(
    peer: Peer, sts_at: list[Sts], badly: Behaviour
) -> None:
    service = Service(name="sts", region="us-east-1", endpoint=peer.url)
    sts_at.append(Sts(AwsHttp(service, Credentials("AKID", "secret"))))
    peer.says(badly)
    with pytest.raises(Unavailable):
        sts_at[0].assume_role(ROLE, session="s", seconds=900)
    assert len(peer.asked) == 2


def test_nobody_there_is_unavailable(sts_at: list[Sts]) -> None:
    service = Service(name="sts", region="us-east-1", endpoint=f"http://127.0.0.1:{free_port()}")
    sts_at.append(Sts(AwsHttp(service, Credentials("AKID", "secret"))))
    with pytest.raises(Unavailable) as failed:
        sts_at[0].assume_role(ROLE, session="s", seconds=900)
    assert isinstance(failed.value.__cause__, NoAnswer)
