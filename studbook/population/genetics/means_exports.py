"""The mean-kinship lists as a file: every column, numbers in full, nothing a spreadsheet would run."""

from collections.abc import Iterable

from studbook.core.downloads import Cell, Table, neutral
from studbook.population.genetics.means import MeanRow

COLUMNS = (
    "sex",
    "rank",
    "studbook_number",
    "house_name",
    "mean_kinship",
    "mean_kinship_known_only",
    "kinship_value",
    "reproductive_value",
    "inbreeding",
    "inbreeding_known_only",
    "genome_uniqueness",
    "genome_uniqueness_error",
    "genome_uniqueness_descendants",
    "genome_uniqueness_descendants_error",
    "known",
    "certain",
    "age_years",
    "holder",
    "holder_name",
    "region",
    "country",
    "offspring",
    "excluded",
    "above_cap_of",
)


def means_table(rows: Iterable[MeanRow]) -> Table:
    """Return the table of the rows, as they are ordered."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row)] for row in rows))


def _line(row: MeanRow) -> list[Cell]:
    animal, holder = row.animal, row.holder
    cells: list[Cell] = [row.sex, row.rank, row.number, animal.house_name]
    cells += [row.mean_kinship, row.known_mean_kinship, row.kinship_value, row.reproductive_value]
    cells += [row.inbreeding, row.known_inbreeding, row.uniqueness, row.uniqueness_error]
    cells += [row.uniqueness_descendants, row.uniqueness_descendants_error, row.known, row.certain]
    cells.append(None if row.age is None else round(row.age, 2))
    cells += [holder.mnemonic, holder.name, holder.region, holder.country] if holder else ["", "", "", ""]
    above = "; ".join(each.lineage.name for each in row.above_caps)
    return [*cells, row.offspring, "yes" if row.excluded else "no", above]
