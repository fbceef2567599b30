"""Why an animal stands where it stands in the order of banking, in words."""

from collections.abc import Iterator

from django.template.defaultfilters import pluralize

from studbook.core.templatetags.studbook import age, percent
from studbook.population.bank.next import NOUGHT, NextRow
from studbook.population.bank.stock import Donor

LESS = 0.9
SPANS = {1: "a year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}


def reason_of(row: NextRow, years: int) -> str:
    """Return the reasons for a row's place as one sentence."""
    words = ", ".join(_reasons(row, years))
    return f"{words[0].upper()}{words[1:]}."


def _reasons(row: NextRow, years: int) -> Iterator[str]:
    yield "of unknown age" if row.age is None else f"{_years(row.age)} old"
    table = " by the table of both sexes" if row.by_pooled else ""
    yield f"{percent(row.chance, 0)} chance to die within {SPANS[years]}{table}"
    if row.uniqueness is not None:
        yield f"holds {percent(row.uniqueness)} unique genes"
    yield from _banked(row.few) if row.few else ["nothing banked"]
    if row.lost <= NOUGHT < row.lost_before:
        yield "those above hold what would be lost with it"
    elif row.lost <= NOUGHT:
        yield "its genes are common among the others"
    elif row.lost < LESS * row.lost_before:
        yield f"{percent(1 - row.lost / row.lost_before, 0)} less is lost with it once those above are banked"


def _banked(few: Donor) -> Iterator[str]:
    yield f"{few.units} unit{pluralize(few.units)} of {few.kinds} banked"
    if few.has_semen:
        yield f"{few.doses} dose{pluralize(few.doses)} for use"


def _years(years: float) -> str:
    whole = int(years)
    if whole < 2:
        return age(years)
    return f"{whole} years"
