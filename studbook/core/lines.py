"""Texts of one line: names, numbers, places. A character that breaks the line or turns it around is refused wherever it comes from."""

import re
from functools import cache
from typing import Any

from django.db.models import CharField, Model

from studbook.core.columns import Columns
from studbook.core.findings import rejected

# Control characters, the ends of lines and paragraphs, what embeds, overrides or isolates a direction, halves of characters.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_SHOWN = 40


def unfit_in(text: str) -> str:
    """Return the first character of a text that no line can hold, nothing where it is sound."""
    found = UNFIT.search(text)
    return found[0] if found else ""


def refuse_unfit_lines(record: Model, before: Columns | None = None) -> None:
    """Refuse a record of which a text of one line holds what no line can hold (C16).

    A text that stands as it was `before` is let be: only what a deed writes is its doing.
    """
    for name, label in _lines_of(type(record)):
        text = getattr(record, name)
        if not isinstance(text, str) or (text.isascii() and text.isprintable()):
            continue
        if (unfit := unfit_in(text)) and (before is None or before.get(name) != text):
            sentence = (
                f"The {label} “{seen(text)}” holds the character U+{ord(unfit):04X}, which breaks a line of text or turns it "
                "around. Write it again without it."
            )
            raise rejected("C16", (), sentence, field=name)


def seen(text: str) -> str:
    """Return a text as it can be shown, with what cannot be seen spelled out."""
    shown = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


@cache
def _lines_of(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    fields = (each for each in model._meta.concrete_fields if isinstance(each, CharField))
    return tuple((each.attname, each.verbose_name) for each in fields)
