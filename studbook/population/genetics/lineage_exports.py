"""The carriers of a lineage as a file: every one of them, shares in full."""

from collections.abc import Iterable, Iterator

from studbook.core.downloads import Cell, Table, csv_of, neutral
from studbook.population.genetics.lineage_carriers import Carrier

COLUMNS = ("studbook_number", "house_name", "sex", "holder", "share", "above_cap")


def carrier_lines(carriers: Iterable[Carrier]) -> Iterator[str]:
    """Write the carriers as CSV, line by line."""
    return csv_of(Table(COLUMNS, (_line(carrier) for carrier in carriers)))


def _line(carrier: Carrier) -> list[Cell]:
    animal, holder = carrier.animal, carrier.holder
    words = [animal.studbook_number, animal.house_name, animal.sex, holder.name if holder else ""]
    return [*(neutral(word) for word in words), carrier.share, "yes" if carrier.above else "no"]
