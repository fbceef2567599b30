"""The report on paper: typst sets it, from data that travel as JSON and are never read as markup."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from studbook.planning.plans.rows import COLUMNS
from studbook.planning.report import Report

FOLDER: Final = Path(__file__).resolve().parent / "typst"
UNREADABLE: Final = "could not be displayed"
LETTERS_MISSING: Final = "Some letters are in a script for which this server has no font; they stand as empty boxes, and can be copied as text."


def report_pdf(report: Report) -> bytes:
    """Return the report as a tagged PDF. The same report gives the same bytes wherever the carried fonts suffice."""

    def told(letters_missing: str) -> dict[str, str]:
        data = asdict(report) | {"columns": COLUMNS, "letters_missing": letters_missing}
        return {"report": json.dumps(data)}

    return compiled("report.typ", told, datetime.fromisoformat(report.day).replace(tzinfo=UTC))


def compiled(source: str, told: Callable[[str], dict[str, str]], day: datetime) -> bytes:
    """Return a document of the folder as a tagged PDF; `told` gives its data, with the note on letters that are missing.

    The fonts that typst carries come first (Latin, Greek, Cyrillic); another script asks the system's; and where
    those lack it too, the document says so rather than fail.
    """
    from typst import TypstError  # loading it costs more than most pages take

    for ignore_system_fonts in (True, False):
        try:
            return _compiled(
                source, told(""), day, ignore_system_fonts=ignore_system_fonts, pdf_standards="ua-1"
            )
        except TypstError as error:
            if UNREADABLE not in error.message:
                raise
    return _compiled(source, told(LETTERS_MISSING), day, ignore_system_fonts=False, pdf_standards="1.7")


def _compiled(source: str, data: dict[str, str], day: datetime, **options: Any) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        FOLDER / source, root=FOLDER, format="pdf", sys_inputs=data, timestamp=day, **options
    )
    return pdf
