"""The lines of a scenario's form that may be several: who comes, who goes, what strikes; and the banked donors."""

import re
from typing import Any, ClassVar, TypeAlias

from django import forms
from django.forms import BaseFormSet, formset_factory

from studbook.population.models import ScenarioMove
from studbook.population.models.rate_set import OLDEST
from studbook.population.models.scenario import MOST_YEARS

SPARE, MOST_LINES, MOST_DONORS = 1, 6, 60
MOST_STRAWS, MOST_MOVED = 10_000, 500
PER_CENT = 100
ENDS_FIRST = "It ends before it begins. Write a last year that is not before the first, or none."
TOO_YOUNG = "The oldest are younger than the youngest. Swap the two."
DONOR_LINE = re.compile(r"^(?P<number>\S+?)\s*[:\s]\s*(?P<straws>\d{1,6})$")


def count_field(label: str, *, least: int = 0, most: int, first: int | None = 0) -> forms.IntegerField:
    """Return a field for a whole number; without a first value it may stay empty."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        initial=first,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def percent_field(
    label: str, *, required: bool = False, first: float | None = None, help_text: str = ""
) -> forms.FloatField:
    """Return a field for a share, written as per cent."""
    return forms.FloatField(
        label=label,
        required=required,
        min_value=0,
        max_value=PER_CENT,
        initial=first,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class LineForm(forms.Form):
    """One line; the one left empty is no line. `USUAL` stands for fields left empty in a line that is one."""

    USUAL: ClassVar[dict[str, Any]] = {}
    ASKED: ClassVar[tuple[str, ...]] = ()

    @property
    def is_line(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.ASKED)

    @property
    def told(self) -> dict[str, Any]:
        """What the line says, by column."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return {name: self.USUAL.get(name) if value is None else value for name, value in told.items()}


class MoveForm(LineForm):
    """Who comes or goes, and in which years."""

    USUAL = {"males": 0, "females": 0, "youngest": 0, "first": 1, "every": 1}
    ASKED = ("males", "females")
    DIRECTION: ClassVar[str]

    males = count_field("Males", most=MOST_MOVED)
    females = count_field("Females", most=MOST_MOVED)
    first = count_field("From year", least=1, most=MOST_YEARS, first=1)
    every = count_field("Every … years", least=1, most=MOST_YEARS, first=1)
    last = count_field("To year", least=1, most=MOST_YEARS, first=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first") or 1, cleaned.get("last")
        if last is not None and last < first:
            self.add_error("last", ENDS_FIRST)
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        return {"oldest": None, "most_related": False, **super().told, "direction": self.DIRECTION}


class ImportForm(MoveForm):
    """Who comes; `grown` is the age of those of whom none is given."""

    DIRECTION = ScenarioMove.Direction.IN
    youngest = count_field("Age", most=OLDEST, first=None)
    field_order = ["males", "females", "youngest", "first", "every", "last"]

    def __init__(self, *args: Any, grown: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grown = grown
        self.fields["youngest"].widget.attrs["placeholder"] = str(grown)

    @property
    def told(self) -> dict[str, Any]:
        told = super().told
        return told | {"youngest": self.grown} if self.cleaned_data.get("youngest") is None else told


class ExportForm(MoveForm):
    DIRECTION = ScenarioMove.Direction.OUT
    youngest = count_field("Youngest", most=OLDEST, first=None)
    oldest = count_field("Oldest", most=OLDEST, first=None)
    most_related = forms.BooleanField(label="The most related", required=False)
    field_order = ["males", "females", "youngest", "oldest", "first", "every", "last", "most_related"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        oldest = cleaned.get("oldest")
        if oldest is not None and oldest < (cleaned.get("youngest") or 0):
            self.add_error("oldest", TOO_YOUNG)
        return cleaned


class CatastropheForm(LineForm):
    """What strikes: in how many of a hundred years, and what is left of survival and litters then."""

    USUAL = {"survival": PER_CENT, "litters": PER_CENT, "chance": 0}
    ASKED = ("chance",)

    chance = percent_field("In … % of years")
    survival = percent_field("Survival, % of the usual")
    litters = percent_field("Litters, % of the usual")

    @property
    def told(self) -> dict[str, Any]:
        return {name: value / PER_CENT for name, value in super().told.items()}


Lines: TypeAlias = "BaseFormSet[Any]"


def _lines(form: type[LineForm]) -> type[Lines]:
    return formset_factory(
        form, extra=SPARE, max_num=MOST_LINES, absolute_max=2 * MOST_LINES, validate_max=True
    )


LINES: dict[str, type[Lines]] = {
    "imports": _lines(ImportForm),
    "exports": _lines(ExportForm),
    "catastrophes": _lines(CatastropheForm),
}


class DonorsField(forms.CharField):
    """Donors, a line each: the studbook number, a colon, the straws."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)

    def clean(self, value: Any) -> dict[str, int]:
        """Return the straws by studbook number."""
        found: dict[str, int] = {}
        lines = [
            line.strip() for line in super().clean(value).replace(",", "\n").splitlines() if line.strip()
        ]
        for line in lines:
            told = DONOR_LINE.match(line)
            if told is None or int(told["straws"]) > MOST_STRAWS:
                raise forms.ValidationError(f"“{line}” is no donor. Write a line for each, as 1171: 20.")
            if told["number"] in found:
                raise forms.ValidationError(f"Donor {told['number']} is named twice. Add up the straws.")
            found[told["number"]] = int(told["straws"])
        if len(found) > MOST_DONORS:
            raise forms.ValidationError(f"{len(found)} donors are named. Name {MOST_DONORS} at most.")
        return found
