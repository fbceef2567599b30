"""The open mate-suitability index: one digit for a pair, or a dash, and the rules that made it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ThresholdsError
from pedigree.mating import TIE, Pair, PairTable

DASH: Final = 0
"""What the index is for a pair that should not breed without advice."""
WORST: Final = 6
HELPS, HARMS = 1, 4
"""The best index of a pair whose young raise gene diversity, and of one whose young do not."""
RULES: Final = (
    "mk-difference",
    "inbreeding",
    "high-inbreeding",
    "unknown",
    "much-unknown",
    "too-close",
    "too-unknown",
    "unmeasured",
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the rules of the index begin; the values given here are the published ones.

    `best_share` and `middle_share` cut the changes in gene diversity into bands, as shares of the pairs that are
    better; `mk_deviations` counts standard deviations of mean kinship; `inbreeding` and `high_inbreeding` are
    multiples of the mean kinship; the rest are shares: of unknown ancestry, and the F that no young may reach.
    """

    best_share: float = 1 / 3
    middle_share: float = 2 / 3
    mk_deviations: float = 1.0
    inbreeding: float = 1.0
    high_inbreeding: float = 2.0
    unknown: float = 0.10
    much_unknown: float = 0.25
    too_unknown: float = 0.50
    inbreeding_limit: float = 0.125

    def __post_init__(self) -> None:
        for each in fields(self):
            if not isfinite(getattr(self, each.name)):
                raise ThresholdsError(each.name, "is no number", "Give a number.")
        self._refuse_below_zero("best_share", "mk_deviations", "inbreeding", "unknown")
        self._refuse_no_share("middle_share", "too_unknown", "inbreeding_limit")
        self._refuse_out_of_order("best_share", "middle_share")
        self._refuse_out_of_order("inbreeding", "high_inbreeding")
        self._refuse_out_of_order("unknown", "much_unknown")
        self._refuse_out_of_order("much_unknown", "too_unknown")

    def _refuse_below_zero(self, *names: str) -> None:
        for name in names:
            if getattr(self, name) < 0:
                raise ThresholdsError(name, "is below 0", "Give 0 or more.")

    def _refuse_no_share(self, *names: str) -> None:
        for name in names:
            if not 0 < getattr(self, name) <= 1:
                raise ThresholdsError(name, "is no share above 0", "Give a share above 0, up to the whole.")

    def _refuse_out_of_order(self, low: str, high: str) -> None:
        if getattr(self, low) > getattr(self, high):
            raise ThresholdsError(high, "is below {other}", "Give at least as much as there.", other=low)


