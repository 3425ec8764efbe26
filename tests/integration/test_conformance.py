"""The running service keeps its OpenAPI document: whatever is sent, no 5xx, and answers as described (S6).

schemathesis makes requests from the document, right ones and wrong ones. In the suite each operation gets a
few; ``FUZZ_SECONDS=300 .venv/bin/pytest tests/integration/test_conformance.py`` goes on for as long as that,
with every boundary of every parameter, and with requests that follow from one another's answers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jwt
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.ids import new_video_id

from tests.builders import make_video
from tests.stack import LocalStack

FUZZER = "fuzzer"
# Each status, in one way or another of being uploaded and seen.
KINDS = [
    ("uploading", "put", "private"),
    ("uploading", "multipart", "private"),
    ("processing", "put", "private"),
    ("ready", "put", "private"),
    ("ready", "put", "public"),
    ("error", "put", "private"),
]
# Not asked: whether a method that no route has is a 405 (it is a 404, as every path that there is not), and
# whether all that the document allows is accepted (it cannot say "content or a video", for one).
CONFIGURATION = """\
[checks]
unsupported_method.enabled = false
positive_data_acceptance.enabled = false
# What is too large may be found so before what else is wrong with it.
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 409, 413, 415, 422, 429, 503]
# Without a secret of its own this route says 503, which is the document's.
[[operations]]
include-path = "/api/webhooks/video-processing"
checks.not_a_server_error.enabled = false
"""


def test_whatever_is_sent_is_answered_as_the_document_says(stack: LocalStack, tmp_path: Path) -> None:
    known = {"video_id": _videos(stack), **_posts(stack)}
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(_bound(known) + CONFIGURATION)
    seconds = os.environ.get("FUZZ_SECONDS")
    how = (
        ["--phases=coverage,fuzzing,stateful", "--generation-database=none", f"--max-time={seconds}"]
        if seconds
        else ["--phases=fuzzing", "--max-examples=4", "--generation-deterministic"]
    )
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", f"--config-file={configuration}"),
            *("run", f"{stack.base_url}/api/openapi.json", *how),
            *("--workers=2", "--request-timeout=60", "--no-color", "--continue-on-failure"),
            *("--warnings=off", f"--header=Authorization: Bearer {stack.token(FUZZER)}"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=900 + int(seconds or 0),
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def _videos(stack: LocalStack) -> list[str]:
    """Some videos of the fuzzer's, as their rows; several of each kind, since some get deleted."""
    user = str(jwt.decode(stack.token(FUZZER), options={"verify_signature": False})["sub"])
    tables = stack.aws("dynamodb").list_tables()["TableNames"]
    videos = DynamoVideos(stack.aws("dynamodb"), next(name for name in tables if "VideosTable" in name))
    made = []
    for status, protocol, visibility in KINDS * 3:
        now = datetime.now(UTC)
        video = make_video(
            status,
            protocol=protocol,
            visibility=visibility,
            video_id=new_video_id(now),
            owner_id=user,
            created_at=now,
        )
        # No execution is named: there is none that could be asked about.
        videos.add(replace(video, reference=None), due_at=None)
        made.append(video.video_id)
    return made


def _posts(stack: LocalStack) -> dict[str, list[str]]:
    with stack.client(FUZZER) as api:

        def made(path: str, body: Mapping[str, str], count: int) -> list[str]:
            answers = [api.post(path, json=body).raise_for_status().json() for _ in range(count)]
            return [str(answer["id"]) for answer in answers]

        communities = made("/api/communities", {"name": "Harbours"}, 2)
        posts = made("/api/posts", {"content": "x", "communityId": communities[0]}, 6)
        comments = made(f"/api/posts/{posts[0]}/comments", {"content": "x"}, 6)
    return {"community_id": communities, "post_id": posts, "comment_id": comments}


def _bound(known: Mapping[str, Sequence[str]]) -> str:
    """Most requests are about something that there is, the others about anything."""
    dictionaries = "".join(f"{name}.values = {json.dumps(values)}\n" for name, values in known.items())
    places = {**{f"path.{name}": name for name in known}, "body.videoId": "video_id"}
    bindings = "".join(
        f'"{place}" = {{ dictionary = "{name}", probability = 0.7 }}\n' for place, name in places.items()
    )
    return f"[dictionaries]\n{dictionaries}[parameters]\n{bindings}"
