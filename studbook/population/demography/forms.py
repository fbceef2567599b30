"""What narrows the pages on demography; every field is optional, and one that cannot be read is said so."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from pedigree.demography.lifetable import CONVENTIONS, MID_CLASS, TEXTBOOK, Convention
from studbook.animals.models import Animal
from studbook.core.forms import DayField
from studbook.institutions.models import Institution
from studbook.population.demography.book import Book
from studbook.population.demography.filters import NO_REGION, Filters
from studbook.population.demography.tables import AS_RECORDED, SMOOTHINGS

REGIONS = [("", "any region"), *((value or NO_REGION, label) for value, label in Institution.Region.choices)]
ORIGINS = [("", "anywhere"), *Animal.BirthType.choices]
OFTEN_USED = ("first", "last", "region")
SELDOM_USED = ("origin", "in_situ", "institution")


class SetForm(forms.Form):
    """Which animals, where, and in which days. `book` offers its institutions and bounds the days."""

    first = DayField("From day")
    last = DayField("To day")
    region = forms.ChoiceField(label="Region", required=False, choices=REGIONS)
    origin = forms.ChoiceField(label="Born", required=False, choices=ORIGINS)
    in_situ = forms.BooleanField(label="Count the wild too", required=False)
    institution = forms.TypedMultipleChoiceField(
        label="Institutions",
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        error_messages={
            "invalid_choice": "No animal of this book was ever at %(value)s. Choose among those offered."
        },
    )

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        field = self.fields["institution"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            places = sorted(book.places.values(), key=lambda place: place.name)
            field.choices = [(place.pk, place.name) for place in places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", "The last day lies before the first. Swap the two.")
        if first and first > self.book.as_of:
            self.add_error("first", f"The book is current to {self.book.as_of}. Choose an earlier day.")
        return cleaned

    @property
    def filters(self) -> Filters:
        """What is asked for; nothing is narrowed where the form cannot be read."""
        if not self.is_valid():
            return Filters()
        asked = self.cleaned_data
        region = asked["region"]
        return Filters(
            first=asked["first"],
            last=asked["last"],
            region=None if not region else "" if region == NO_REGION else region,
            institutions=frozenset(asked["institution"]),
            origin=asked["origin"],
            in_situ=asked["in_situ"],
        )

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN_USED]

    def seldom_used(self) -> list[forms.BoundField]:
        return [self[name] for name in SELDOM_USED]

    def seldom_used_open(self) -> bool:
        """Tell whether one of the folded fields narrows the set, and so must be seen."""
        return any(self.data.get(name) for name in SELDOM_USED)


class OverviewForm(SetForm):
    """The set, and on which day its age pyramid stands; the last one where none is asked for."""

    on = DayField("Age pyramid on")

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on > self.book.as_of:
            raise ValidationError(
                f"The book is current to {self.book.as_of}. Choose that day or an earlier one."
            )
        return on

    @property
    def day(self) -> date | None:
        return self.cleaned_data["on"] if self.is_valid() else None

    def often_used(self) -> list[forms.BoundField]:
        return [*super().often_used(), self["on"]]


class TableForm(SetForm):
    """Which life table: of which set, and how it is computed."""

    convention = forms.ChoiceField(
        label="Convention",
        required=False,
        choices=[(MID_CLASS, "mid-class Lx, as in breeding plans"), (TEXTBOOK, "textbook lx")],
    )
    smoothing = forms.ChoiceField(label="Smoothing", required=False, choices=list(SMOOTHINGS.items()))

    @property
    def convention_asked(self) -> Convention:
        asked = self.cleaned_data["convention"] if self.is_valid() else ""
        return next((each for each in CONVENTIONS if each == asked), MID_CLASS)

    @property
    def smoothing_asked(self) -> str:
        return str(self.cleaned_data["smoothing"]) if self.is_valid() else AS_RECORDED

    @property
    def query(self) -> str:
        """What an address takes to ask for the same table."""
        asked = {"smoothing": self.smoothing_asked}
        if self.convention_asked != MID_CLASS:
            asked["convention"] = self.convention_asked
        own = urlencode({name: value for name, value in asked.items() if value})
        return "&".join(each for each in (self.filters.query, own) if each)

    def often_used(self) -> list[forms.BoundField]:
        return [*super().often_used(), self["convention"], self["smoothing"]]
