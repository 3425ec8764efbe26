"""A bad day at all providers, in small; ``python -m tools.fault_run`` is the whole of it."""

from tests.integration.providers.driving import Providers
from tests.integration.providers.fault_run import fault_run


def test_on_a_bad_day_all_videos_come_right(providers: Providers, clip: bytes) -> None:
    report = fault_run(providers, clip, videos=12, deleted=0.4)
    assert report.wrong == []
    kept = 12 - report.deleted
    assert (report.ready, report.plays, report.strays) == (kept, kept, 0)
    assert 0 < report.deleted < 12
    assert report.listed == report.counted
    assert sum(hits for name, hits in report.faults.items() if name.endswith("drop")) > 0
