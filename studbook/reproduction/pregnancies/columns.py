"""The columns of the list of pregnancies, for the page and its files."""

from studbook.core.downloads import iso
from studbook.core.lists import Column, Columns
from studbook.reproduction.pregnancies.queries import PregnancyRow

CELLS = "reproduction/pregnancies/cells"

PREGNANCY_COLUMNS: Columns[PregnancyRow] = Columns(
    (
        Column("pregnancy", "Pregnancy", lambda row: str(row.pregnancy), f"{CELLS}/pregnancy.html"),
        Column("dam", "Dam", lambda row: row.pregnancy.dam.studbook_number, f"{CELLS}/dam.html", order="dam"),
        Column(
            "sire",
            "Sire",
            lambda row: row.pregnancy.sire.studbook_number if row.pregnancy.sire else "",
            f"{CELLS}/sire.html",
            order="sire",
        ),
        Column(
            "gene_dam",
            "Dam by her genes",
            lambda row: row.pregnancy.gene_dam.studbook_number if row.pregnancy.gene_dam else "",
        ),
        Column(
            "institution", "At", lambda row: row.pregnancy.institution.name, order="institution", css="words"
        ),
        Column("method", "Method", lambda row: row.pregnancy.get_method_display(), order="method"),
        Column(
            "conceived",
            "Conceived",
            lambda row: str(row.pregnancy.conceived),
            order="conceived",
            css="words",
        ),
        Column(
            "expected_from",
            "Expected from",
            lambda row: iso(row.window.earliest if row.window else None),
            css="nowrap tabular",
        ),
        Column(
            "expected_until",
            "Expected until",
            lambda row: iso(row.window.latest if row.window else None),
            css="nowrap tabular",
        ),
        Column("state", "State", lambda row: row.state_words, f"{CELLS}/state.html"),
        Column("days", "Days", lambda row: row.days, css="tabular"),
        Column("ended", "Ended", lambda row: str(row.pregnancy.ended or ""), order="ended", css="nowrap"),
        Column("young", "Young born", lambda row: row.pregnancy.litter_size, css="tabular"),
        Column("told_by", "How it was found", lambda row: row.pregnancy.told_by, css="words"),
        Column(
            "reminded",
            "Reminded",
            lambda row: iso(row.pregnancy.reminded_at.date() if row.pregnancy.reminded_at else None),
        ),
        Column("note", "Note", lambda row: row.pregnancy.note, css="words"),
    ),
    ("pregnancy", "state", "sire", "institution", "method", "conceived", "expected_from", "expected_until"),
)
