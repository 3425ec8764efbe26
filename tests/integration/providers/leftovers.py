"""Whatever is left anywhere of some videos, as the bucket, the table and the twins have it."""

from collections.abc import Collection, Iterator

from tests.integration.providers.driving import Json, Providers


def leftovers(providers: Providers, video_ids: Collection[str]) -> list[str]:
    """Names of all that is still there of them, but for tombstones and receipts."""
    everything = (*_stored(providers), *_held(providers), *_rows(providers))
    return sorted(name for name in everything if any(video_id in name for video_id in video_ids))


def _stored(providers: Providers) -> Iterator[str]:
    s3, bucket = providers.stack.aws("s3"), providers.bucket
    for prefix in ("uploads/", "videos/"):
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            yield from (f"object {one['Key']}" for one in page.get("Contents", ()))
    for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
        yield from (f"upload {one['Key']}" for one in page.get("Uploads", ()))


def _held(providers: Providers) -> Iterator[str]:
    mux, cloudflare = providers["mux"], providers["cloudflare"]
    yield from (f"mux asset {one['id']} of {one.get('passthrough')}" for one in mux.assets())
    for upload in mux.uploads():
        if upload["status"] == "waiting":
            yield f"mux upload {upload['id']} of {upload['new_asset_settings'].get('passthrough')}"
    yield from (f"cloudflare {one['uid']} of {one['creator']}" for one in cloudflare.videos())


def _rows(providers: Providers) -> Iterator[str]:
    pages = providers.stack.aws("dynamodb").get_paginator("scan").paginate(TableName=providers.table)
    for page in pages:
        for item in page["Items"]:
            yield from _told(item)


def _told(item: Json) -> Iterator[str]:
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    if pk.startswith("VIDEO#") and sk not in {"VIDEO", "DELETION"}:
        yield f"row {pk} {sk}"
    if sk == "LINK":
        yield f"link {pk} to {item['videoId']['S']}"
