"""The fields that forms of the bank share: an animal by its number, and where a sample is."""

from typing import Any

from django import forms

from studbook.animals.entry.life_forms import PlaceField
from studbook.animals.models import Animal
from studbook.core.forms import EntryForm
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.stepping import Place
from studbook.reproduction.models import Sample
from studbook.reproduction.models.sample import MOST_UNITS

# A line of the ledger holds why, and why all the same where a rule warned.
LONGEST_WHY = 199


class AnimalNumberField(forms.CharField):
    """An animal of the programme by its studbook number; the form sets `programme`."""

    programme: Programme

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Animal | None:
        number = super().clean(value)
        if not number:
            return None
        found: Animal | None = self.programme.animals.filter(studbook_number=number).first()
        if found is None:
            raise forms.ValidationError(
                f"No animal {number} is in the book of {self.programme}. Correct the number, or add that animal first."
            )
        return found


def storage_field(label: str) -> PlaceField:
    return PlaceField(label=label, empty_label="choose the institution")


def part_of_tank(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=False)


def units_field(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_UNITS)


def percent_field(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        help_text=help_text,
    )


def why_field(label: str = "Why", help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_WHY, required=False, help_text=help_text)


class BankForm(EntryForm):
    """Gives each field of a place the programme's institutions that can store, each of an animal the programme."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["reason"] = why_field("Why all the same")
        places = Institution.objects.filter(participations__programme=programme)
        places = places.exclude(kind=Institution.Kind.WILD).order_by("name")
        for field in self.fields.values():
            if isinstance(field, PlaceField):
                field.queryset = places
            if isinstance(field, AnimalNumberField):
                field.programme = programme


def place_from(data: dict[str, Any]) -> Place:
    """Take what says where a sample is put out of the data of a form."""
    return Place(data.pop("institution"), *(data.pop(name) for name in Sample.WITHIN))
