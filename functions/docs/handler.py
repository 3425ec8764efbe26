"""/api/health, /api/openapi.json and /api/docs: whether the API works, and what it is.

``$default`` comes here too: a path that the API does not have is answered in the API's own words.
"""

from pathlib import Path

from sluice.domain.errors import NotFound
from sluice.edge import wiring
from sluice.edge.contract.operations import HealthAnswer
from sluice.edge.health import examine
from sluice.edge.http import Access, Api, Reply, Request
from sluice.edge.static_files import StaticFile, serve

api = handler = Api(wiring.caller_of)

_HERE = Path(__file__).parent
_SWAGGER_UI = _HERE / "vendor/swagger-ui-5.35.0"
_A_WHILE, _FOR_GOOD = 300, 31_536_000
_OPENAPI = {"openapi.json": StaticFile(_HERE / "openapi.json", "application/json", _A_WHILE)}
_PAGE = {"index.html": StaticFile(_HERE / "page/index.html", "text/html; charset=utf-8", _A_WHILE)}
# The page asks for vendored files with their version, so they may be kept for good.
_FILES = {
    "page.css": StaticFile(_HERE / "page/page.css", "text/css; charset=utf-8", _A_WHILE),
    "page.js": StaticFile(_HERE / "page/page.js", "text/javascript; charset=utf-8", _A_WHILE),
    "swagger-ui.css": StaticFile(_SWAGGER_UI / "swagger-ui.css", "text/css; charset=utf-8", _FOR_GOOD),
    "swagger-ui-bundle.js": StaticFile(
        _SWAGGER_UI / "swagger-ui-bundle.js", "text/javascript; charset=utf-8", _FOR_GOOD
    ),
}
# The page loads from where it comes from and asks nobody else; pictures within styles are data: URLs.
_PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


@api.route("GET /api/health", access=Access.PUBLIC, also={503: HealthAnswer})
def health(_request: Request) -> HealthAnswer | Reply:
    """Whether the service can do its work."""
    answer = examine()
    return answer if answer.status == "ok" else Reply(503, answer, {"retry-after": "5"})


@api.route("GET /api/openapi.json", access=Access.PUBLIC)
def openapi(request: Request) -> Reply:
    """This document."""
    return serve(_OPENAPI, "openapi.json", request.headers)


@api.route("GET /api/docs", access=Access.PUBLIC, media_type="text/html")
def docs(request: Request) -> Reply:
    """This document, to be read and tried out in a browser."""
    page = serve(_PAGE, "index.html", request.headers)
    return Reply(data=page.data, headers={**page.headers, **_PAGE_HEADERS})


@api.route("GET /api/docs/{file}", access=Access.PUBLIC, media_type="text/*", raises=(NotFound,))
def docs_file(request: Request, file: str) -> Reply:
    """A script or a style of the page."""
    return serve(_FILES, file, request.headers)
