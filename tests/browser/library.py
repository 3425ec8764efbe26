"""Videos that are there before a test needs them, so that few tests wait for the pipeline.

They are sent through the API at the start of the session and are made ready while other tests run.
"""

from pathlib import Path

import httpx

from tests.browser.visitor import somebody
from tests.stack import LocalStack

# Tests that change their video, so that each needs one of its own.
_OWN = 5


class Library:
    """Users that have one video each, all of the same clip; its title is the clip's name."""

    def __init__(self, stack: LocalStack, clip: Path) -> None:
        self._stack = stack
        self._clip = clip
        self.shared = self._user_with_video()
        self._own = [self._user_with_video() for _ in range(_OWN)]

    @property
    def title(self) -> str:
        return self._clip.stem

    def own(self) -> str:
        """A user whose video nobody else uses."""
        return self._own.pop() if self._own else self._user_with_video()

    def _user_with_video(self) -> str:
        name = somebody()
        content = self._clip.read_bytes()
        with self._stack.client(name) as client:
            declared = {
                "filename": self._clip.name,
                "fileSize": len(content),
                "mimeType": "video/mp4",
                "title": self.title,
            }
            answer = client.post("/api/videos/upload-url", json=declared).raise_for_status().json()
        headers = answer["upload"]["headers"]
        httpx.put(answer["uploadUrl"], content=content, headers=headers, timeout=40).raise_for_status()
        return name
