"""Males whose semen is in store as sires, dead or alive: what is left of each, where, and how pairs take them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.breeders import Breeder
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import EVERY_ACCOUNT, FOR_USE, BankedSire, banked_sires
from studbook.reproduction.models import Sample

Stored = Mapping[str, BankedSire]
NOTHING_STORED = "No semen of his is in store."


def stored_sires(
    programme: Programme, *, accounts: Collection[str] = FOR_USE, donors: Collection[Animal] | None = None
) -> dict[str, BankedSire]:
    """Return by studbook number the males, of all or of some donors, of whom a dose or more is in some accounts; one query."""
    found = banked_sires(programme, accounts=accounts, donors=donors)
    return {each.animal.studbook_number: each for each in found if each.doses}


def stored_in(analysis: Analysis, stored: Stored) -> dict[str, BankedSire]:
    """Return those in store who are dead, or live in the analysis: whom an overlay leaves out is no sire by his semen."""
    living = {analysis.pedigree.ids[row] for row in np.flatnonzero(analysis.living)}
    return {number: each for number, each in stored.items() if not each.animal.is_living or number in living}


def stored_of(sire: Animal, *, accounts: Collection[str] = FOR_USE) -> BankedSire | None:
    """Return what is in store of one male in some accounts; None without a whole dose. One query."""
    return stored_sires(sire.programme, accounts=accounts, donors=[sire]).get(sire.studbook_number)


def stock_of(sire: Animal) -> BankedSire | None:
    """Return what is in store of a male in every account, be it less than a dose; None without any. One query."""
    return next(iter(banked_sires(sire.programme, accounts=EVERY_ACCOUNT, donors=[sire])), None)


def stocks_of(programme: Programme, sires: Collection[Animal]) -> dict[str, str]:
    """Tell by studbook number what is in store of some males in every account; one query."""
    found = {
        each.animal.studbook_number: each
        for each in banked_sires(programme, accounts=EVERY_ACCOUNT, donors=sires)
    }
    return {each.studbook_number: stock_words(found.get(each.studbook_number)) for each in sires}


def with_stored(breeders: Mapping[str, Breeder], stored: Stored) -> dict[str, Breeder]:
    """Return the breeders with the doses of those in store, the dead among them at the place of their semen."""
    found = dict(breeders)
    for number, sire in stored.items():
        alive = breeders.get(number)
        found[number] = (
            replace(alive, doses=sire.doses)
            if alive
            else Breeder(sire.animal, None, "", sire.samples[0].institution, doses=sire.doses)
        )
    return found


def stock_words(sire: BankedSire | None) -> str:
    """Tell what is in store of a male: how much, where, in which account; without a whole dose that it is too little."""
    if sire is None:
        return NOTHING_STORED
    if not sire.doses:
        return f"{_units(sire.samples)} of his {'is' if sire.straws == 1 else 'are'} in store, not enough for a dose."
    parts = [
        f"{sample.units_in_words} at {sample.institution} ({account_words(sample)})"
        for sample in sire.samples
    ]
    doses = "1 dose" if sire.doses == 1 else f"{sire.doses} doses"
    return f"In store: {', '.join(parts)}; {doses} in all."


def _units(samples: Collection[Sample]) -> str:
    units = Counter[str]()
    for sample in samples:
        units[sample.unit] += sample.units
    example = {sample.unit: sample for sample in samples}
    return " and ".join(example[unit].counted(number) for unit, number in units.items())


def account_words(sample: Sample) -> str:
    return str(sample.get_account_display())
