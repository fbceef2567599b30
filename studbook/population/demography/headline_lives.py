"""The lines of the overview on survival and breeding."""

from collections.abc import Iterator
from math import isnan
from statistics import mean, median

from pedigree.demography.fecundity import Breeding
from pedigree.demography.mortality import Share
from pedigree.demography.records import RecordAge
from pedigree.demography.survival import MedianLife
from studbook.core.dates import DAYS_IN_YEAR
from studbook.core.templatetags.studbook import NOTHING, age, decimals, percent
from studbook.population.demography.headline_lines import Asking, Cell, Line
from studbook.population.demography.tables import FEMALES, MALES, POOLED, Tables
from studbook.population.demography.vital import OfSex, Vital

NO_MEDIAN = "More than half of those watched were still alive at the oldest age seen."


def survival(asking: Asking, tables: Tables, vital: Vital) -> Iterator[Line]:
    """Yield early deaths, how long animals live, and the oldest."""
    early = [_of(vital, sex).early for sex in (MALES, FEMALES, POOLED)]
    yield Line(
        "Dead within 30 days",
        "early-mortality",
        tuple(_share(each.thirty_days) for each in early),
        _fate(early[-1].thirty_days),
        "No young was born there on a known day.",
    )
    yield Line(
        "Dead within the first year",
        "early-mortality",
        tuple(_share(each.first_year) for each in early),
        _fate(early[-1].first_year),
        "No young was born there on a known day a year before the last day.",
    )
    yield Line(
        "Median life from birth",
        "survival-curve",
        tuple(_median(_of(vital, sex).median) for sex in (MALES, FEMALES, POOLED)),
        "The age, in years, that half of the newborn do not reach; those living, sent out or lost count as long as they were seen.",
        NO_MEDIAN,
    )
    yield Line(
        "Median life after the first year",
        "survival-curve",
        tuple(_median(_of(vital, sex).median_after_a_year) for sex in (MALES, FEMALES, POOLED)),
        "The age that half of those do not reach that lived to their first birthday.",
        NO_MEDIAN,
    )
    yield Line(
        "Life expectancy at birth",
        "life-table",
        tuple(
            Cell(decimals(float(table.Ex[0]), 1) if len(table) else NOTHING)
            for _, _, table in tables.titled()
        ),
        "The mean years ahead of a newborn, by the life table.",
        page="life_tables",
    )
    longevity = asking.programme.longevity_years
    doubt = (
        f" One above {longevity} years, the longevity that the programme sets, is more likely an error of the book."
        if longevity
        else ""
    )
    yield Line(
        "Oldest ever",
        "record-ages",
        tuple(_oldest(asking, _of(vital, sex).oldest) for sex in (MALES, FEMALES, POOLED)),
        f"At death, or so far.{doubt}",
    )


def breeding(asking: Asking, vital: Vital) -> Iterator[Line]:
    """Yield at what ages animals bred, their litters, and the season."""
    for label, end in (("Youngest parent", "youngest"), ("Oldest parent", "oldest")):
        yield Line(
            label,
            "breeding-ages",
            (*(_parent(asking, getattr(vital.breeding[sex], end)) for sex in (MALES, FEMALES)), Cell("")),
            "At the birth of its young; parents known for certain alone.",
            "No young has a parent of known age.",
        )
    sizes = [len(litter.young) for litter in vital.born]
    yield Line(
        "Young in a litter",
        "breeding-ages",
        (Cell(""), Cell(""), Cell(decimals(mean(sizes), 2)) if sizes else Cell(NOTHING)),
        f"Mean of {len(sizes):,} litters of known dams; the median is {median(sizes):g}, the largest {max(sizes)}."
        if sizes
        else "",
        "No litter has a known dam.",
    )
    intervals = vital.intervals / DAYS_IN_YEAR
    yield Line(
        "Years between litters",
        "breeding-ages",
        (
            Cell(""),
            Cell(""),
            Cell(decimals(float(median(intervals)), 2)) if len(intervals) else Cell(NOTHING),
        ),
        f"Median of {len(intervals):,} times from one litter of a dam to her next, those in which she had no mate included.",
        "No dam has had two litters.",
    )


def _of(vital: Vital, sex: str) -> OfSex:
    return vital.sexes[sex]


def _share(share: Share) -> Cell:
    if isnan(share.share):
        return Cell(NOTHING)
    return Cell(percent(share.share), f"{100 * share.lower:.0f}–{100 * share.upper:.0f} %")


def _fate(share: Share) -> str:
    unknown = f"; {share.unknown:,g} left before, or are too young to tell" if share.unknown else ""
    return f"{share.died:,g} of {share.number:,g} born there and watched so long{unknown}. Beneath, the interval of 95 %."


def _median(life: MedianLife) -> Cell:
    if isnan(life.age):
        return Cell(NOTHING)
    return Cell(_years(life.age), f"{_years(life.lower)}–{_years(life.upper)}")


def _years(days: float) -> str:
    return decimals(days / DAYS_IN_YEAR, 1)


def _oldest(asking: Asking, found: tuple[RecordAge, ...]) -> Cell:
    if not found:
        return Cell(NOTHING)
    record = found[0]
    note = f"{record.animal}, {'living' if record.living else 'dead'}"
    return Cell(_years(record.age_days), note, asking.animal(record.animal))


def _parent(asking: Asking, found: Breeding | None) -> Cell:
    if found is None:
        return Cell(NOTHING)
    return Cell(
        age(found.age_days / DAYS_IN_YEAR),
        f"{found.parent}, of {found.offspring}",
        asking.animal(found.parent),
    )
