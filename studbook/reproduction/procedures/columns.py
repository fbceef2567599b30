"""The columns of the list of procedures, for the page and its files."""

from django.utils import timezone

from studbook.core.lists import Column, Columns
from studbook.reproduction.procedures.files import kept_with
from studbook.reproduction.procedures.telling import StoryLine

CELLS = "reproduction/procedures/cells"


def _started(row: StoryLine) -> str:
    return f"{row.procedure.started:%H:%M}" if row.procedure.started else ""


def _logged_at(row: StoryLine) -> str:
    return f"{timezone.localtime(row.procedure.logged_at):%Y-%m-%d %H:%M}"


PROCEDURE_COLUMNS: Columns[StoryLine] = Columns(
    (
        Column(
            "procedure",
            "Procedure",
            lambda row: row.procedure.get_kind_display(),
            f"{CELLS}/procedure.html",
            order="kind",
        ),
        Column(
            "day",
            "Day",
            lambda row: str(row.procedure.date),
            f"{CELLS}/day.html",
            order="day",
            css="words tabular",
        ),
        Column("started", "Started", _started, order="started", css="nowrap tabular"),
        Column(
            "animal",
            "Animal",
            lambda row: row.procedure.animal.studbook_number,
            f"{CELLS}/animal.html",
            order="animal",
        ),
        Column(
            "institution", "At", lambda row: row.procedure.institution.name, order="institution", css="words"
        ),
        Column("place", "Where there", lambda row: row.procedure.place, css="words"),
        Column("found", "What was done and found", lambda row: row.words, f"{CELLS}/found.html", css="words"),
        Column("team", "Who did it", lambda row: row.procedure.team, css="words"),
        Column(
            "under",
            "Under",
            lambda row: str(row.procedure.under) if row.procedure.under else "",
            f"{CELLS}/under.html",
        ),
        Column("documents", "Documents", lambda row: kept_with(row.procedure), css="tabular"),
        Column("note", "Note", lambda row: row.procedure.note, css="words"),
        Column("struck_why", "Struck out why", lambda row: row.procedure.struck_why, css="words"),
        Column("logged_by", "Logged by", lambda row: str(row.procedure.logged_by or ""), css="nowrap"),
        Column("logged_at", "Logged", _logged_at, css="nowrap tabular"),
    ),
    ("procedure", "day", "started", "animal", "institution", "found", "team"),
)
