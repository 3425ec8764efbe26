"""The functions that answer HTTP requests, as their own modules declare it."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sluice.edge.http import Api, Route

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class HttpFunction:
    """A function's folder, what its module says of it, and its routes in the order of its source."""

    folder: str
    docstring: str
    routes: tuple[Route, ...]

    @property
    def tag(self) -> str:
        return self.folder.replace("_", " ").capitalize()

    @property
    def about(self) -> str:
        """The module's first paragraph, without the paths before its colon."""
        paragraph = self.docstring.strip().split("\n\n", maxsplit=1)[0]
        _, _, about = " ".join(paragraph.split()).partition(": ")
        return about[:1].upper() + about[1:]


def http_functions() -> list[HttpFunction]:
    """All functions with an ``api``, by their folders' names."""
    found = []
    for path in sorted(ROOT.glob("functions/*/handler.py")):
        module = import_module(f"functions.{path.parent.name}.handler")
        api = getattr(module, "api", None)
        if isinstance(api, Api):
            found.append(HttpFunction(path.parent.name, module.__doc__ or "", tuple(api.routes.values())))
    return found
