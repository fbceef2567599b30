"""Who may breed in a year, and how many young are expected of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree.projection.herd import Herd
from pedigree.projection.pairing import Candidates
from pedigree.projection.rates import Rates
from pedigree.projection.scenario import Scenario

Values = NDArray[np.float64]
Slots = NDArray[np.intp]
NO_LIMIT: Final = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The rates as tables by sex (females 0, males 1) and age, the last class standing for all above it."""

    survival: Values
    births: Values
    worth: Values
    young_worth: float
    litters: Values
    litter_bounds: Values
    mean_litter: float

    @classmethod
    def of(cls, rates: Rates, scenario: Scenario) -> Tables:
        """Return the tables of a scenario."""
        survival, births = rates.tables()
        worth = rates.reproductive_values()
        young = scenario.share_male * worth[1, 0] + (1 - scenario.share_male) * worth[0, 0]
        litters = 2 * births[0] / scenario.mean_litter
        if scenario.fulfilment is not None:
            litters = np.where(births[0] > 0, scenario.fulfilment, 0.0)
        bounds = np.cumsum(scenario.litter_sizes)[:-1]
        return cls(survival, births, worth, float(young), litters, bounds, scenario.mean_litter)

    def classes(self, age: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the age class of each age."""
        return np.asarray(np.minimum(age, self.survival.shape[1] - 1))


def candidates(herd: Herd, tables: Tables, scenario: Scenario) -> Candidates:
    """Return the dams and the sires of the moment, with what each of them may do."""
    living = herd.living
    age, male = tables.classes(herd.age[living]), herd.male[living]
    young = np.where(male, 0.0, tables.litters[age] * tables.mean_litter)
    of_males = np.where(male, tables.births[1, age], 0.0)
    dams, fathers = np.flatnonzero(young), np.flatnonzero(of_males)
    weight, banked, bank = of_males[fathers], _banked(herd, scenario), scenario.bank
    mean_weight = weight.mean() if len(weight) else 1.0
    success = bank.success if bank else 1.0
    return Candidates(
        dams=living[dams],
        sires=np.concatenate([banked, living[fathers]]),
        young=young[dams],
        success=_joined(banked, success, np.ones(len(fathers))),
        limit=np.concatenate(
            [herd.straws[banked], np.full(len(fathers), scenario.litters_per_sire or NO_LIMIT)]
        ),
        weight=_joined(banked, float(mean_weight), weight),
        room=_room(scenario, len(living)),
        kinship_limit=scenario.kinship_limit,
        banked=len(banked),
        inseminations=NO_LIMIT if bank is None or bank.per_year is None else bank.per_year,
        living=living,
        worth=tables.worth[male.view(np.int8), age],
        young_worth=tables.young_worth,
    )


def _banked(herd: Herd, scenario: Scenario) -> Slots:
    bank = scenario.bank
    if bank is None or bank.per_year == 0 or bank.success == 0:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(herd.straws)


def _joined(banked: Slots, of_banked: float, of_living: Values) -> Values:
    return np.concatenate([np.full(len(banked), of_banked), of_living])


def _room(scenario: Scenario, living: int) -> float:
    if scenario.capacity is None or not scenario.limits_litters:
        return np.inf
    return float(scenario.capacity - living)
