"""`make bench`: run every measuring program, print one table, keep it in ``benchmarks/results.json``."""

import os
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.beacons import beacons, whole_path
from benchmarks.cold import artefact, cold_starts
from benchmarks.gallery import PAGE, gallery_page
from benchmarks.media import media
from benchmarks.realtime import push_latency
from benchmarks.signing import minting, presigning
from benchmarks.stack import running_stack
from benchmarks.table import Row, keep, show
from benchmarks.warm import warm_request
from benchmarks.webhooks import acknowledgement


def main() -> None:
    rows = [*_requests(), *presigning(), *minting(), *media(), *push_latency(), *whole_path()]
    show(rows)
    keep(rows, Path(__file__).with_name("results.json"))


def _requests() -> list[Row]:
    """Everything that needs the engine, in a function's environment, with its log going elsewhere."""
    with (
        running_stack(videos=PAGE) as stack,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
    ):
        os.environ.update(stack.environment)
        return [
            *cold_starts(stack),
            *artefact(),
            *warm_request(stack),
            *acknowledgement(stack),
            *gallery_page(stack),
            *beacons(stack),
        ]


if __name__ == "__main__":
    main()
