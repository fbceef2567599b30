"""The order of banking as a file, numbers in full."""

from collections.abc import Iterable

from studbook.core.downloads import Cell, Table, neutral
from studbook.population.bank.next import NextRow
from studbook.population.bank.next_words import reason_of

COLUMNS = (
    "place",
    "chosen",
    "studbook_number",
    "house_name",
    "sex",
    "age_years",
    "holder",
    "holder_name",
    "chance_of_death",
    "life_table",
    "years",
    "gene_diversity_lost",
    "expected_loss",
    "gene_diversity_kept",
    "mean_kinship",
    "genome_uniqueness",
    "units_banked",
    "doses_banked",
    "reason",
)


def next_table(rows: Iterable[NextRow], years: int) -> Table:
    """Return the table of the rows, as they are ordered."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row, years)] for row in rows))


def _line(row: NextRow, years: int) -> list[Cell]:
    holder, few = row.holder, row.few
    cells: list[Cell] = [row.place, "yes" if row.chosen else "no", row.number, row.animal.house_name, row.sex]
    cells += [None if row.age is None else round(row.age, 2)]
    cells += [holder.mnemonic, holder.name] if holder else ["", ""]
    cells += [
        row.chance,
        "both sexes" if row.by_pooled else row.sex,
        years,
        row.lost,
        row.expected,
        row.gene_diversity,
        row.mean_kinship,
        row.uniqueness,
    ]
    return [*cells, few.units if few else 0, few.doses if few else 0, reason_of(row, years)]
