"""AWS without botocore: the same signatures, and the same patience with what goes wrong."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPConnection
from unittest import mock

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters import aws_http
from sluice.adapters.aws_http import AwsHttp, Refused, Service
from sluice.adapters.aws_json import AwsJson
from sluice.adapters.inbox import Inbox
from sluice.adapters.sigv4 import Credentials, signed_headers
from sluice.domain.errors import Unavailable

from local.engine.environment import ROOT_KEY_ID
from local.ports import free_port
from tests.builders import NOW, at
from tests.engine import Aws, unique
from tests.loopback import Behaviour, Handler, Peer, answer, half, hang, hang_up
from tests.resources import Resources

KEYS = Credentials("AKIDEXAMPLE", "secret/x+y")
SESSION = Credentials("ASIAEXAMPLE", "secret", "tok+en/==" * 30)


def sqs_at(endpoint: str, credentials: Credentials = KEYS) -> AwsJson:
    service = Service(name="sqs", region="us-east-1", endpoint=endpoint)
    return AwsJson(AwsHttp(service, credentials), target="AmazonSQS", version="1.0")


HEADERS = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "secretsmanager.GetSecretValue"}


def signed_by_botocore(service: Service, keys: Credentials, body: bytes, now: datetime) -> str:
    request = AWSRequest("POST", f"{service.origin}/", data=body, headers=dict(HEADERS))
    theirs = TheirCredentials(keys.access_key, keys.secret_key, keys.session_token)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now.replace(tzinfo=None)):
        SigV4Auth(theirs, service.name, service.region).add_auth(request)
    return str(request.headers["Authorization"])


@given(
    body=st.binary(max_size=200), after=st.integers(0, 400 * 86_400), keys=st.sampled_from([KEYS, SESSION])
)
def test_requests_are_signed_as_botocore_signs_them(body: bytes, after: int, keys: Credentials) -> None:
    service = Service(name="secretsmanager", region="eu-central-1")
    host, now = "secretsmanager.eu-central-1.amazonaws.com", at(after)
    scope = ("eu-central-1", "secretsmanager")
    ours = signed_headers(HEADERS, body, host=host, scope=scope, by=keys, now=now)
    assert ours["authorization"] == signed_by_botocore(service, keys, body, now)


def test_a_message_arrives_as_it_was_sent(engine: Aws) -> None:
    resources = Resources(engine)
    url, client = resources.queue(), sqs_at(engine.endpoint, Credentials(ROOT_KEY_ID, engine.secret))
    Inbox(client, url).send({"body": "ä \ufffe\uffff", "at": NOW})
    client.close()
    (message,) = resources.messages(url)
    assert json.loads(message) == {"body": "ä \ufffe\uffff", "at": "2026-03-01T12:00:00Z"}


def test_a_queue_that_is_not_there_is_named_by_its_code(engine: Aws) -> None:
    client = sqs_at(engine.endpoint, Credentials(ROOT_KEY_ID, engine.secret))
    gone = f"{engine.endpoint}/000000000000/{unique('gone')}"
    with pytest.raises(Unavailable) as refused:
        Inbox(client, gone).send({})
    client.close()
    assert isinstance(refused.value.__cause__, Refused)
    assert "QueueDoesNotExist" in str(refused.value.__cause__)


def test_one_connection_serves_many_calls_until_it_was_silent_for_long(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sqs_at(peer.url)

    def connection() -> HTTPConnection:
        client.call("SendMessage", {})
        ((kept, _),) = client._http._kept
        return kept

    peer.says(answer(200, {}))
    first = connection()
    assert connection() is first
    monkeypatch.setattr(aws_http, "_KEPT_SECONDS", -1)
    assert connection() is not first
    client.close()


def test_threads_do_not_share_a_connection_at_a_time(engine: Aws) -> None:
    url, client = Resources(engine).queue(), sqs_at(engine.endpoint, Credentials(ROOT_KEY_ID, engine.secret))
    with ThreadPoolExecutor(8) as pool:
        sent = list(
            pool.map(
                lambda n: client.call("SendMessage", {"QueueUrl": url, "MessageBody": str(n)}), range(40)
            )
        )
    assert len({one["MessageId"] for one in sent}) == 40
    client.close()


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_service_that_is_busy_is_asked_once_more(peer: Peer, code: str) -> None:
    client = sqs_at(peer.url)
    peer.says(answer(400, {"__type": f"com.amazonaws#{code}"}), answer(200, {"MessageId": "1"}))
    assert client.ask("SendMessage", {}) == {"MessageId": "1"}
    peer.says(answer(400, {"__type": f"com.amazonaws#{code}"}))
    with pytest.raises(Refused) as refused:
        client.ask("SendMessage", {})
    assert refused.value.code == code
    client.close()


@pytest.mark.parametrize("status", [500, 503])
def test_what_fails_by_the_services_fault_is_sent_once_more(peer: Peer, status: int) -> None:
    client = sqs_at(peer.url)
    peer.says(answer(status, {"__type": "com.amazonaws.sqs#InternalError"}), answer(200, {"MessageId": "1"}))
    assert client.call("SendMessage", {}) == {"MessageId": "1"}
    peer.says(answer(status, {"__type": "com.amazonaws.sqs#InternalError"}))
    with pytest.raises(Unavailable) as failed:
        client.call("SendMessage", {})
    assert str(failed.value.__cause__) == "InternalError"
    client.close()


def test_what_is_refused_is_not_sent_again(peer: Peer) -> None:
    client = sqs_at(peer.url)
    peer.says(answer(400, {"__type": "com.amazonaws.sqs#QueueDoesNotExist"}))
    with pytest.raises(Unavailable) as refused:
        client.call("SendMessage", {})
    assert str(refused.value.__cause__) == "QueueDoesNotExist"
    assert len(peer.asked) == 1
    client.close()


@pytest.mark.parametrize("badly", [hang_up, half('{"MessageId": "1"}'), hang(60), answer(200, "<html>")])
def test_a_connection_that_breaks_is_made_anew_once(
    peer: Peer, badly: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first(handler: Handler) -> None:
        monkeypatch.setattr(aws_http, "_READ_SECONDS", 30)  # for the next one
        badly(handler)

    monkeypatch.setattr(aws_http, "_READ_SECONDS", 0.2)
    client = sqs_at(peer.url)
    peer.says(first, answer(200, {"MessageId": "1"}))
    assert client.call("SendMessage", {}) == {"MessageId": "1"}
    client.close()
    monkeypatch.setattr(aws_http, "_READ_SECONDS", 0.2)
    peer.says(badly)
    with pytest.raises(Unavailable):
        client.call("SendMessage", {})
    client.close()


def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(Unavailable) as failed:
        sqs_at(f"http://127.0.0.1:{free_port()}").call("SendMessage", {})
    assert isinstance(failed.value.__cause__, ConnectionError)


def test_credentials_are_not_shown() -> None:
    assert "secret" not in repr(SESSION)
    assert "tok" not in repr(SESSION)
