"""The ways to the forms of procedures that the pages of an animal offer."""

from studbook.animals.entry.entry_kind import Entry

PROCEDURE_ENTRIES: list[Entry] = []
