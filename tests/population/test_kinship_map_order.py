import numpy as np
import pytest

from studbook.population.genetics.kinship_map_order import by_closeness


def _families(*sizes: int, within: float = 0.25) -> np.ndarray:
    kinship = np.zeros((sum(sizes), sum(sizes)))
    start = 0
    for size in sizes:
        kinship[start : start + size, start : start + size] = within
        start += size
    np.fill_diagonal(kinship, 0.5)
    return kinship


def test_by_closeness__families_stand_together_however_they_were_mixed() -> None:
    kinship = _families(4, 3, 5)
    family = np.repeat([0, 1, 2], [4, 3, 5])
    mixed = np.random.default_rng(1).permutation(12)
    order = by_closeness(kinship[np.ix_(mixed, mixed)])
    placed = family[mixed][order]
    assert sorted(order) == list(range(12))
    assert (np.diff(placed) != 0).sum() == 2


@pytest.mark.parametrize("size", [0, 1, 2, 7])
def test_by_closeness__ties_and_few_animals_come_to_an_end(size: int) -> None:
    assert sorted(by_closeness(np.full((size, size), 0.125))) == list(range(size))


def test_by_closeness__joins_what_a_slow_average_linkage_joins() -> None:
    rng = np.random.default_rng(7)
    half = rng.random((14, 14))
    kinship = (half + half.T) / 4
    order = by_closeness(kinship)
    for line in _naive_lines(kinship):
        places = sorted(order.index(animal) for animal in line)
        assert places == list(range(places[0], places[0] + len(line)))


def _naive_lines(kinship: np.ndarray) -> list[frozenset[int]]:
    lines = [frozenset([animal]) for animal in range(len(kinship))]
    joined: list[frozenset[int]] = []
    while len(lines) > 1:
        pairs = [(a, b) for at, a in enumerate(lines) for b in lines[at + 1 :]]
        one, other = max(pairs, key=lambda pair: kinship[np.ix_(sorted(pair[0]), sorted(pair[1]))].mean())
        lines = [line for line in lines if line not in (one, other)] + [one | other]
        joined.append(one | other)
    return joined
