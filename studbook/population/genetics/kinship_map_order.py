"""An order in which relatives stand side by side: average linkage on kinship, its tree laid flat.

F. Murtagh (1983). A survey of recent advances in hierarchical clustering algorithms. The Computer Journal 26, 354-359
(the chain of nearest neighbours: time grows with the square of the number of animals).
"""

import numpy as np
from numpy.typing import NDArray


def by_closeness(kinship: NDArray[np.float64]) -> list[int]:
    """Return the places of a kinship matrix so that those of one line follow each other; ties by place."""
    count = len(kinship)
    if count < 2:
        return list(range(count))
    between = kinship.copy()
    np.fill_diagonal(between, -np.inf)
    size = np.ones(count)
    lines = {place: [place] for place in range(count)}
    chain: list[int] = []
    while len(lines) > 1:
        if not chain:
            chain.append(min(lines))
        last = chain[-1]
        nearest = _nearest(between[last], chain[-2] if len(chain) > 1 else None)
        if len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            _join(between, size, min(last, nearest), max(last, nearest))
            lines[min(last, nearest)] = _end_to_end(lines.pop(last), lines.pop(nearest), kinship)
        else:
            chain.append(nearest)
    return next(iter(lines.values()))


def _nearest(closeness: NDArray[np.float64], before: int | None) -> int:
    best = int(closeness.argmax())
    # The one before in the chain wins its ties, or the chain could run in a circle.
    return before if before is not None and closeness[before] >= closeness[best] else best


def _join(between: NDArray[np.float64], size: NDArray[np.float64], kept: int, gone: int) -> None:
    mean = (size[kept] * between[kept] + size[gone] * between[gone]) / (size[kept] + size[gone])
    between[kept] = between[:, kept] = mean
    between[kept, kept] = -np.inf
    between[gone] = between[:, gone] = -np.inf
    size[kept] += size[gone]


def _end_to_end(one: list[int], other: list[int], kinship: NDArray[np.float64]) -> list[int]:
    ways = [(one[::a], other[::b]) for a in (1, -1) for b in (1, -1)]
    left, right = max(ways, key=lambda way: float(kinship[way[0][-1], way[1][0]]))
    return [*left, *right]
