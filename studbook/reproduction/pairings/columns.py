"""The columns of the list of pairs, for the page and its files."""

from typing import Any

from studbook.core.downloads import iso
from studbook.core.lists import Column, Columns

CELLS = "reproduction/cells"
Row = Any  # a Pairing with how many matings of it were seen, which the model does not know


def _state(row: Row) -> str:
    if row.is_struck:
        return "struck out"
    return "open" if row.is_open else "over"


PAIRING_COLUMNS: Columns[Row] = Columns(
    (
        Column("pair", "Pair", lambda row: str(row), f"{CELLS}/pair.html"),
        Column("sire", "Male", lambda row: row.sire.studbook_number, f"{CELLS}/sire.html", order="sire"),
        Column("dam", "Female", lambda row: row.dam.studbook_number, f"{CELLS}/dam.html", order="dam"),
        Column("institution", "At", lambda row: row.institution.name, order="institution", css="words"),
        Column("state", "State", _state, f"{CELLS}/state.html"),
        Column(
            "introduced",
            "Introduced",
            lambda row: str(row.introduced or ""),
            order="introduced",
            css="nowrap",
        ),
        Column("together", "Together", lambda row: str(row.together or ""), css="nowrap"),
        Column(
            "separated", "Separated", lambda row: str(row.separated or ""), order="separated", css="nowrap"
        ),
        Column("end", "Why separated", lambda row: row.get_end_display() if row.end else ""),
        Column("matings", "Matings seen", lambda row: row.matings_seen, order="matings", css="tabular"),
        Column("last_mating", "Last mating", lambda row: iso(row.last_mating), css="nowrap tabular"),
        Column("note", "Note", lambda row: row.note, css="words"),
    ),
    ("pair", "institution", "state", "introduced", "together", "separated", "matings", "last_mating"),
)
