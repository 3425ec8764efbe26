"""``python -m tools.fault_run --videos 500 --deleted 0.4`` says what came of them; fails if one is not right.

The share that is ``--deleted`` goes at random moments; afterwards nothing may be orphaned anywhere.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.clips import Clips
from tests.integration.providers.driving import providers_of
from tests.integration.providers.fault_run import fault_run
from tests.stack import running_stack


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fault_run", description=__doc__)
    parser.add_argument("--videos", type=int, default=50, help="how many, in turns to each provider")
    parser.add_argument("--deleted", type=float, default=0.4, help="the share that is deleted")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sluice-fault-run-") as folder:
        clip = Clips(Path(folder))["streamable"].read_bytes()
        with running_stack(Path(folder) / "data") as stack, providers_of(stack) as providers:
            report = fault_run(providers, clip, wanted.videos, deleted=wanted.deleted)
    print(*report.lines(), sep="\n")
    return 1 if report.wrong or report.orphans else 0


if __name__ == "__main__":
    sys.exit(main())
