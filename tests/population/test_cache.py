from threading import Barrier, Thread

import pytest

from studbook.population.cache import Kept


def test_get__computes_once_for_many_that_ask_together() -> None:
    kept: Kept[str, int] = Kept(2)
    computed, got, start = [], [], Barrier(4)

    def ask() -> None:
        start.wait()
        got.append(kept.get("key", lambda: computed.append(1) or len(computed)))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(computed), got) == (1, [1, 1, 1, 1])


def test_get__keeps_the_last_few() -> None:
    kept: Kept[int, int] = Kept(2)
    for key in (1, 2, 1, 3):
        kept.get(key, lambda key=key: key)
    assert kept.get(1, lambda: -1) == 1
    assert kept.get(2, lambda: -2) == -2


def test_get__keeps_nothing_of_a_failure() -> None:
    kept: Kept[str, int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert kept._under_way == {}
    assert kept.get("key", lambda: 7) == 7


def test_get__lets_older_revisions_of_a_book_go() -> None:
    kept: Kept[tuple[int, int], str] = Kept(4, edition=lambda key: key)
    for key in ((1, 1), (2, 1), (1, 2)):
        kept.get(key, lambda key=key: f"first {key}")
    assert kept.get((2, 1), lambda: "again") == "first (2, 1)"
    assert kept.get((1, 2), lambda: "again") == "first (1, 2)"
    assert kept.get((1, 1), lambda: "again") == "again"
    # Whoever still stands on the older one takes nothing from the others.
    assert kept.get((1, 2), lambda: "again") == "first (1, 2)"
