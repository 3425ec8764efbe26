"""What is kept when the stack stops, in order or killed: quality R7."""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx

from tests.stack import LocalStack, running_stack

SAVED_SECONDS = 6.0  # the engine saves within 4 s of a change, and a busy machine needs its time


def ask_for_upload(client: httpx.Client, size: int) -> dict[str, Any]:
    """An upload of a video of ``size`` bytes."""
    body = {"filename": "a.mp4", "fileSize": size, "mimeType": "video/mp4"}
    answer = client.post("/api/videos/upload-url", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def kill_all(stack: LocalStack) -> None:
    """kill -9 of everything at once, as a power cut would."""
    session = stack.engine_session()
    stack.process.kill()
    os.kill(session, signal.SIGKILL)
    stack.ended()


def listed(stack: LocalStack) -> list[str]:
    """Ids of alice's videos."""
    with stack.client("alice") as client:
        return [video["videoId"] for video in client.get("/api/videos").json()["videos"]]


def test_a_killed_stack_has_lost_nothing_that_is_seconds_old(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = LocalStack(data).wait_ready()
    with first.client("alice") as client:
        made = ask_for_upload(client, 5)
        put = httpx.put(made["uploadUrl"], content=b"12345", headers=made["upload"]["headers"])
        assert put.status_code == 200
    time.sleep(SAVED_SECONDS)
    kill_all(first)
    with running_stack(data) as second:
        assert listed(second) == [made["videoId"]]
        bucket = next(
            found["Name"]
            for found in second.aws("s3").list_buckets()["Buckets"]
            if "mediabucket" in found["Name"]
        )
        key = f"uploads/local-alice/{made['videoId']}/source"
        assert second.aws("s3").get_object(Bucket=bucket, Key=key)["Body"].read() == b"12345"


def test_a_killed_stack_has_kept_the_parts_of_an_unfinished_upload(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = LocalStack(data).wait_ready()
    with first.client("alice") as client:
        made = ask_for_upload(client, 64 * 1024 * 1024)
        part = made["upload"]["parts"][0]
        content = os.urandom(made["upload"]["partSize"])
        assert httpx.put(part["uploadUrl"], content=content, timeout=60).status_code == 200
    time.sleep(SAVED_SECONDS)
    kill_all(first)
    with running_stack(data) as second, second.client("alice") as client:
        standing = client.get(f"/api/videos/{made['videoId']}/upload").json()
    assert [(kept["partNumber"], kept["size"]) for kept in standing["uploaded"]] == [(1, len(content))]


def test_a_start_on_other_ports_keeps_everything(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_stack(data) as first, first.client("alice") as client:
        made = ask_for_upload(client, 5)
    with running_stack(data) as second:
        assert listed(second) == [made["videoId"]]
        with second.client("alice") as client:
            again = ask_for_upload(client, 5)
        assert again["uploadUrl"].startswith(f"http://127.0.0.1:{second.aws_port}/")


def test_a_second_start_deploys_nothing_and_keeps_everything(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_stack(data) as first:
        with first.client("alice") as client:
            made = ask_for_upload(client, 5)
        token = first.token("alice")
    with running_stack(data, ports=first.ports) as second:
        assert any("as it was deployed before" in line for line in second.lines)
        answer = httpx.get(f"{second.base_url}/api/videos", headers={"Authorization": f"Bearer {token}"})
        assert [video["videoId"] for video in answer.json()["videos"]] == [made["videoId"]]


def test_a_url_signed_before_a_restart_still_opens(tmp_path: Path) -> None:
    data = tmp_path / "data"
    stack = LocalStack(data).wait_ready()
    with stack.client("alice") as client:
        made = ask_for_upload(client, 5)
    assert stack.stop() == 0
    with running_stack(data, ports=stack.ports):
        put = httpx.put(made["uploadUrl"], content=b"12345", headers=made["upload"]["headers"])
    assert put.status_code == 200, put.text


def test_a_failed_deployment_is_not_taken_for_the_last_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_stack(data) as first:
        record = first.folder.deployed
    saved = json.loads(record.read_text())
    record.write_text(json.dumps({**saved, "digest": "of another template"}))
    with running_stack(data, ports=first.ports) as second:
        assert any(line.startswith("stack") and "deployed in" in line for line in second.lines)
