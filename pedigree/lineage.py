"""Who descends from whom, who founded the population, and how much of a genome is traced."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from pedigree._levels import arrows, blocks, with_all_below
from pedigree.structure import WILD, Candidates, Pedigree


def ancestors(pedigree: Pedigree, animal: str) -> NDArray[np.bool_]:
    """Return which animals are ancestors of one animal.

    The animal itself is not counted; every candidate for a parent is.

    Parameters
    ----------
    pedigree :                          The pedigree.
    animal :                            Id of the animal.

    Returns
    -------
    shape (n_animals,)                  True for ancestors.

    Raises
    ------
    UnknownAnimalError
        The animal is not in the pedigree.

    Notes
    -----
    One pass over the rows.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> ancestors(pedigree, "3").tolist()
    [True, True, False]
    """
    start = pedigree.row(animal)
    mask = pedigree.with_ancestors(pedigree.mask([animal]))
    mask[start] = False
    return mask


def descendants(pedigree: Pedigree, animal: str) -> NDArray[np.bool_]:
    """Return which animals descend from one animal.

    The animal itself is not counted; possible offspring are.

    Parameters
    ----------
    pedigree :                          The pedigree.
    animal :                            Id of the animal.

    Returns
    -------
    shape (n_animals,)                  True for descendants.

    Raises
    ------
    UnknownAnimalError
        The animal is not in the pedigree.

    Notes
    -----
    One pass over the rows.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> descendants(pedigree, "1").tolist()
    [False, False, True]
    """
    start = pedigree.row(animal)
    mask = pedigree.mask([animal])
    with_all_below(mask, arrows(pedigree.sire, pedigree.dam, pedigree.candidates), pedigree.generation)
    mask[start] = False
    return mask


def founding(pedigree: Pedigree) -> NDArray[np.bool_]:
    """Return which animals are themselves founders of the pedigree.

    A founder has no parent in the pedigree: both are wild or unknown. (A parent that is missing
    on one side only is a founder without a row; see `pedigree.founders.founder_table`.)

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  True for founders.

    Notes
    -----
    One comparison per animal.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> founding(pedigree).tolist()
    [True, True, False]
    """
    return np.asarray(pedigree.generation == 0)


def known_fraction(pedigree: Pedigree) -> NDArray[np.float64]:
    """Return the fraction of each animal's genome that is traced to wild founders.

    A wild parent counts as known (1), an unknown parent as not known (0), several possible
    parents as the mean of theirs, weighted by their probabilities.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  Known fraction k, dimensionless, in [0, 1].

    Notes
    -----
    One pass over the rows, a generation at a time.

    References
    ----------
    R. C. Lacy (2012). Extending pedigree analysis for uncertain parentage and diverse breeding
    systems. Journal of Heredity 103, 197-205.

    Examples
    --------
    >>> from pedigree.structure import WILD, Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1", WILD, WILD), Record("2", "1")])
    >>> known_fraction(pedigree).tolist()
    [1.0, 0.5]
    """
    return _traced(pedigree, pedigree.candidates)


def certain_fraction(pedigree: Pedigree) -> NDArray[np.float64]:
    """Return the fraction of each animal's genome that is traced to wild founders by certain parents.

    A wild parent counts as certain (1); an unknown parent and several possible parents count as not
    certain (0).

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  Certain fraction, dimensionless, in [0, 1], at most the known fraction.

    Notes
    -----
    One pass over the rows, a generation at a time.

    References
    ----------
    R. C. Lacy (2012), as for `known_fraction`.

    Examples
    --------
    >>> from pedigree.structure import WILD, Pedigree, Record
    >>> founders = [Record("1", WILD, WILD), Record("2", WILD, WILD), Record("3", WILD, WILD)]
    >>> cub = Record("4", (("1", 0.5), ("2", 0.5)), "3")
    >>> pedigree = Pedigree.from_records([*founders, cub])
    >>> certain_fraction(pedigree).tolist(), known_fraction(pedigree).tolist()
    ([1.0, 1.0, 1.0, 0.5], [1.0, 1.0, 1.0, 1.0])
    """
    return _traced(pedigree, {})


def _traced(pedigree: Pedigree, counted: Mapping[tuple[int, str], Candidates]) -> NDArray[np.float64]:
    """Return the fractions traced, several possible parents counting where they are given."""
    # The last entries are those of the codes SEVERAL, UNKNOWN and WILD.
    traced = np.concatenate([np.zeros(len(pedigree)), [0.0, 0.0, 1.0]])
    waiting = sorted(counted, reverse=True)
    for start, stop in blocks(pedigree.generation):
        shares = {"sire": traced[pedigree.sire[start:stop]], "dam": traced[pedigree.dam[start:stop]]}
        while waiting and waiting[-1][0] < stop:
            row, role = waiting.pop()
            shares[role][row - start] = parent_known(pedigree, traced, row, role)
        traced[start:stop] = (shares["sire"] + shares["dam"]) / 2
    return traced[: len(pedigree)]


def parent_known(pedigree: Pedigree, known: NDArray[np.float64], row: int, role: str) -> float:
    """Return the known fraction of a row's sire or dam, recorded or not.

    Wild 1, unknown 0, several: the weighted mean.

    Parameters
    ----------
    pedigree :                          The pedigree.
    known : shape (n_animals,)          Known fraction of every row above this one.
    row, role :                         Whose parent; "sire" or "dam".

    Returns
    -------
    The known fraction of the parent, in [0, 1].

    Notes
    -----
    Grows with the number of candidates.

    Examples
    --------
    >>> from pedigree.structure import WILD, Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1", WILD)])
    >>> parent_known(pedigree, np.zeros(1), 0, "sire")
    1.0
    """
    # Sorted, so that the names of the candidates, which order them, do not reach the last bit.
    return sum(
        sorted(
            probability * (float(known[parent]) if parent >= 0 else float(parent == WILD))
            for parent, probability in pedigree.possible(row, role)
        )
    )


def generations(pedigree: Pedigree) -> NDArray[np.int32]:
    """Return the generation each animal is drawn in.

    0 without a parent in the pedigree, else one more than the later of its parents.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    shape (n_animals,)                  Generation, a whole number from 0.

    Notes
    -----
    Known since the pedigree was built.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "3", "2")])
    >>> generations(pedigree).tolist()
    [0, 0, 1, 2]
    """
    return pedigree.generation


def pedigree_graph(pedigree: Pedigree) -> nx.DiGraph:
    """Return the pedigree as a graph with an arrow from each parent to each offspring.

    The arrow's `share` is the expected share of the offspring's genome that comes from the parent:
    1/2, or half of a candidate's probability.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    Nodes are ids, with `row` and `generation`; wild and unknown parents are no nodes.

    Notes
    -----
    Grows with the number of animals.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> graph = pedigree_graph(Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")]))
    >>> sorted(graph.edges(data="share"))
    [('1', '3', 0.5), ('2', '3', 0.5)]
    """
    graph = nx.DiGraph()
    for row, animal in enumerate(pedigree.ids):
        graph.add_node(animal, row=row, generation=int(pedigree.generation[row]))
        for parent, share in pedigree.parents(row):
            graph.add_edge(pedigree.ids[parent], animal, share=share)
    return graph
