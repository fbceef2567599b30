"""Chances of young and expected gains, for one pair and for many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from pedigree.cases import TERMS, Cases
from pedigree.chance import Estimate, expected_gain
from studbook.planning.chances.casebook import Floats, paired
from studbook.planning.chances.fitted import Fitted, fitted_on
from studbook.population.explanation import PairExplanation
from studbook.population.numbers import or_none
from studbook.population.pairs import PairList, PairRow
from studbook.programmes.models import Programme

UNSEEN = " No case was one, so that only the interval tells of it."


def chances_for(
    programme: Programme,
    sires: Sequence[str],
    dams: Sequence[str],
    *,
    insemination: bool = False,
    banked: Sequence[bool] | None = None,
) -> Floats:
    """Return the chance of young of each pair of two columns of studbook numbers, as they live today, or by a banked sample."""
    fitted = fitted_on(programme)
    found = _chances(fitted, sires, dams, insemination=insemination)
    for place in np.flatnonzero(np.array(banked or (), dtype=np.bool_)).tolist():
        case = _case_today(fitted, sires[place], dams[place], banked=True)
        found[place] = fitted.model.chances(case)[0]
    return found


def _chances(
    fitted: Fitted, sires: Sequence[str], dams: Sequence[str], *, insemination: bool = False
) -> Floats:
    males, sire_at = np.unique(np.array(sires, dtype=np.str_), return_inverse=True)
    females, dam_at = np.unique(np.array(dams, dtype=np.str_), return_inverse=True)
    sire, dam = (
        fitted.book.columns(each.tolist(), fitted.on, as_they_live=True) for each in (males, females)
    )
    cases = paired(
        sire.taken(sire_at),
        dam.taken(dam_at),
        timezone.localdate(),
        insemination=np.full(len(sire_at), insemination),
    )
    return fitted.model.chances(cases)


def _case_today(
    fitted: Fitted, sire: str, dam: str, *, insemination: bool = False, banked: bool = False
) -> Cases:
    # Ages and young are those of the day the book is current to, as on every page; places are where the two live now.
    return fitted.book.case(
        sire, dam, fitted.on, today=timezone.localdate(), insemination=insemination, banked=banked
    )


@dataclass(frozen=True, slots=True, eq=False)
class GainList:
    """Pairs by expected gain, the largest first, behind them those over the inbreeding limit; columns run over `pairs.table`.

    Those of which one cannot breed today come last, and their chance and gain are NaN.
    """

    pairs: PairList
    chance: Floats
    gain: Floats


def by_gain(fitted: Fitted, pairs: PairList) -> GainList:
    """Return the pairs of a list by the gain that recommending each may be expected to bring; no query."""
    ids, table = pairs.population.ids, pairs.table
    chance = _chances(fitted, [ids[row] for row in table.sire], [ids[row] for row in table.dam])
    chance = np.where(_barred(pairs), np.nan, chance)
    gain = np.asarray(expected_gain(chance, table.delta_gd))
    # Unknown comes last; before it what the programme would not breed.
    order = np.where((table.f_offspring >= pairs.inbreeding_limit) & np.isfinite(gain), -np.inf, gain)
    return GainList(pairs.sorted_by(order, descending=True), chance, gain)


def _barred(pairs: PairList) -> NDArray[np.bool_]:
    bars = {number for number, each in pairs.breeders.items() if each.bar}
    among = np.array([number in bars for number in pairs.population.ids], dtype=np.bool_)
    return np.asarray(among[pairs.table.sire] | among[pairs.table.dam])


@dataclass(frozen=True, slots=True)
class GainRow:
    """A pair of the list with its place in it, its chance and its expected gain; `bars` tell why it has neither."""

    place: int
    pair: PairRow
    chance: float | None
    gain: float | None
    bars: tuple[str, ...] = ()


def gain_rows(found: GainList, rows: Sequence[PairRow], first: int) -> list[GainRow]:
    """Return rows of the list, the first of which stands at a place."""
    return [
        GainRow(
            place, row, or_none(found.chance[row.rank - 1]), or_none(found.gain[row.rank - 1]), bars_of(row)
        )
        for place, row in enumerate(rows, start=first)
    ]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to breed a pair: its words, its chance, and what recommending it so may be expected to bring."""

    words: str
    note: str
    estimate: Estimate
    gain: float
    today: bool = False


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One term of a pair's chance: what it is here, what it is on average, and by what it multiplies the odds."""

    term: str
    value: float | None
    centre: float
    odds: float


