"""Multipart uploads as on S3: parts survive a restart, must be named in order, and but the last have 5 MiB.

The engine keeps parts in memory only (a 500 MB upload is 500 MB of it, gone with the process), sorts what
it is given and takes parts of any size. Here a part's bytes lie in a file beside the engine's state.
"""

import copy
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

from ministack.core.persistence import STATE_DIR
from ministack.core.responses import AccountScopedDict
from ministack.services import s3

from local.engine.patches.expect import expect

SMALLEST_PART_BYTES = 5 * 1024 * 1024
STATE_KEY = "sluice_multipart_uploads"


class StoredPart(dict[str, Any]):
    """The engine's record of a part, whose ``body`` is read from its file when it is asked for."""

    def __init__(self, record: dict[str, Any], path: Path) -> None:
        super().__init__({name: value for name, value in record.items() if name != "body"})
        self.path = path

    def __getitem__(self, name: str) -> Any:
        return self.path.read_bytes() if name == "body" else super().__getitem__(name)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return copy.deepcopy(dict(self), memo)


def apply() -> None:
    """Patch the four operations of an upload, and saving and loading."""
    expect(s3._upload_part, 'upload["parts"][pn] = {', '"body": body,', '"size": len(body),')
    expect(s3._complete_multipart_upload, "ordered_parts.sort(key=lambda x: x[0])", 'stored["body"]')
    expect(s3._abort_multipart_upload, "del _multipart_uploads[upload_id]")
    expect(s3.get_state, 'state = {"buckets_meta": copy.deepcopy(buckets_meta)}')
    upload_part, complete, abort = s3._upload_part, s3._complete_multipart_upload, s3._abort_multipart_upload
    get_state, load = s3.get_state, s3.load_persisted_state

    def upload_to_disk(bucket: str, key: str, body: bytes, query: Any, headers: Any) -> Any:
        answer = upload_part(bucket, key, body, query, headers)
        if answer[0] == 200:
            upload, number = s3._qp(query, "uploadId"), int(s3._qp(query, "partNumber"))
            parts = s3._multipart_uploads[upload]["parts"]
            parts[number] = StoredPart(parts[number], _write(_folder(upload) / str(number), body))
        return answer

    def complete_in_order(bucket: str, key: str, body: bytes, query: Any, headers: Any = None) -> Any:
        upload = s3._qp(query, "uploadId")
        refusal = _refusal(body, s3._multipart_uploads.get(upload))
        if refusal is not None:
            return s3._error(*refusal, 400, f"/{bucket}/{key}")
        return _forgetting(complete(bucket, key, body, query, headers), upload)

    def abort_on_disk(bucket: str, key: str, query: Any) -> Any:
        return _forgetting(abort(bucket, key, query), s3._qp(query, "uploadId"))

    def load_with_uploads(data: Any) -> None:
        load(data)
        _restore(data.get(STATE_KEY))

    s3._upload_part, s3._complete_multipart_upload = upload_to_disk, complete_in_order
    s3._abort_multipart_upload = abort_on_disk
    s3.get_state = lambda: {**get_state(), STATE_KEY: copy.deepcopy(s3._multipart_uploads)}
    s3.load_persisted_state = load_with_uploads


def _folder(upload: str) -> Path:
    return Path(STATE_DIR) / "multipart" / upload  # the identifier is the engine's own UUID


def _write(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(body)
    draft.replace(path)
    return path


def _forgetting(answer: Any, upload: str) -> Any:
    if answer[0] < 300 and upload not in s3._multipart_uploads and upload:
        shutil.rmtree(_folder(upload), ignore_errors=True)
    return answer


def _restore(saved: Any) -> None:
    if not isinstance(saved, AccountScopedDict):
        return
    for (account, upload), record in saved._data.items():
        files = {
            int(number): (part, _folder(upload) / str(number)) for number, part in record["parts"].items()
        }
        record["parts"] = {n: StoredPart(part, path) for n, (part, path) in files.items() if path.exists()}
        s3._multipart_uploads._data[account, upload] = record


def _refusal(body: bytes, upload: Any) -> tuple[str, str] | None:
    """The error that S3 would answer for what the engine does not check: its code and message."""
    if upload is None:
        return None
    try:
        elements = s3.fromstring(body).iter()  # the engine's parser, which refuses entities
        named = [int(element.text) for element in elements if element.tag.endswith("PartNumber")]
    except (s3.ParseError, TypeError, ValueError):
        return None  # the engine answers what is malformed
    if any(later <= earlier for earlier, later in pairwise(named)):
        return "InvalidPartOrder", "The list of parts was not in ascending order."
    sizes = [upload["parts"][number]["size"] for number in named[:-1] if number in upload["parts"]]
    if any(size < SMALLEST_PART_BYTES for size in sizes):
        return "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"
    return None
