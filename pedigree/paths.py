"""Through which common ancestors a pair is related, and by how much through each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ground import State, ground_above
from pedigree._meetings import Meetings, Walk
from pedigree.structure import Pedigree

MOST_PATHS: Final = 50


@dataclass(frozen=True, slots=True)
class Path:
    """One line of descent to a common ancestor on each side, meeting nowhere before it.

    `sire_side` runs from the sire up to the common ancestor, `dam_side` from the dam; `share` is
    what this one path adds to the offspring's F.
    """

    sire_side: tuple[str, ...]
    dam_side: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class AncestorShare:
    """A common ancestor, its own F, and what it adds to the offspring's F over all its paths.

    Where the lines end on two related founders, `animal` is that of the sire's side and `related_to` that
    of the dam's; otherwise `related_to` is empty. `path_count` is exact up to 2^53 and the nearest double beyond.
    """

    animal: str
    inbreeding: float
    share: float
    path_count: int
    paths: tuple[Path, ...]
    related_to: str = ""

    @property
    def unlisted_share(self) -> float:
        """What the paths that are not listed add up to; 0 when all are listed."""
        listed = sum(path.share for path in self.paths)
        return self.share - listed if len(self.paths) < self.path_count else 0.0


@dataclass(frozen=True, slots=True)
class InbreedingPaths:
    """An offspring's F taken apart by common ancestor, the largest share first."""

    f_offspring: float
    ancestors: tuple[AncestorShare, ...]

    @property
    def path_count(self) -> int:
        """How many paths there are, listed or not."""
        return sum(ancestor.path_count for ancestor in self.ancestors)

    @property
    def listed_count(self) -> int:
        """How many paths are listed."""
        return sum(len(ancestor.paths) for ancestor in self.ancestors)


def common_ancestors(pedigree: Pedigree, sire: str, dam: str) -> tuple[str, ...]:
    """Return the animals that both of a pair descend from, the youngest generation first.

    One of the pair counts when the other descends from it; possible parents count as parents.

    Parameters
    ----------
    pedigree :                          The pedigree.
    sire, dam :                         Ids of the pair.

    Returns
    -------
    Ids, some of which may add nothing to F because every path to them runs through a nearer one.

    Raises
    ------
    UnknownAnimalError
        One of the pair is not in the pedigree.

    Notes
    -----
    Two passes over the rows.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> sibs = [Record("3", "1", "2"), Record("4", "1", "2")]
    >>> common_ancestors(Pedigree.from_records([Record("1"), Record("2"), *sibs]), "3", "4")
    ('1', '2')
    """
    above_sire, above_dam = (pedigree.with_ancestors(pedigree.mask([animal])) for animal in (sire, dam))
    rows = np.flatnonzero(above_sire & above_dam).tolist()
    return tuple(pedigree.ids[row] for row in sorted(rows, key=lambda row: (-pedigree.generation[row], row)))


def inbreeding_paths(
    pedigree: Pedigree, sire: str, dam: str, inbreeding: NDArray[np.float64], *, most_paths: int = MOST_PATHS
) -> InbreedingPaths:
    """Return the F of a pair's offspring, taken apart by common ancestor and path.

    Wright's sum of (1/2)^(n1 + n2 + 1) (1 + F_A) over paths that repeat no animal; a candidate with
    probability p counts p/2 instead of 1/2 for its step. Identical twins stand under the id of the first
    of them; related founders end a path with their kinship; wild and unknown parents are nobody's kin.

    Parameters
    ----------
    pedigree :                          The pedigree.
    sire, dam :                         Ids of the pair.
    inbreeding : shape (n_animals,)     F of every animal, from `inbreeding`.
    most_paths :                        How many paths to list, the largest first; the shares count all.

    Returns
    -------
    The shares add up to the kinship of the pair.

    Raises
    ------
    UnknownAnimalError
        One of the pair is not in the pedigree.

    Notes
    -----
    Time and memory grow with the square of the number of ancestors, not with the number of paths,
    which may be astronomical.

    References
    ----------
    S. Wright (1922). Coefficients of inbreeding and relationship. American Naturalist 56, 330-338.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> sibs = [Record("3", "1", "2"), Record("4", "1", "2")]
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), *sibs])
    >>> explained = inbreeding_paths(pedigree, "3", "4", np.zeros(4))
    >>> explained.f_offspring, [(each.animal, each.share) for each in explained.ancestors]
    (0.25, [('1', 0.125), ('2', 0.125)])
    """
    rows = [pedigree.row(animal) for animal in (sire, dam)]
    ground = ground_above(pedigree, rows, inbreeding)
    start = {(ground.of_row[rows[0]], ground.of_row[rows[1]]): 1.0}
    return _explained(Meetings(ground, start), most_paths)


def own_inbreeding_paths(
    pedigree: Pedigree, animal: str, inbreeding: NDArray[np.float64], *, most_paths: int = MOST_PATHS
) -> InbreedingPaths:
    """Return an animal's own F, taken apart by the common ancestors of its parents.

    As `inbreeding_paths`; with several possible parents each pair counts by its probability. The F that is
    given for a founder has no path.

    Parameters
    ----------
    pedigree :                          The pedigree.
    animal :                            Id of the animal.
    inbreeding : shape (n_animals,)     F of every animal, from `inbreeding`.
    most_paths :                        How many paths to list, the largest first; the shares count all.

    Returns
    -------
    The shares add up to the animal's F.

    Raises
    ------
    UnknownAnimalError
        The animal is not in the pedigree.

    Notes
    -----
    As `inbreeding_paths`.

    References
    ----------
    S. Wright (1922), as for `inbreeding_paths`.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> backcross = Record("4", "1", "3")
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), backcross])
    >>> own_inbreeding_paths(pedigree, "4", np.zeros(4)).ancestors[0].paths
    (Path(sire_side=('1',), dam_side=('3', '1'), share=0.25),)
    """
    row = pedigree.row(animal)
    if pedigree.generation[row] == 0:
        return InbreedingPaths(float(inbreeding[row]), ())
    ground = ground_above(pedigree, [row], inbreeding)
    return _explained(Meetings(ground, ground.pairs(row)), most_paths)


def _explained(meetings: Meetings, most_paths: int) -> InbreedingPaths:
    names, shares = meetings.ground.names, meetings.shares
    paths: dict[State, list[Path]] = {state: [] for state in shares}
    for walk, share in meetings.walks(most_paths):
        paths[walk.state].append(_path(names, walk, share))
    ancestors = [
        AncestorShare(
            names[one],
            meetings.ground.inbreeding[one],
            shares[one, other],
            meetings.counts[one, other],
            tuple(listed),
            names[other] if one != other else "",
        )
        for (one, other), listed in paths.items()
    ]
    ancestors.sort(key=lambda each: (-each.share, each.animal, each.related_to))
    return InbreedingPaths(sum((each.share for each in ancestors), 0.0), tuple(ancestors))


def _path(ids: Sequence[str], walk: Walk, share: float) -> Path:
    states = walk.states()
    sides = ([state[side] for state in states] for side in (0, 1))
    # A walk moves one side at a time, so the waiting side repeats its genome; a drawn parent has no name.
    sire_side, dam_side = (tuple(ids[each] for each in dict.fromkeys(side) if ids[each]) for side in sides)
    return Path(sire_side, dam_side, share)
