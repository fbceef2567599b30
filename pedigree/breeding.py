"""Which of the living have ever bred, and how long a generation is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_shares
from pedigree._masks import check_mask
from pedigree._passes import BOTH, Links, links
from pedigree.structure import FEMALE, MALE, Pedigree

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Breeders:
    """How likely each living animal has ever been a sire, and a dam: 1 or 0, unless parents are uncertain."""

    sire: Floats
    dam: Floats

    @property
    def males(self) -> float:
        """How many of the living have sired, expected over uncertain parents."""
        return float(self.sire.sum())

    @property
    def females(self) -> float:
        """How many of the living have been dams, expected over uncertain parents."""
        return float(self.dam.sum())


def breeders(pedigree: Pedigree, living: NDArray[np.bool_]) -> Breeders:
    """Return which living animals have ever bred, as sires and as dams.

    Offspring that died count too. One of several possible parents has bred with its probability; candidates are
    independent, but those of one tied litter are one draw.

    Parameters
    ----------
    pedigree :                          The pedigree, with every offspring, dead or alive.
    living : shape (n_animals,)         True for members of the population measured.

    Returns
    -------
    Chances in [0, 1] over all animals, 0 for those not living, and their sums.

    Raises
    ------
    MaskError
        `living` is not True or False for each animal.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    One pass. Roles count, not recorded sexes, so that an animal of unknown sex counts as what it bred as.

    References
    ----------
    S. Wright (1931). Evolution in Mendelian populations. Genetics 16, 97-159.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> found = breeders(pedigree, np.array([True, False, True]))
    >>> found.males, found.females
    (1.0, 0.0)
    """
    check_mask("living", living, len(pedigree))
    sire, dam = (np.where(living, _chance_bred(pedigree, role), 0.0) for role in BOTH)
    for role, chance in zip(BOTH, (sire, dam), strict=True):
        check_shares(f"chance to have been a {role}", chance)
    return Breeders(sire, dam)


def _chance_bred(pedigree: Pedigree, role: str) -> Floats:
    never = np.ones(len(pedigree))
    column = pedigree.sire if role == "sire" else pedigree.dam
    never[column[column >= 0]] = 0.0
    places = {draw: place for place, draw in pedigree.draws.items() if place[1] == role}
    for _, place in sorted(places.items()):
        for parent, chance in pedigree.candidates[place]:
            if parent >= 0:
                never[parent] *= 1 - chance
    return 1 - never


@dataclass(frozen=True, slots=True)
class GenerationInterval:
    """The mean age of parents at the birth of offspring, in the unit of the births; NaN without a pair."""

    mean: float
    error: float
    number: float
    left_out: float


@dataclass(frozen=True, slots=True)
class GenerationIntervals:
    """The generation interval by each of the four paths, and over all pairs of parent and offspring."""

    sire_son: GenerationInterval
    sire_daughter: GenerationInterval
    dam_son: GenerationInterval
    dam_daughter: GenerationInterval
    everyone: GenerationInterval

    @property
    def pooled(self) -> float:
        """The generation interval T: the mean of the four paths; NaN when one of them has no pair."""
        paths = self.sire_son, self.sire_daughter, self.dam_son, self.dam_daughter
        return sum(path.mean for path in paths) / 4


def generation_intervals(
    pedigree: Pedigree, birth: Floats, *, of_breeders: bool = True
) -> GenerationIntervals:
    """Return the mean age of parents at the birth of their offspring, by path.

    Only offspring that became parents themselves count, unless `of_breeders` is False; a candidate counts as much as
    its probability. Pairs with an unknown date, or a parent not older than its offspring, are left out and counted.

    Parameters
    ----------
    pedigree :                          The pedigree.
    birth : shape (n_animals,)          Birth, in years or days from any origin; NaN when unknown.
    of_breeders :                       False to count every offspring.

    Returns
    -------
    For each path the mean, its standard error, the pairs counted and left out; offspring of unknown sex are only in
    `everyone`.

    Notes
    -----
    One pass over the pairs.

    References
    ----------
    J. M. Rendel and A. Robertson (1950). Estimation of genetic gain in milk yield by selection in a closed herd of
    dairy cattle. Journal of Genetics 50, 1-8. J. W. James (1977). A note on selection differential and generation
    length when generations overlap. Animal Production 24, 109-112.

    Examples
    --------
    >>> from pedigree.structure import FEMALE, MALE, Pedigree, Record
    >>> records = [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("3", "1", "2", MALE)]
    >>> births = np.array([2000.0, 2002.0, 2006.0])
    >>> found = generation_intervals(Pedigree.from_records(records), births, of_breeders=False)
    >>> found.sire_son.mean, found.dam_son.mean, found.everyone.mean
    (6.0, 4.0, 5.0)
    """
    counted = np.ones(len(pedigree), dtype=np.bool_)
    if of_breeders:
        counted = np.isin(np.arange(len(pedigree)), links(pedigree).parent)
    sires, dams = (links(pedigree, role) for role in BOTH)
    sons, daughters = (counted & (pedigree.sex == sex) for sex in (MALE, FEMALE))
    return GenerationIntervals(
        sire_son=_interval(_chosen(sires, sons), birth),
        sire_daughter=_interval(_chosen(sires, daughters), birth),
        dam_son=_interval(_chosen(dams, sons), birth),
        dam_daughter=_interval(_chosen(dams, daughters), birth),
        everyone=_interval(_chosen(links(pedigree), counted), birth),
    )


def _chosen(steps: Links, offspring: NDArray[np.bool_]) -> Links:
    return steps.among(offspring[steps.offspring])


def _interval(steps: Links, birth: Floats) -> GenerationInterval:
    days = np.where(np.isfinite(birth), birth, np.nan)
    ages = days[steps.offspring] - days[steps.parent]
    possible = ages > 0
    left_out, weights, ages = steps.chance[~possible].sum(), steps.chance[possible], ages[possible]
    number = float(weights.sum())
    if not number > 0:
        return GenerationInterval(float("nan"), float("nan"), 0.0, float(left_out))
    mean = float((weights * ages).sum() / number)
    squares = float((weights * (ages - mean) ** 2).sum())
    error = float(np.sqrt(squares / (number - 1) / number)) if number > 1 else float("nan")
    return GenerationInterval(mean, error, number, float(left_out))
