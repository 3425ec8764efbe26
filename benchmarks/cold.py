"""P1, P2 and P3: cold starts, in fresh interpreters that find only what Lambda would let them find."""

import compileall
import json
import shutil
import sys
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.requests import read_event, read_key
from benchmarks.stack import Stack
from benchmarks.table import Row
from benchmarks.timing import medians, processor_seconds
from benchmarks.webhooks import delivery_event
from tools.artefacts.places import importable
from tools.artefacts.smoke import runtime_packages

_ROUNDS = 21
_FUNCTIONS = {
    "gallery": "GalleryFunction",
    "upload_url": "UploadUrlFunction",
    "playback": "PlaybackFunction",
    "docs": "DocsFunction",
    "webhooks": "WebhooksFunction",
    "analytics": "AnalyticsFunction",
}
# Strangers' time-outs are short, and players are many: what answers them is held to more than the others.
_GOALS = {name: ("P2", 1.05) if name in {"webhooks", "analytics"} else ("P1", 1.25) for name in _FUNCTIONS}
# Lambda's file system is read-only, hence -B: nobody writes byte code there.
_PYTHON = (sys.executable, "-I", "-S", "-B", "-c")
_PATHS = "import json, sys; given = json.loads(sys.argv[1]); sys.path[:0] = given['paths']; "
_INIT = _PATHS + "import handler"
_FIRST_REQUEST = _INIT + "; assert handler.handler(given['event'], None)['statusCode'] == 200"
_CLIENT = _PATHS + "import boto3; client = boto3.client('dynamodb')"
_FIRST_READ = _CLIENT + "; assert client.get_item(**given['read'])['Item']"


def cold_starts(stack: Stack) -> list[Row]:
    """P1 and P2: importing each function; then the same with a first request, which needs more."""
    with TemporaryDirectory() as folder:
        runtime = _runtime(Path(folder))
        commands = {
            name: _command(_INIT, [*importable().search_path(function), runtime])
            for name, function in _FUNCTIONS.items()
        }
        webhooks = [*importable().search_path("WebhooksFunction"), runtime]
        commands["first delivery"] = _command(_FIRST_REQUEST, webhooks, event=delivery_event())
        commands["client"] = _command(_CLIENT, [runtime])
        gallery = [*importable().search_path("GalleryFunction"), runtime]
        commands["first request"] = _command(_FIRST_REQUEST, gallery, event=read_event(stack))
        commands["first read"] = _command(_FIRST_READ, [runtime], read=read_key(stack))
        seconds = _measured(commands, stack.environment)
    return [
        *(
            _row(key, f"init: {name} ÷ boto3.client", seconds[name], seconds["client"], limit)
            for name, (key, limit) in _GOALS.items()
        ),
        _row(
            "",
            "init and first request: gallery ÷ boto3.client, get_item",
            seconds["first request"],
            seconds["first read"],
        ),
        _row(
            "",
            "init and first delivery: webhooks ÷ boto3.client, get_item",
            seconds["first delivery"],
            seconds["first read"],
        ),
    ]


def artefact() -> list[Row]:
    """P3: the built files as a deployment unpacks them, against byte code made on the spot, and none."""
    variants = {"zipped": _through_zip, "compiled": _compiled_afresh, "bare": _without_byte_code}
    with TemporaryDirectory() as folder:
        place = Path(folder)
        runtime = _runtime(place)
        commands = {}
        for name, copy in variants.items():
            paths = [place / name / str(number) for number in range(3)]
            for source, path in zip(importable().search_path("GalleryFunction"), paths, strict=True):
                copy(source, path)
            commands[name] = _command(_INIT, [*paths, runtime])
        seconds = _measured(commands, {})
    return [
        _row(
            "P3", "init: unzipped build ÷ byte code made afresh", seconds["zipped"], seconds["compiled"], 1.03
        ),
        _row("", "init: no byte code ÷ byte code made afresh", seconds["bare"], seconds["compiled"]),
    ]


def _command(program: str, paths: list[Path], **given: Any) -> list[str]:
    return [*_PYTHON, program, json.dumps({"paths": [str(path) for path in paths], **given})]


def _measured(commands: Mapping[str, list[str]], env: Mapping[str, str]) -> dict[str, float]:
    """Median processor seconds of each command; they take turns, after a round that fills the page cache."""
    for command in commands.values():
        processor_seconds(command, env)
    runs = {name: partial(processor_seconds, command, env) for name, command in commands.items()}
    return medians(runs, rounds=_ROUNDS)


def _row(key: str, what: str, ours: float, baseline: float, limit: float | None = None) -> Row:
    return Row(key=key, what=what, ours=ours * 1e3, baseline=baseline * 1e3, unit="ms", limit=limit)


def _runtime(folder: Path) -> Path:
    """The runtime's own packages, byte-compiled as they are in Lambda."""
    runtime = folder / "runtime"
    runtime.mkdir()
    compileall.compile_dir(runtime_packages(runtime), quiet=1, maxlevels=10)
    return runtime


def _through_zip(source: Path, into: Path) -> None:
    """Pack and unpack: times are lost on the way, which voids byte code that depends on them."""
    archive = into.with_suffix(".zip")
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as packed:
        for file in source.rglob("*"):
            packed.write(file, file.relative_to(source))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(into)


def _compiled_afresh(source: Path, into: Path) -> None:
    """Under Lambda's names, as the build's is: an import corrects names that are not where the file is,
    which costs both alike here and neither in Lambda."""
    _without_byte_code(source, into)
    compileall.compile_dir(into, quiet=1, stripdir=str(into), prependdir="/opt/python")


def _without_byte_code(source: Path, into: Path) -> None:
    shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"))
