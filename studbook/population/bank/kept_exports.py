"""The donors of the bank and what is kept of each as a file, numbers in full."""

from collections.abc import Iterable

from studbook.core.downloads import Cell, Table, neutral
from studbook.population.bank.kept import DonorRow
from studbook.population.bank.stock import ACCOUNTS

COLUMNS = (
    "studbook_number",
    "house_name",
    "sex",
    "living",
    "kinds",
    "units",
    "doses",
    *(f"units_{account}" for account in ACCOUNTS),
    "stored_at",
    "mean_kinship",
    "count_with_bank",
    "gene_diversity_kept",
)


def donor_table(rows: Iterable[DonorRow]) -> Table:
    """Return the table of the donors, as they are ordered."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row)] for row in rows))


def _line(row: DonorRow) -> list[Cell]:
    donor, animal = row.donor, row.donor.animal
    cells: list[Cell] = [donor.number, animal.house_name, animal.sex, "yes" if row.living else "no"]
    cells += [donor.kinds, donor.units, donor.doses, *(donor.units_in(account) for account in ACCOUNTS)]
    return [*cells, donor.stored_at, row.mean_kinship, row.count, row.kept]
