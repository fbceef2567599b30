"""What a set lived through beside its life tables: survival, early deaths, records, breeding, the season."""

from dataclasses import dataclass

from pedigree.demography.fecundity import (
    BreedingAges,
    Litter,
    birth_intervals,
    breeding_ages,
    litters,
)
from pedigree.demography.lives import Floats
from pedigree.demography.mortality import EarlyMortality, early_mortality
from pedigree.demography.records import RecordAge, record_ages
from pedigree.demography.seasonality import Season, birth_season
from pedigree.demography.survival import MedianLife, SurvivalCurve, median_life, survival_curve
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.basis import Basis
from studbook.population.cache import Kept
from studbook.population.demography.filters import Filters
from studbook.population.demography.sets import PopulationSet
from studbook.population.demography.tables import FEMALES, MALES, SEXES, SetKey, set_key, set_on
from studbook.population.demography.yearly import Year, years_of

MOST_KEPT = 16


@dataclass(frozen=True, slots=True, eq=False)
class OfSex:
    """Survival of one sex, or of all: the curve from birth, that of those who lived a year, what is read from both."""

    curve: SurvivalCurve
    median: MedianLife
    median_after_a_year: MedianLife
    early: EarlyMortality
    oldest: tuple[RecordAge, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Vital:
    """Everything of a set that the overview tells beside its life tables; `sexes` by M, F and all, `breeding` by M and F."""

    years: list[Year]
    sexes: dict[str, OfSex]
    breeding: dict[str, BreedingAges]
    born: tuple[Litter, ...]
    intervals: Floats
    season: Season

    def observed(self) -> dict[str, tuple[float, float] | None]:
        """Return the ages in years between which each sex was seen to breed."""
        return {
            sex: (ages.youngest.age_days / DAYS_IN_YEAR, ages.oldest.age_days / DAYS_IN_YEAR)
            if ages.youngest and ages.oldest
            else None
            for sex, ages in self.breeding.items()
        }


_kept: Kept[SetKey, Vital] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


def vital_on(basis: Basis, filters: Filters) -> Vital:
    """Return what a set lived through; no query beside those of a book not kept yet."""
    return _kept.get(set_key(basis, filters), lambda: vital_of(set_on(basis, filters)))


def vital_of(chosen: PopulationSet) -> Vital:
    """Return what a set lived through; no query."""
    lives, (first, last) = chosen.lives, chosen.window
    born = litters(lives, first=first, last=last)
    return Vital(
        years=years_of(chosen),
        sexes={sex: _of_sex(chosen, code) for sex, code in SEXES.items()},
        breeding={
            sex: breeding_ages(lives, code, first=first, last=last)
            for sex, code in SEXES.items()
            if sex in (MALES, FEMALES) and code is not None
        },
        born=born,
        intervals=birth_intervals(born),
        season=birth_season(lives, first=first, last=last),
    )


def _of_sex(chosen: PopulationSet, code: int | None) -> OfSex:
    lives, (first, last) = chosen.lives, chosen.window
    curve = survival_curve(lives, code, first=first, last=last)
    later = survival_curve(lives, code, first=first, last=last, start=DAYS_IN_YEAR)
    return OfSex(
        curve,
        median_life(curve),
        median_life(later),
        early_mortality(lives, code, first=first, last=last),
        record_ages(lives, last, sex=code),
    )
