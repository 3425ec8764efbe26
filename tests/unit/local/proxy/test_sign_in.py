"""`/local/*`: sign-in by name, for this machine's own page only."""

from pathlib import Path

import aiohttp
import jwt
import pytest

from tests.unit.local.proxy.front import SECRET, visit


def test_a_name_is_enough(tmp_path: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/local/session") as answer:
            assert (answer.status, await answer.json()) == (200, {"signIn": "name"})
        headers = {"Origin": address}
        async with client.post(f"{address}/local/token", json={"name": "Alice"}, headers=headers) as answer:
            assert answer.status == 200
            token = (await answer.json())["token"]
        assert jwt.decode(token, SECRET, algorithms=["HS256"])["sub"] == "local-alice"

    visit(tmp_path, test)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b'{"name": ""}', "application/json", 422, "invalid_fields"),
        (b'{"name": 7}', "application/json", 422, "invalid_fields"),
        (b'{"name": ["a"]}', "application/json", 422, "invalid_fields"),
        (b"[]", "application/json", 422, "invalid_fields"),
        (b"not json", "application/json", 400, "malformed"),
        (b"\xff", "application/json", 400, "malformed"),
        (b'{"name": "' + b"a" * 5000 + b'"}', "application/json", 400, "malformed"),
        (b'{"name": "alice"}', "text/plain", 415, "wrong_media_type"),
        (b"name=alice", "application/x-www-form-urlencoded", 415, "wrong_media_type"),
    ],
)
def test_what_is_no_name_is_refused_in_the_apis_shape(
    tmp_path: Path, body: bytes, kind: str, status: int, code: str
) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        headers = {"Content-Type": kind}
        async with client.post(f"{address}/local/token", data=body, headers=headers) as answer:
            assert answer.status == status
            told = await answer.json()
        assert set(told) == {"error", "code", "requestId"}
        assert told["code"] == code

    visit(tmp_path, test)


def test_with_an_identity_provider_there_is_no_such_door(tmp_path: Path) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        async with client.get(f"{address}/local/session") as answer:
            assert answer.status == 404
        async with client.post(f"{address}/local/token", json={"name": "alice"}) as answer:
            assert answer.status == 404

    visit(tmp_path, test, secret=None)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_another_sites_page_gets_no_token(tmp_path: Path, origin: str) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        headers = {"Origin": origin}
        async with client.post(f"{address}/local/token", json={"name": "alice"}, headers=headers) as answer:
            assert answer.status == 403

    visit(tmp_path, test)


@pytest.mark.parametrize("path", ["/", "/api/videos", "/local/session", "/ws"])
def test_a_name_that_resolves_to_this_machine_is_not_answered(tmp_path: Path, path: str) -> None:
    async def test(client: aiohttp.ClientSession, address: str) -> None:
        port = address.rpartition(":")[2]
        async with client.get(address + path, headers={"Host": f"evil.example:{port}"}) as answer:
            assert answer.status == 421

    visit(tmp_path, test)
