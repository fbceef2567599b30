"""What the checks of the science need to know of a book besides its pedigree."""

from pedigree.checks import Facts, Species
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.records import Records
from studbook.programmes.models import Programme


def facts_of(programme: Programme, records: Records) -> Facts:
    """Return dates, circumstances and the species' biology as the engine's checks take them; no query."""
    animals = records.animals.values()
    return Facts(
        birth={animal.number: animal.birth for animal in animals if animal.birth},
        death={animal.number: animal.death for animal in animals if animal.death},
        living=frozenset(animal.number for animal in animals if animal.living),
        captive_born=frozenset(
            animal.number for animal in animals if animal.birth_type == Animal.BirthType.CAPTIVE
        ),
        conceived={number: borne.conceived for number, borne in records.borne.items()},
        taken={number: borne.taken for number, borne in records.borne.items()},
        on=records.on,
        latest=records.latest,
        species=species_of(programme),
    )


def species_of(programme: Programme) -> Species:
    """Return a programme's biology; what it leaves open stays open."""
    return Species(
        youngest_sire_days=programme.male_first_breeding_days,
        youngest_dam_days=programme.female_first_breeding_days,
        oldest_sire_days=_end_of_year(programme.male_last_breeding_years),
        oldest_dam_days=_oldest_at_conception(programme),
        gestation_min_days=programme.gestation_days_min,
        gestation_max_days=programme.gestation_days_max,
        interbirth_min_days=programme.litter_interval_days_min,
        litter_max=programme.litter_size_max,
        longevity_days=_days(programme.longevity_years),
    )


def _oldest_at_conception(programme: Programme) -> int | None:
    # The last breeding age of a female is hers when she gives birth; the engine judges the conception.
    oldest = _end_of_year(programme.female_last_breeding_years)
    return None if oldest is None else oldest - (programme.gestation_days_max or 0)


def _days(years: int | None) -> int | None:
    return None if years is None else int(years * DAYS_IN_YEAR)


def _end_of_year(years: int | None) -> int | None:
    # An animal that breeds "until 15" is 15 until its next birthday.
    return None if years is None else _days(years + 1)
