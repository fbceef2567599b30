"""The columns of the journal, for the page and its files."""

from django.utils import timezone

from studbook.animals.entry.observation_words import words_of
from studbook.animals.journal.queries import JournalRow
from studbook.animals.models import Event
from studbook.core.downloads import iso
from studbook.core.lists import Column, Columns

CELLS = "animals/journal"


def _origin(row: JournalRow) -> str:
    entry = row.entry
    return entry.from_institution.name if isinstance(entry, Event) and entry.from_institution else ""


def _words(row: JournalRow) -> str:
    # The place has a column of its own.
    return words_of(row.entry).removeprefix(f"at {row.entry.institution}").removeprefix(", ")


def _logged_at(row: JournalRow) -> str:
    return f"{timezone.localtime(row.logged.at):%Y-%m-%d %H:%M}" if row.logged else ""


JOURNAL_COLUMNS: Columns[JournalRow] = Columns(
    (
        Column(
            "date",
            "Date",
            lambda row: str(row.entry.date or ""),
            f"{CELLS}/_date.html",
            order="date",
            css="nowrap tabular",
        ),
        Column(
            "animal",
            "Animal",
            lambda row: row.animal.studbook_number,
            f"{CELLS}/_animal.html",
            order="number",
        ),
        Column("house_name", "Name", lambda row: row.animal.house_name),
        Column("sex", "Sex", lambda row: row.animal.sex),
        Column("kind", "What", lambda row: row.entry.get_kind_display(), f"{CELLS}/_kind.html", order="kind"),
        Column("words", "In words", _words, css="words"),
        Column(
            "place",
            "Place",
            lambda row: row.entry.institution.name if row.entry.institution else "",
            order="place",
        ),
        Column("from_place", "From", _origin),
        Column("provisional", "Provisional", lambda row: "yes" if row.entry.provisional else "no"),
        Column("logged_by", "Logged by", lambda row: row.logged.by if row.logged else "", css="nowrap"),
        Column("logged_at", "Logged", _logged_at, css="nowrap tabular"),
        Column("date_earliest", "Date, earliest", lambda row: iso(row.entry.date_earliest), css="nowrap"),
        Column("date_latest", "Date, latest", lambda row: iso(row.entry.date_latest), css="nowrap"),
        Column("note", "Note", lambda row: row.entry.note, css="words"),
    ),
    ("date", "animal", "kind", "words", "place", "logged_by", "logged_at"),
)
