"""The mean-kinship lists as a file: every column, numbers in full, nothing a spreadsheet would run."""

from collections.abc import Iterable

from studbook.animals.exports import Cell, Table, neutral
from studbook.population.genetics.means import MeanRow

COLUMNS = (
    "sex",
    "rank",
    "studbook_number",
    "house_name",
    "mean_kinship",
    "mean_kinship_known_only",
    "inbreeding",
    "inbreeding_known_only",
    "known",
    "age_years",
    "holder",
    "holder_name",
    "region",
    "country",
    "offspring",
    "excluded",
)


def means_table(rows: Iterable[MeanRow]) -> Table:
    """Return the table of the rows, as they are ordered."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row)] for row in rows))


def _line(row: MeanRow) -> list[Cell]:
    animal, holder = row.animal, row.holder
    cells: list[Cell] = [animal.sex, row.rank, row.number, animal.house_name]
    cells += [row.mean_kinship, row.known_mean_kinship, row.inbreeding, row.known_inbreeding, row.known]
    cells.append(None if row.age is None else round(row.age, 2))
    cells += [holder.mnemonic, holder.name, holder.region, holder.country] if holder else ["", "", "", ""]
    return [*cells, row.offspring, "yes" if row.excluded else "no"]
