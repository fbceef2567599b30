"""The columns of reproductive status and of the needs of contraception, for the pages and their files."""

from studbook.animals.entry.observation_words import what_of
from studbook.core.downloads import Cell
from studbook.core.lists import Column, Columns
from studbook.reproduction.status.queries import Need, StatusRow

CELLS = "reproduction/status/cells"


def _contraception(row: StatusRow, fact: str) -> Cell:
    state = row.contraception
    if state is None:
        return ""
    if fact == "method":
        return what_of(state.observation)
    if fact == "fertile_again":
        return str(state.fertile_again or "")
    return str(getattr(state.observation, fact) or "")


STATUS_COLUMNS: Columns[StatusRow] = Columns(
    (
        Column("animal", "Animal", lambda row: row.animal.studbook_number, f"{CELLS}/animal.html"),
        Column("house_name", "Name", lambda row: row.animal.house_name),
        Column("sex", "Sex", lambda row: row.animal.sex),
        Column(
            "age",
            "Age",
            lambda row: None if row.age is None else round(row.age, 1),
            css="tabular",
        ),
        Column("holder", "At", lambda row: row.holder.name if row.holder else "", css="words"),
        Column(
            "status",
            "Status",
            lambda row: ";".join(each.words for each in row.standing.states),
            f"{CELLS}/status.html",
            css="words",
        ),
        Column("cannot_breed", "Cannot breed", lambda row: "yes" if row.standing.bar else "no"),
        Column(
            "reason",
            "Why",
            lambda row: row.standing.bar.sentence if row.standing.bar else "",
            css="words",
        ),
        Column("method", "Contraception", lambda row: _contraception(row, "method")),
        Column("product", "Product", lambda row: _contraception(row, "product"), css="words"),
        Column("since", "Since", lambda row: _contraception(row, "date"), css="nowrap"),
        Column("until", "Until", lambda row: _contraception(row, "until"), css="nowrap"),
        Column(
            "expected_return",
            "Fertile again",
            lambda row: _contraception(row, "fertile_again"),
            css="nowrap",
        ),
    ),
    ("animal", "status", "holder", "method", "product", "until", "expected_return"),
)

NEED_COLUMNS: Columns[Need] = Columns(
    (
        Column("institution", "Institution", lambda row: row.institution.name),
        Column("sire", "Male", lambda row: row.sire.studbook_number),
        Column("sire_note", "Of the male", lambda row: row.sire_note),
        Column("dam", "Female", lambda row: row.dam.studbook_number),
        Column("dam_note", "Of the female", lambda row: row.dam_note),
        Column("related", "Related", lambda row: row.how),
    ),
    ("institution", "sire", "sire_note", "dam", "dam_note", "related"),
)
