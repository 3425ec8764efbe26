"""The account's videos: list, read, edit, delete, copy from a URL, downloads, storage."""

from itertools import islice

from aiohttp import web

from local.twins.cloudflare import lifecycle
from local.twins.cloudflare.envelope import BAD_REQUEST, answer, not_found, refuse
from local.twins.cloudflare.records import change, found, new_video, quota, used_minutes, view
from local.twins.cloudflare.settings_of_video import checked, moment
from local.twins.core import Core, core_of
from local.twins.media import Facts
from local.twins.refusals import Doc, read_object

STREAM = "/client/v4/accounts/{account}/stream"
VIDEO = STREAM + "/{uid:[0-9a-f]{32}}"
LONGEST_LIST = 1000
routes = web.RouteTableDef()


@routes.get(STREAM)
async def list_(request: web.Request) -> web.Response:
    """Newest first (``asc``: oldest), with the filters of the real list."""
    core, query = core_of(request), request.query
    limit = query.get("limit", str(LONGEST_LIST))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= LONGEST_LIST):
        raise refuse(f"limit must be 1 to {LONGEST_LIST}.")
    oldest_first = query.get("asc", "").lower() == "true"
    equal = {"creator": query["creator"]} if query.get("creator") else {}
    chosen = (
        one
        for one in core.store.each("video", oldest_first=oldest_first, equal=equal)
        if _matches(request, one)
    )
    return answer([view(one) for one in islice(chosen, int(limit))])


@routes.get(STREAM + "/storage-usage")
async def storage(request: web.Request) -> web.Response:
    """Minutes used, reservations of open uploads among them."""
    core = core_of(request)
    used = {"totalStorageMinutes": round(used_minutes(core), 3), "totalStorageMinutesLimit": quota(core)}
    return answer({**used, "videoCount": core.store.count("video"), "creator": request.query.get("creator")})


@routes.post(STREAM + "/copy")
async def copy(request: web.Request) -> web.Response:
    """Import: Cloudflare fetches the file itself."""
    core, body = core_of(request), await read_object(request, kind=BAD_REQUEST)
    if not isinstance(body.get("url"), str) or not body["url"].startswith(("http://", "https://")):
        raise refuse("url must be a URL.")
    video = new_video(core, checked(body), state="downloading", expires_at=None)
    core.store.put("video", video["uid"], {**video, "copied_from": body["url"]})
    lifecycle.begin(core, video["uid"])
    return answer(view(found(core, video["uid"])))


@routes.get(VIDEO)
async def get(request: web.Request) -> web.Response:
    """One video."""
    return answer(view(_video(request)))


@routes.post(VIDEO)
async def edit(request: web.Request) -> web.Response:
    """Change what describes it; unknown keys are ignored."""
    core, body = core_of(request), await read_object(request, kind=BAD_REQUEST)
    uid = _video(request)["uid"]
    settings = checked(body)
    if body.get("uploadExpiry") is not None:
        settings |= {
            "uploadExpiry": body["uploadExpiry"],
            "expires_at": moment(body["uploadExpiry"], "uploadExpiry"),
        }
    change(core, uid, **settings)
    return answer(view(found(core, uid)))


@routes.delete(VIDEO)
async def delete(request: web.Request) -> web.Response:
    """Gone, with its files and its reservation; nobody is told."""
    core, uid = core_of(request), _video(request)["uid"]
    core.store.remove("video", uid)
    core.forget(uid)
    return web.Response()


@routes.post(VIDEO + "/downloads{type:(/[a-z]+)?}")
async def create_download(request: web.Request) -> web.Response:
    """Make an MP4 to download."""
    core, video = core_of(request), _video(request)
    if not video["readyToStream"]:
        raise refuse("The video is not ready.")
    if "download" not in video:
        change(core, video["uid"], download={"status": "inprogress", "percentComplete": 0.0})
        core.jobs.start(f"download-{video['uid']}", _make_download(core, video))
    return answer(_downloads(core, found(core, video["uid"])))


@routes.get(VIDEO + "/downloads")
async def get_downloads(request: web.Request) -> web.Response:
    """What can be downloaded, empty if nothing was asked for."""
    return answer(_downloads(core_of(request), _video(request)))


@routes.delete(VIDEO + "/downloads{type:(/[a-z]+)?}")
async def delete_download(request: web.Request) -> web.Response:
    """The MP4 is gone."""
    core, video = core_of(request), _video(request)
    if video.pop("download", None) is None:
        raise not_found("download")
    core.store.put("video", video["uid"], video)
    (core.home(video["uid"]) / "downloads" / "default.mp4").unlink(missing_ok=True)
    return answer("")


async def _make_download(core: Core, video: Doc) -> None:
    target = core.home(video["uid"]) / "downloads" / "default.mp4"
    await core.media.download(core.source(video["uid"]), target, Facts(**video["facts"]))
    change(core, video["uid"], download={"status": "ready", "percentComplete": 100.0})


def _downloads(core: Core, video: Doc) -> Doc:
    if "download" not in video:
        return {}
    address = f"{core.public_url}/customer/{video['uid']}/downloads/default.mp4"
    return {"default": {**video["download"], "url": address}}


def _video(request: web.Request) -> Doc:
    return found(core_of(request), request.match_info["uid"])


def _matches(request: web.Request, video: Doc) -> bool:
    query, name = request.query, str(video["meta"].get("name", ""))
    created = moment(video["created"], "created")
    after, before = query.get("start") or query.get("after"), query.get("end") or query.get("before")
    return all(
        (
            not query.get("status") or video["status"]["state"] == query["status"],
            not query.get("id") or video["uid"] == query["id"],
            not query.get("video_name") or name == query["video_name"],
            not query.get("search")
            or query["search"].lower() in name.lower()
            or query["search"] == video["uid"],
            not after or created >= moment(after, "start"),
            not before or created <= moment(before, "end"),
        )
    )
