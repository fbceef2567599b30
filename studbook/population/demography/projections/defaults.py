"""What the form of a new scenario proposes: from the programme's biology and goals, and from what its book shows."""

from collections import Counter
from math import ceil
from typing import Any

from studbook.animals.models import Animal
from studbook.population.bank.sires import stored_sires
from studbook.population.basis import Basis
from studbook.population.breeders import limits_of
from studbook.population.demography.filters import Filters
from studbook.population.demography.projections.lines import MOST_DONORS, MOST_STRAWS
from studbook.population.demography.tables import FEMALES, FILLED, MALES
from studbook.population.demography.vital import vital_on
from studbook.population.models import Scenario
from studbook.programmes.models import Programme

GROWN = 2
LARGEST_LITTER = 12


def proposed(basis: Basis) -> dict[str, Any]:
    """Return the initial values of a new scenario, the doses in store among them; one query beside those of a book not kept yet."""
    programme = basis.programme
    return {
        "years": programme.goal_years,
        "capacity": programme.target_size,
        "strategy": Scenario.Strategy.MEAN_KINSHIP,
        "litter_sizes": litter_sizes(basis),
        "smoothing": FILLED,
        "donors": donor_lines(programme),
    }


def donor_lines(programme: Programme) -> str:
    """Return the males in store as the form writes donors; a straw of a scenario is one insemination, so each dose is one."""
    stored = list(stored_sires(programme).items())[:MOST_DONORS]
    return "\n".join(f"{number}: {min(each.doses, MOST_STRAWS)}" for number, each in stored)


def litter_sizes(basis: Basis) -> list[float]:
    """Return the share of litters of 1, 2, 3 ... young that the book shows, none where it shows no litter."""
    sizes = Counter(min(len(litter.young), LARGEST_LITTER) for litter in vital_on(basis, Filters()).born)
    number = sum(sizes.values())
    return [sizes[size] / number for size in range(1, max(sizes, default=0) + 1)] if number else []


def breeding_age(basis: Basis) -> int:
    """Return the whole years from which both sexes breed: as the programme sets it, else as the book shows, else two."""
    ages = [_first(basis.programme, sex) or _seen(basis, sex) for sex in (MALES, FEMALES)]
    known = [age for age in ages if age is not None]
    return ceil(max(known)) if known else GROWN


def _first(programme: Programme, sex: str) -> float | None:
    return limits_of(programme, Animal.Sex(sex)).first


def _seen(basis: Basis, sex: str) -> float | None:
    seen = vital_on(basis, Filters()).observed()[sex]
    return seen[0] if seen else None
