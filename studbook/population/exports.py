"""The filtered lists as files: every row, numbers in full, nothing a spreadsheet would run."""

from collections.abc import Iterable, Iterator

from pedigree.checks import Problem
from studbook.core.downloads import Cell, Table, csv_of, neutral
from studbook.population.breeders import Breeder
from studbook.population.pairs import PairList, PairRow

ANIMAL_COLUMNS = ("", "_name", "_age_years", "_holder", "_age_note", "_barred_by")
PAIR_COLUMNS = (
    "rank",
    *(f"sire{end}" for end in ANIMAL_COLUMNS),
    *(f"dam{end}" for end in ANIMAL_COLUMNS),
    "delta_gd",
    "f_offspring",
    "above_inbreeding_limit",
    "mk_sire",
    "mk_dam",
    "mk_difference",
    "known",
    "distance_km",
)
SUITABILITY_COLUMNS = ("suitability", "suitability_by_gd", "suitability_rules")
PROBLEM_COLUMNS = ("code", "level", "animals", "problem")


def pair_table(pairs: PairList) -> Table:
    """Return the pairs as a table, with their suitability and a column for the young's share of each lineage.

    A founder asked about has a column after them.
    """
    founder = pairs.asked.lineage if pairs.asked and pairs.asked.is_of_founder else None
    shares = [str(neutral(f"young_share {each.lineage.name}")) for each in pairs.lineages]
    shares += [str(neutral(f"young_share_of {founder.name}"))] if founder else []
    columns = (*PAIR_COLUMNS, *SUITABILITY_COLUMNS, *shares)
    return Table(columns, (_line(row, of_founder=founder is not None) for row in pairs))


def _line(row: PairRow, *, of_founder: bool) -> list[Cell]:
    asked = [row.asked_share] if of_founder else []
    return [*_pair(row), *_suitability(row), *row.shares, *asked]


def _pair(row: PairRow) -> list[Cell]:
    numbers = row.numbers
    cells: list[Cell] = [row.rank, *_breeder(row.sire), *_breeder(row.dam)]
    cells += [numbers.delta_gd, numbers.f_offspring, "yes" if row.above_limit else "no"]
    cells += [numbers.mk_sire, numbers.mk_dam, numbers.mk_difference, row.known]
    return [*cells, None if row.distance_km is None else round(row.distance_km, 1)]


def _suitability(row: PairRow) -> list[Cell]:
    told = row.suitability
    if told is None:
        return [None, None, None]
    return [index_words(told.index), told.band or None, " ".join(told.rules)]


def index_words(index: int) -> Cell:
    """Return an index as a file holds it: a number, or the word dash."""
    return index or "dash"


def _breeder(breeder: Breeder) -> list[Cell]:
    animal, holder = breeder.animal, breeder.holder
    notes = [breeder.age_mark, f"banked: {breeder.doses} doses" if breeder.doses else ""]
    note = ", ".join(filter(None, [*notes, "" if breeder.alive else "dead"]))
    place = holder.name if holder else ""
    words = (neutral(each) for each in (animal.studbook_number, animal.house_name))
    age = None if breeder.age is None else round(breeder.age, 2)
    return [*words, age, *(neutral(each) for each in (place, note, breeder.barred_by))]


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Write the problems as CSV, line by line; animals are studbook numbers with a space between them."""
    lines = ([each.code, each.severity, " ".join(each.animals), each.sentence] for each in problems)
    return csv_of(Table(PROBLEM_COLUMNS, ([neutral(cell) for cell in line] for line in lines)))