@dataclass(frozen=True, slots=True)
class PairChance:
    """The chance of a pair, the ways there are, what the chance is made of, and where it is `beyond` what cases show.

    `banked_only` where the ways are none but a banked sample.
    """

    ways: tuple[Way, ...]
    ingredients: tuple[Ingredient, ...]
    together_years: float | None
    moves: bool | None
    beyond: tuple[str, ...]
    banked_only: bool = False

    @property
    def first(self) -> Way:
        return self.ways[0]


def pair_chance(
    fitted: Fitted, sire: str, dam: str, delta_gd: float, *, banked_only: bool = False
) -> PairChance:
    """Return the chance of a pair as it lives today, and how else it might breed; no query.

    `banked_only` is for a sire that is dead or cannot breed, of whom only a sample is left.
    """
    natural = _case_today(fitted, sire, dam)
    semen = _case_today(fitted, sire, dam, insemination=True)
    moves, years = _or_none(natural.moves), _or_none(natural.together_years)
    banked = _case_today(fitted, sire, dam, banked=True)
    unseen = "" if fitted.cases.insemination.any() else UNSEEN
    told = [
        (natural, *_natural_words(moves), True),
        (semen, "Insemination, semen of the living sire", f"Nobody needs to move.{unseen}", False),
        (
            banked,
            "Insemination, a banked sample",
            f"The donor’s age counts as not known.{unseen}",
            banked_only,
        ),
    ]
    if banked_only:
        told, natural, moves, years = told[-1:], banked, None, None
    return PairChance(
        tuple(_way(fitted, case, words, note, delta_gd, today=today) for case, words, note, today in told),
        _ingredients(fitted, natural),
        years,
        None if moves is None else bool(moves),
        _beyond(fitted.cases, natural),
        banked_only,
    )


def chance_of(fitted: Fitted, pair: PairExplanation) -> PairChance | None:
    """Return the chance of an explained pair; no query.

    None where the dam cannot breed today; where the sire cannot, only his samples from before are left.
    """
    row = pair.row
    if row is None or row.dam.bar:
        return None
    return pair_chance(
        fitted,
        row.sire.number,
        row.dam.number,
        row.numbers.delta_gd,
        banked_only=bool(pair.stored or row.sire.bar),
    )


def bars_of(row: PairRow) -> tuple[str, ...]:
    """Return who of a pair cannot breed today, each with the reason; the full stop is the page's."""
    return tuple(f"{each.animal}, {each.barred_by.rstrip('.')}" for each in (row.sire, row.dam) if each.bar)


def _natural_words(moves: float | None) -> tuple[str, str]:
    if moves is None:
        return "Natural mating", "Where one of the two lives is not known."
    if moves:
        return "Natural mating, one moves", "The time until the move is part of the plan’s time."
    return "Natural mating, as they live", "They share a place already."


def _way(fitted: Fitted, case: Cases, words: str, note: str, delta_gd: float, *, today: bool) -> Way:
    estimate = fitted.model.estimates_of(case)[0]
    return Way(words, note, estimate, float(expected_gain(estimate.chance, delta_gd)), today)


def _beyond(cases: Cases, case: Cases) -> tuple[str, ...]:
    if not len(cases):
        return ()
    found = []
    for noun, seen, own in (("sire", cases.sire_age, case.sire_age), ("dam", cases.dam_age, case.dam_age)):
        if np.isfinite(seen).any() and own[0] > np.nanmax(seen):
            found.append(f"the {noun} is older than that of any case")
        elif np.isfinite(seen).any() and own[0] < np.nanmin(seen):
            found.append(f"the {noun} is younger than that of any case")
    return tuple(found)


def _ingredients(fitted: Fitted, case: Cases) -> tuple[Ingredient, ...]:
    model = fitted.model
    terms = case.terms(model.prime)[0]
    return tuple(
        Ingredient(
            term,
            None if np.isnan(value) else float(value),
            float(model.centre[at]),
            1.0
            if np.isnan(value)
            else float(np.exp(model.coefficients[at + 1] * (value - model.centre[at]))),
        )
        for at, (term, value) in enumerate(zip(TERMS, terms, strict=True))
    )


def _or_none(column: Floats) -> float | None:
    return or_none(float(column[0]))