PUBLISHED: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class PairSuitability:
    """The index of one pair, and how it came about.

    `band` is what the change in gene diversity alone would give, 0 where the pair cannot be measured; the steps are what the other
    three ingredients add to it. `better` of `rivals` candidates on the same side of zero have a greater change.
    """

    index: int
    band: int
    better: int
    rivals: int
    difference_step: int
    inbreeding_step: int
    unknown_step: int
    too_close: bool
    too_unknown: bool
    pair: Pair
    mean_kinship: float
    mk_deviation: float
    thresholds: Thresholds

    @property
    def is_dash(self) -> bool:
        """Whether the pair should not breed without advice."""
        return self.index == DASH

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that fired, in the order of RULES; none where the change alone made the index."""
        fired = (
            self.difference_step > 0,
            self.inbreeding_step == 1,
            self.inbreeding_step > 1,
            self.unknown_step == 1,
            self.unknown_step > 1,
            self.too_close,
            self.too_unknown,
            self.band == 0,
        )
        return tuple(rule for rule, told in zip(RULES, fired, strict=True) if told)


@dataclass(frozen=True, slots=True, eq=False)
class Suitability:
    """The index of every pair of a table, as columns: `index` 1 to 6 and DASH, the rest as in PairSuitability."""

    table: PairTable
    thresholds: Thresholds
    mean_kinship: float
    mk_deviation: float
    index: NDArray[np.int8]
    band: NDArray[np.int8]
    better: NDArray[np.intp]
    rivals: NDArray[np.intp]
    difference_step: NDArray[np.int8]
    inbreeding_step: NDArray[np.int8]
    unknown_step: NDArray[np.int8]
    too_close: NDArray[np.bool_]
    too_unknown: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.index)

    def pair(self, place: int) -> PairSuitability:
        """Return the index of the pair at one place of the table, with all that made it."""
        return PairSuitability(
            index=int(self.index[place]),
            band=int(self.band[place]),
            better=int(self.better[place]),
            rivals=int(self.rivals[place]),
            difference_step=int(self.difference_step[place]),
            inbreeding_step=int(self.inbreeding_step[place]),
            unknown_step=int(self.unknown_step[place]),
            too_close=bool(self.too_close[place]),
            too_unknown=bool(self.too_unknown[place]),
            pair=self.table.pair(place),
            mean_kinship=self.mean_kinship,
            mk_deviation=self.mk_deviation,
            thresholds=self.thresholds,
        )

    def counts(self) -> tuple[int, ...]:
        """Return how many pairs have a dash, and how many each index from 1 to 6."""
        return tuple(np.bincount(self.index, minlength=WORST + 1).tolist())


def mate_suitability(
    table: PairTable,
    mean_kinships: NDArray[np.float64],
    thresholds: Thresholds = PUBLISHED,
    *,
    candidates: PairTable | None = None,
) -> Suitability:
    """Return the open mate-suitability index of each pair of a table.

    The change in gene diversity gives the band: 1, 2, 3 for pairs that raise it, 4, 5, 6 for those that do not, each side cut by
    how many of its candidates are better. The difference of the two mean kinships, the young's inbreeding and its
    unknown ancestry add to it, up to 6; too close or too unknown a pair has a dash.

    Parameters
    ----------
    table :                                     The pairs asked about, from `rank_pairs`.
    mean_kinships : shape (n_living,)           Mean kinships of the population measured, dimensionless.
    thresholds :                                Where the rules begin; the published ones if not given.
    candidates :                                Every pair that could breed, among which the bands are cut; the table itself if not given.

    Returns
    -------
    One index for each pair, with all that made it.

    Notes
    -----
    Time n_pairs x log(n_candidates). A pair is better by more than 1e-12, a limit passed by more than that. Pairs
    that cannot be measured have a dash, and count among no candidates.

    References
    ----------
    Scale and ingredients as in MateRx (Ballou et al. 2001), whose thresholds are not published; these are our own.

    Examples
    --------
    >>> from pedigree.structure import FEMALE, MALE, Pedigree, Record
    >>> founders = [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("4", sex=FEMALE)]
    >>> pedigree = Pedigree.from_records([*founders, Record("3", "1", "2", FEMALE)])
    >>> from pedigree.kinship import kinship_matrix, mean_kinship
    >>> from pedigree.mating import rank_pairs
    >>> kinship, living = kinship_matrix(pedigree), np.full(4, True)
    >>> found = mate_suitability(rank_pairs(pedigree, kinship, living, np.ones(4)), mean_kinship(kinship, living))
    >>> [(each.pair.dam, each.index, each.rules) for each in map(found.pair, range(3))]
    [('4', 5, ('mk-difference',)), ('2', 5, ()), ('3', 0, ('mk-difference', 'inbreeding', 'too-close'))]
    """
    known = len(mean_kinships) > 0
    mean = float(mean_kinships.mean()) if known else float("nan")
    deviation = float(mean_kinships.std()) if known else float("nan")
    change, inbred, unknown = table.delta_gd, table.f_offspring, table.unknown_ancestry
    ingredients = (change, table.mk_difference, inbred, unknown)
    measured = np.isfinite(mean) & np.all([np.isfinite(each) for each in ingredients], axis=0)
    better, rivals = _standing(change, (table if candidates is None else candidates).delta_gd)
    share = better / np.maximum(rivals, 1)
    band = np.where(change > TIE, HELPS, HARMS) + _steps(
        share, (thresholds.best_share, thresholds.middle_share)
    )
    band[~measured] = 0
    difference = _over(table.mk_difference, thresholds.mk_deviations * deviation)
    inbreeding = _over(inbred, thresholds.inbreeding * mean) + _over(
        inbred, thresholds.high_inbreeding * mean
    )
    ignorance = _over(unknown, thresholds.unknown) + _over(unknown, thresholds.much_unknown)
    close = inbred >= thresholds.inbreeding_limit - TIE
    blind = unknown >= thresholds.too_unknown - TIE
    index = np.minimum(band + difference + inbreeding + ignorance, WORST)
    index[close | blind | ~measured] = DASH
    columns = (index.astype(np.int8), band.astype(np.int8), better, rivals, difference, inbreeding, ignorance)
    return Suitability(table, thresholds, mean, deviation, *columns, close, blind)


def _standing(
    change: NDArray[np.float64], among: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return how many candidates on its side of zero each change has, first those that are greater than it."""
    ranked = np.sort(among[np.isfinite(among)])
    helping = int(len(ranked) - np.searchsorted(ranked, TIE, side="right"))
    helps = change > TIE
    better = len(ranked) - np.searchsorted(ranked, change + TIE, side="right")
    rivals = np.where(helps, helping, len(ranked) - helping)
    return np.where(helps, better, np.clip(better - helping, 0, None)), rivals


def _steps(share: NDArray[np.float64], cuts: tuple[float, float]) -> NDArray[np.int8]:
    return np.asarray(sum((share >= cut).astype(np.int8) for cut in cuts))


def _over(values: NDArray[np.float64], limit: float) -> NDArray[np.int8]:
    return np.asarray(values > limit + TIE).astype(np.int8)
