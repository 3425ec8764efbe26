"""The media functions on the engine: their environment, a source in the bucket, and a video that has it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sluice.domain.facts import DeletionRequested
from sluice.domain.keys import source_key
from sluice.domain.media import MediaJob, SourceVersion
from sluice.domain.video import Video
from sluice.edge import wiring
from sluice.usecases.apply_facts import apply_facts

from functions.media_encode import handler as encode
from functions.media_finish import handler as finish
from functions.media_plan import handler as plan
from tests.builders import PATIENCE, VIDEO_ID, at, make_video
from tests.clips import Clips
from tests.deployment import forget
from tests.engine import Aws, unique
from tests.media_checks import media_of, tools
from tests.resources import Resources
from tests.template_file import function_environment

EVENTS = Path(__file__).parents[2] / "events"
_MACHINE = {"StartAt": "Wait", "States": {"Wait": {"Type": "Pass", "End": True}}}
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}],
}


def sample(function: str, case: str) -> dict[str, Any]:
    """An event of ``events/``, to change as one likes."""
    return deepcopy(json.loads((EVENTS / function / f"{case}.json").read_text()))


@dataclass(frozen=True, slots=True)
class Media:
    """What the functions see, and what tests look at."""

    aws: Aws
    bucket: str
    clips: Clips

    @property
    def video(self) -> Video:
        found = wiring.videos().find(VIDEO_ID)
        assert found is not None
        return found.video

    def add_video(self, status: str = "uploading") -> None:
        wiring.videos().add(make_video(status), due_at=None)

    def delete_video(self) -> None:
        apply_facts(wiring.videos(), VIDEO_ID, DeletionRequested(at=at(9)), patience=PATIENCE)

    def store(self, clip: str | bytes) -> str:
        """Put a source into the bucket; its ETag."""
        body = clip if isinstance(clip, bytes) else self.clips[clip].read_bytes()
        answer = self.aws("s3").put_object(Bucket=self.bucket, Key=source_key("alice", VIDEO_ID), Body=body)
        return str(answer["ETag"]).strip('"')

    def names(self, prefix: str = f"videos/{VIDEO_ID}/") -> list[str]:
        """What lies in the bucket below a prefix, without the prefix."""
        listed = self.aws("s3").list_objects_v2(Bucket=self.bucket, Prefix=prefix)
        return [item["Key"].removeprefix(prefix) for item in listed.get("Contents", [])]

    def text(self, name: str) -> str:
        key = f"videos/{VIDEO_ID}/{name}"
        return str(self.aws("s3").get_object(Bucket=self.bucket, Key=key)["Body"].read().decode())

    def job(self, clip: str, *, etag: str | None = None) -> dict[str, Any]:
        """The job of a source that is stored now, as it travels through the state machine."""
        stored = self.clips[clip]
        source = SourceVersion(
            key=source_key("alice", VIDEO_ID), etag=etag or self.store(clip), size_bytes=stored.stat().st_size
        )
        job = MediaJob(video_id=VIDEO_ID, source=source, media=media_of(stored).probe(source))
        builtins: dict[str, Any] = msgspec.to_builtins(job, enc_hook=str)
        return builtins


@pytest.fixture
def media(
    engine: Aws, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Media]:
    """Table, bucket and state machine on the engine, and the functions' environment pointing to them."""
    resources = Resources(engine)
    bucket = resources.bucket()
    role = engine("iam").create_role(RoleName=unique("role"), AssumeRolePolicyDocument=json.dumps(_TRUST))
    machine = engine("stepfunctions").create_state_machine(
        name=unique("media"), definition=json.dumps(_MACHINE), roleArn=role["Role"]["Arn"]
    )
    ours = {
        "VIDEOS_TABLE": resources.table("VideosTable"),
        "MEDIA_BUCKET": bucket,
        "MEDIA_STATE_MACHINE_ARN": machine["stateMachineArn"],
        "AUTH_SECRET_ARN": "auth-secret",
        "LADDER": "180,144",
        "SLUICE_FFMPEG": tools().ffmpeg,
        "SLUICE_FFPROBE": tools().ffprobe,
    }
    for name, value in {**function_environment(), **ours, **engine.environment}.items():
        monkeypatch.setenv(name, value)
    forget()
    yield Media(engine, bucket, _corpus(tmp_path_factory))
    forget()


def walk(job: dict[str, Any], *, may_copy: bool = True) -> dict[str, Any]:
    """Run the whole pipeline as the state machine does; the last answer."""
    planned = plan.handler({"job": job, "may_copy": may_copy}, None)
    answer: dict[str, Any] = {}
    for stage in ("first", "rest"):
        for task in planned[stage]:
            encode.handler({"job": job, "task": task, "load": planned["load"]}, None)
        answer = finish.handler({"job": job, "plan": planned, "stage": stage}, None)
    return answer


def _corpus(factory: pytest.TempPathFactory) -> Clips:
    folder = factory.getbasetemp() / "clips-of-functions"
    folder.mkdir(exist_ok=True)
    return Clips(folder)
