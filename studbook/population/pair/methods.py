"""What natural mating, insemination and a banked sample would change for a pair, and what is on record of each."""

from dataclasses import dataclass

from pedigree.mating import what_if_offspring
from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import change, kilometres
from studbook.population.analysis import Analysis
from studbook.population.bank.sires import stock_of, stock_words
from studbook.population.breeders import TOO_OLD
from studbook.population.models import BankedDonor
from studbook.population.pairs import PairRow
from studbook.reproduction.models import Procedure

BANKED = "Insemination, a banked sample"
NO_SEMEN = "No collection of his semen is on record."


@dataclass(frozen=True, slots=True)
class Method:
    """One way to breed a pair: what it asks for, what it changes, what is on record."""

    name: str
    asks: str
    changes: str
    recorded: str


def methods_of(analysis: Analysis, row: PairRow) -> list[Method]:
    """Return the three methods for a pair of the living, for a dead donor the one there is; three queries."""
    sire, dam = row.sire.animal, row.dam.animal
    delta, stock = change(row.numbers.delta_gd), stock_of(sire)
    recorded = f"{stock_words(stock)}{_assumed(sire)}"
    if not row.sire.alive:
        gone = f"The change in gene diversity is {delta} for each young; {sire} himself counts no more among the living."
        return [Method(BANKED, f"A dose of his semen and the ovulation of {dam}.", gone, recorded)]
    return [
        Method(
            "Natural mating",
            _natural(row),
            f"The change in gene diversity is {delta} for each young.",
            "" if row.sire.holder and row.dam.holder else "Where one of the two lives is not on record.",
        ),
        Method(
            "Insemination, fresh semen",
            f"Semen of {sire} and the ovulation of {dam} at one time; " + _carried(row),
            f"The same genes and the same {delta} for each young; nobody need get on with the other.",
            _collected(sire),
        ),
        Method(
            BANKED,
            (
                "A dose of his semen."
                if stock and stock.doses
                else f"Semen of {sire} frozen while he can give it."
            )
            + (" He is past the breeding ages." if row.sire.age_mark == TOO_OLD else ""),
            _later(analysis, sire, dam),
            recorded,
        ),
    ]


def _natural(row: PairRow) -> str:
    if row.same_place:
        return f"Nobody moves: both live at {row.sire.holder}."
    if row.distance_km is None:
        return "One moves to the other, over a distance that is not known."
    return f"One moves to the other, {kilometres(row.distance_km)} apart."


def _carried(row: PairRow) -> str:
    if row.same_place:
        return "both are at one place."
    return "the semen travels, and no animal does."


def _later(analysis: Analysis, sire: Animal, dam: Animal) -> str:
    """Tell what a young would change once the sire is dead: his own genes then count no more among the living."""
    population, living = analysis.population, analysis.measured.copy()
    rows = population.row(sire.studbook_number), population.row(dam.studbook_number)
    living[rows[0]] = False
    after = what_if_offspring(analysis.kinship, living, *rows)
    return (
        f"It may wait until after his death; a young would then change gene diversity by "
        f"{change(after.delta_gd)}, since his own genes no longer count among the living."
    )


def _collected(sire: Animal) -> str:
    """Tell how often his semen was collected, and when last; one query."""
    found = list(
        Procedure.objects.standing()
        .filter(animal=sire, kind=Procedure.Kind.COLLECTION)
        .order_by("date_earliest")
    )
    if not found:
        return NO_SEMEN
    times = "once" if len(found) == 1 else f"{len(found)} times"
    return f"His semen was collected {times}, last on {found[-1].date or 'a day not known'}."


def _assumed(sire: Animal) -> str:
    donors = BankedDonor.objects.filter(animal=sire, scenario__archived_at__isnull=True).select_related(
        "scenario"
    )
    told = [f"{donor.straws} straws in the scenario “{donor.scenario.name}”" for donor in donors]
    return f" Assumed, not recorded: {', '.join(told)}." if told else ""
