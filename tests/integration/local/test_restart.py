"""What is kept when the stack stops, in order or killed: quality R7."""

import json
import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from local.processes import session_members
from tests.integration.local.engine.functions import eventually
from tests.integration.local.engine.test_restart import SAVE_SECONDS, is_saved
from tests.stack import LocalStack, running_stack


def ask_for_upload(client: httpx.Client, size: int) -> dict[str, Any]:
    """An upload of a video of ``size`` bytes."""
    body = {"filename": "a.mp4", "fileSize": size, "mimeType": "video/mp4"}
    answer = client.post("/api/videos/upload-url", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def put(made: dict[str, Any], content: bytes) -> int:
    """Send the content of a single upload; the status."""
    return httpx.put(made["uploadUrl"], content=content, headers=made["upload"]["headers"]).status_code


def kill_all(stack: LocalStack, **saved: str) -> None:
    """kill -9 of everything at once, as a power cut would, once the engine has saved each text with the
    state of the service that it is named for.
    """
    for service, text in saved.items():
        eventually(partial(is_saved, stack.folder.engine, service, text), True, seconds=SAVE_SECONDS)
    session = stack.engine_session()
    os.kill(session, signal.SIGKILL)  # first: it would save once more when the stack is gone
    stack.process.kill()
    stack.ended()
    eventually(lambda: session in session_members(session), False)


def listed(stack: LocalStack) -> list[str]:
    """Ids of alice's videos."""
    with stack.client("alice") as client:
        return [video["videoId"] for video in client.get("/api/videos").json()["videos"]]


def test_a_killed_stack_has_lost_nothing_that_is_seconds_old(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = LocalStack(data).wait_ready()
    with first.client("alice") as client:
        whole = ask_for_upload(client, 5)
        assert put(whole, b"12345") == 200
        half = ask_for_upload(client, 64 * 1024 * 1024)
        part = half["upload"]["parts"][0]
        content = os.urandom(half["upload"]["partSize"])
        assert httpx.put(part["uploadUrl"], content=content, timeout=60).status_code == 200
    kill_all(first, dynamodb=half["videoId"], s3='"parts": {"1"')
    with running_stack(data, ports=first.ports) as second:
        assert listed(second) == [half["videoId"], whole["videoId"]]
        with second.client("alice") as client:
            standing = client.get(f"/api/videos/{half['videoId']}/upload").json()
        assert [(kept["partNumber"], kept["size"]) for kept in standing["uploaded"]] == [(1, len(content))]
        s3 = second.aws("s3")
        bucket = next(b["Name"] for b in s3.list_buckets()["Buckets"] if "mediabucket" in b["Name"])
        key = f"uploads/local-alice/{whole['videoId']}/source"
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"12345"


def test_starts_on_the_same_folder(tmp_path: Path) -> None:
    """The second deploys nothing; one after an interrupted deployment, or on other ports, deploys again."""
    data = tmp_path / "data"
    with running_stack(data) as first:
        with first.client("alice") as client:
            made = ask_for_upload(client, 5)
        token = first.token("alice")
    with running_stack(data, ports=first.ports) as second:
        assert "stack     as it was deployed before" in second.lines
        with second.client() as client:
            answer = client.get("/api/videos", headers={"Authorization": f"Bearer {token}"})
        assert [video["videoId"] for video in answer.json()["videos"]] == [made["videoId"]]
        assert put(made, b"12345") == 200  # a URL that was signed before the restart
        record = second.folder.deployed
    saved = json.loads(record.read_text())
    record.write_text(json.dumps({**saved, "digest": "of a deployment that was not finished"}))
    with running_stack(data) as third:
        assert any(line.startswith("stack") and "deployed in" in line for line in third.lines)
        assert listed(third) == [made["videoId"]]
        with third.client("alice") as client:
            again = ask_for_upload(client, 5)
        assert again["uploadUrl"].startswith(f"http://127.0.0.1:{third.aws_port}/")
