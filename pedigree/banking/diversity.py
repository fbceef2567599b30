"""The gene diversity that can be kept with a genome bank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import within
from pedigree._masks import check_mask
from pedigree._tabular import Matrix
from pedigree.banking.counts import Counting, Floats, least_mean_kinship
from pedigree.kinship import gene_diversity


@dataclass(frozen=True, slots=True, eq=False)
class BankDiversity:
    """Gene diversity (GD) with a bank and without; NaN where there is nobody to measure.

    `counts` say how much each animal counts: 1 for the living, up to `most` for a donor, 0 for all others. `mean_kinships` are
    to the set so counted. `plain` is the GD of the living and every donor counted once, which may lie below `without`. `gap`:
    `with_bank` is the highest possible but for so much.
    """

    without: float
    with_bank: float
    plain: float
    counts: Floats
    mean_kinships: Floats
    gap: float

    @property
    def gain(self) -> float:
        """What the bank adds, from 0 up."""
        return self.with_bank - self.without


def gene_diversity_with_bank(
    kinship: Matrix, living: NDArray[np.bool_], donors: NDArray[np.bool_], *, most: float = 1.0
) -> BankDiversity:
    """Return the highest gene diversity that the living and the genes of dead donors could make up together.

    Each of the living counts once. A donor that does not live counts as much as is best, from 0 to `most` animals; a
    donor that lives counts once, as the living animal it is, and its samples add nothing today.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    donors : shape (n_animals,)                 True for animals with samples in the bank, dead or alive.
    most :                                      What a donor may count at most, above 0.

    Returns
    -------
    GD with the bank and without, so that the first is never less, and how much each donor counts.

    Raises
    ------
    MaskError
        `living` or `donors` is not True or False for each animal.
    ValueError
        `most` is not above 0.
    NumericalError
        The counts were not found, which no kinship matrix should bring about.

    Notes
    -----
    A ratio of a convex to a linear function, by setting one count after the other: time n_donors x (n_living + n_donors)
    a round, few rounds.

    References
    ----------
    W. Dinkelbach (1967), Management Science 13: ratios; T. H. E. Meuwissen (1997), Journal of Animal Science 75: optimum
    contributions; J. D. Ballou et al. (2023), Theriogenology Wild 2: what a genome resource bank is kept for.

    Examples
    --------
    C and E live, unrelated. D, a full sib of C, is banked, and is best counted two thirds.

    >>> from pedigree.kinship import kinship_matrix
    >>> from pedigree.structure import Pedigree, Record
    >>> born = [Record(each) for each in "ABE"] + [Record("C", "A", "B"), Record("D", "A", "B")]
    >>> pedigree = Pedigree.from_records(born)
    >>> found = gene_diversity_with_bank(kinship_matrix(pedigree), pedigree.mask("CE"), pedigree.mask("D"))
    >>> found.without, round(found.with_bank, 9), round(found.plain, 6), found.counts[pedigree.row("D")].round(6).item()
    (0.75, 0.78125, 0.777778, 0.666667)
    """
    check_mask("living", living, len(kinship))
    check_mask("donors", donors, len(kinship))
    # Written so that NaN is refused too.
    if not most > 0:
        raise ValueError(f"A donor may count {most:g} at most. Give a number above 0.")
    stored, alive = donors & ~living, living.astype(np.float64)
    problem, free = Counting.of(kinship, alive, np.where(stored, most, alive))
    found, without = least_mean_kinship(problem), gene_diversity(kinship, living)
    # Where no donor betters it, what is found are the living alone, but for rounding.
    with_bank = 1 - found.mean_kinship if np.isnan(without) else max(without, 1 - found.mean_kinship)
    counts = alive.copy()
    counts[free] = found.counts
    size, counted = counts.sum(), counts > 0
    means = np.full(len(kinship), np.nan)
    if size:
        within("gene diversity with the bank", with_bank, 0, 1)
        means = kinship[:, counted] @ counts[counted] / size
    plain = gene_diversity(kinship, living | donors)
    return BankDiversity(without, with_bank, plain, counts, means, found.gap)


def kept_by_bank(kinship: Matrix, living: NDArray[np.bool_], donors: NDArray[np.bool_]) -> Floats:
    """Return the gene diversity that each donor's samples keep once the donor is dead, all others as they are.

    The highest gene diversity of the others living and the bank, less the same without the donor's samples.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for members of the population measured.
    donors : shape (n_animals,)                 True for animals with samples in the bank, dead or alive.

    Returns
    -------
    shape (n_animals,)                          Gene diversity, from 0 up; NaN for those who are no donors.

    Raises
    ------
    MaskError
        `living` or `donors` is not True or False for each animal.

    Notes
    -----
    Twice `gene_diversity_with_bank` for each living donor, and once for each dead one. Where nobody and nothing else is left, the gene diversity kept without it is 0.

    References
    ----------
    As for `gene_diversity_with_bank`.

    Examples
    --------
    Of two unrelated animals one is banked: were it dead, the bank would keep 3/4 instead of 1/2.

    >>> kept_by_bank(np.array([[0.5, 0.0], [0.0, 0.5]]), np.array([True, True]), np.array([True, False])).tolist()
    [0.25, nan]
    """
    check_mask("living", living, len(kinship))
    check_mask("donors", donors, len(kinship))
    kept = np.full(len(kinship), np.nan)
    everybody, dead = living.astype(np.float64), donors & ~living
    # Of a donor that is dead already, all is as it is today.
    today = (
        least_mean_kinship(Counting.of(kinship, everybody, np.where(dead, 1.0, everybody))[0])
        if dead.any()
        else None
    )
    for one in np.flatnonzero(donors):
        alive = everybody.copy()
        alive[one] = 0
        most = np.where(dead, 1.0, alive)
        most[one] = 1
        here = today if today and dead[one] else least_mean_kinship(Counting.of(kinship, alive, most)[0])
        most[one] = 0
        gone = least_mean_kinship(Counting.of(kinship, alive, most)[0])
        kept[one] = max(0.0, here.gene_diversity - gone.gene_diversity)
    return kept
