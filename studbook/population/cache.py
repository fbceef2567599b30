"""Values that cost something, kept in the process until the book moves on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_everything: list["Kept[Any, Any]"] = []


class Kept(Generic[Key, Value]):
    """The last few values by key. When several threads ask for one key at once, one computes and the others wait.

    `edition` tells the programme and the revision of its book that a key is about: with a value of a newer revision
    those of older ones go, since a kinship matrix is too large to keep for nobody.
    """

    def __init__(self, most: int, *, edition: Callable[[Key], tuple[int, int]] | None = None) -> None:
        self._most = most
        self._edition = edition
        self._lock = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._under_way: dict[Key, Lock] = {}
        _everything.append(self)

    def get(self, key: Key, compute: Callable[[], Value]) -> Value:
        """Return the value of a key, computed now if it is not kept. A failure is raised and not kept."""
        with self._lock:
            if key in self._values:
                return self._kept(key)
            turn = self._under_way.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._values:
                    return self._kept(key)
            try:
                value = compute()
            except BaseException:
                with self._lock:
                    self._under_way.pop(key, None)
                raise
            with self._lock:
                # In one step: who asks in between would find neither the value nor somebody at work on it.
                self._keep(key, value)
                self._under_way.pop(key, None)
            return value

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def _kept(self, key: Key) -> Value:
        self._values.move_to_end(key)
        return self._values[key]

    def _keep(self, key: Key, value: Value) -> None:
        if self._edition is not None:
            programme, revision = self._edition(key)
            editions = [(each, self._edition(each)) for each in self._values]
            for each, edition in editions:
                if edition[0] == programme and edition[1] < revision:
                    del self._values[each]
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)


def clear_everything() -> None:
    """Forget every value of every cache; for tests, whose databases begin anew with the same keys."""
    for kept in _everything:
        kept.clear()
