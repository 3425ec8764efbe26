"""The table of figures in memory, a video's watchers and a bucket of beacons."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from threading import RLock
from typing import Any

from sluice.domain.errors import WriteConflict
from sluice.domain.figure_rows import FIGURES, SHARDS, RowKey, Scope, TallyKey, day_of, video_of
from sluice.domain.qoe_counts import Tally, Totals
from sluice.domain.qoe_figures import Collected, collect
from sluice.usecases.analytics_ports import MOST_WRITES, Add, Delete, FoundRows, Put, Watched, Write

type Place = tuple[str, str]


class FakeFigures:
    """``FigureStore``. ``before_commit`` may do what another writer would do just before each."""

    def __init__(self) -> None:
        self.documents: dict[Place, tuple[int, Any]] = {}
        self.sums: dict[Place, Tally] = {}
        self.before_commit: Callable[[], None] = lambda: None
        self.commits = 0
        self._lock = RLock()

    def read(self, keys: Iterable[RowKey[Any]]) -> FoundRows:
        places = [(key.partition, key.sort) for key in keys]
        with self._lock:
            return FoundRows({place: self.documents[place] for place in places if place in self.documents})

    def commit(self, writes: Sequence[Write]) -> None:
        self.before_commit()
        places = [(write.key.partition, write.key.sort) for write in writes]
        assert len(places) == len(set(places)) <= MOST_WRITES
        with self._lock:
            if not all(self._stands(write) for write in writes):
                raise WriteConflict("Somebody else was first.")
            for write, place in zip(writes, places, strict=True):
                self._write(write, place)
            self.commits += 1

    def collected(self, scope: Scope) -> Collected:
        rows = list(self.rows(scope, f"{FIGURES}TOTALS", Totals))
        sums = [(add.key.sort, add.tally) for add in self.tallies(scope)]
        days = [(day, tally) for sort, tally in sums if (day := day_of(sort))]
        videos = [(video, tally) for sort, tally in sums if (video := video_of(sort))]
        return collect([totals for _, _, totals in rows], days, videos)

    def rows[T](self, scope: Scope, prefix: str, kind: type[T]) -> Iterator[tuple[RowKey[T], int, T]]:
        for place in self._places(scope, self.documents):
            if place[1].startswith(prefix):
                version, document = self.documents[place]
                yield RowKey(*place, kind), version, document

    def tallies(self, scope: Scope) -> Iterator[Add]:
        for place in self._places(scope, self.sums):
            yield Add(TallyKey(*place), self.sums[place])

    def remove_all(self, scope: Scope) -> int:
        places = [*self._places(scope, self.documents), *self._places(scope, self.sums)]
        for place in places:
            self.documents.pop(place, None)
            self.sums.pop(place, None)
        return len(places)

    def is_empty(self, scope: Scope) -> bool:
        return not self._places(scope, self.documents) and not self._places(scope, self.sums)

    def copy(self) -> "FakeFigures":
        """Another one that holds the same."""
        made = FakeFigures()
        made.documents, made.sums = deepcopy(self.documents), dict(self.sums)
        return made

    def _places(self, scope: Scope, within: Mapping[Place, Any]) -> list[Place]:
        partitions = {scope.partition(shard) for shard in range(SHARDS)}
        return sorted(place for place in within if place[0] in partitions)

    def _stands(self, write: Write) -> bool:
        place = write.key.partition, write.key.sort
        match write:
            case Put():
                return self.documents.get(place, (0, None))[0] == write.version
            case Delete(read=Tally()):
                return self.sums.get(place) == write.read
            case Delete(read=int()):
                return self.documents.get(place, (0, None))[0] == write.read
            case _:
                return True

    def _write(self, write: Write, place: Place) -> None:
        match write:
            case Put():
                self.documents[place] = write.version + 1, write.document
            case Add():
                self.sums[place] = self.sums.get(place, Tally()) + write.tally
            case Delete():
                self.documents.pop(place, None)
                self.sums.pop(place, None)


class FakeWatchedVideos:
    """``WatchedVideos`` with these videos."""

    def __init__(self, videos: Mapping[str, Watched]) -> None:
        self.videos = dict(videos)

    def known(self, video_ids: Iterable[str]) -> Mapping[str, Watched]:
        return {one: self.videos[one] for one in video_ids if one in self.videos}


class FakeRawBeacons:
    """``RawBeacons`` that remembers its objects."""

    def __init__(self) -> None:
        self.objects: dict[str, Sequence[bytes]] = {}

    def keep(self, lines: Sequence[bytes], *, name: str, now: datetime) -> None:
        self.objects[f"{now:%Y-%m-%d}/{name}"] = list(lines)
