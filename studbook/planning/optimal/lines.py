"""Fields of several lines: pairs of studbook numbers, and litters of single animals."""

import re
from typing import Any, Final

from django import forms

from studbook.planning.optimal.question import PairOfNumbers

MOST_LINES: Final = 60
MOST_LITTERS: Final = 20
LONGEST_NUMBER: Final = 20
BETWEEN: Final = re.compile(r"\s*[×*,;/]\s*|\s+[xX]\s+|\s+")
NAMED: Final = re.compile(r"^(?P<number>\S{1,20}?)\s*[:\s]\s*(?P<most>\d{1,3})$", re.ASCII)


class _LinesField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        rows = kwargs.pop("rows", 2)
        placeholder = kwargs.pop("placeholder", "")
        widget = forms.Textarea(attrs={"rows": rows, "placeholder": placeholder})
        super().__init__(required=False, max_length=4000, widget=widget, **kwargs)

    def _lines(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"These are {len(lines)} lines. Write {MOST_LINES} at most.")
        return lines


class PairsField(_LinesField):
    """A pair a line, the male first."""

    def clean(self, value: Any) -> tuple[PairOfNumbers, ...]:
        """Return the pairs, none twice."""
        found = []
        for line in self._lines(value):
            parts = BETWEEN.split(line)
            if len(parts) != 2 or not all(0 < len(part) <= LONGEST_NUMBER for part in parts):
                raise forms.ValidationError(
                    f"“{line[:40]}” is no pair. Write two studbook numbers a line, the male first, as 853 × 832."
                )
            found.append((parts[0], parts[1]))
        return tuple(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(f"{sire} × {dam}" for sire, dam in value or ())


class NamedField(_LinesField):
    """A line for each animal: its number, a colon, litters at most."""

    def clean(self, value: Any) -> tuple[tuple[str, int], ...]:
        """Return the litters by number; of two lines of one animal the later one counts."""
        found: dict[str, int] = {}
        for line in self._lines(value):
            told = NAMED.match(line)
            if told is None or int(told["most"]) > MOST_LITTERS:
                raise forms.ValidationError(
                    f"“{line[:40]}” is not understood. Write a studbook number, a colon and litters from 0 to "
                    f"{MOST_LITTERS}, as 853: 2."
                )
            found[told["number"]] = int(told["most"])
        return tuple(found.items())

    def prepare_value(self, value: Any) -> Any:
        return (
            value
            if isinstance(value, str)
            else "\n".join(f"{number}: {most}" for number, most in value or ())
        )
