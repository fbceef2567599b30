"""The forms of what happens in a life. The fields people need each time come first; the rest is folded."""

from typing import Any

from django import forms

from studbook.accounts.rights import INSTITUTION, Right
from studbook.animals.entry.base_forms import AnimalEntryForm
from studbook.animals.models import Animal, Event
from studbook.animals.parents_told import HOW_OUTSIDE, ParentField
from studbook.core.forms import DateIntervalField
from studbook.institutions.models import Institution

CAUSES = (
    "old age", "disease", "injury", "killed by another animal", "birth complications", "stillborn",
    "under anaesthesia", "euthanasia", "not known",
)  # fmt: skip
LONGEST_WORD = 40
NO_PLACE = "“%(value)s” is no institution you can name here. Choose one of the list, or write its mnemonic."


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own is no generic at run time
    """A zoo of the programme, or any institution that takes part in one."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": NO_PLACE}
        super().__init__(queryset=Institution.objects.none(), error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the institution; a page sends its key, a program the mnemonic that the book is read with."""
        # SQLite refuses to look for a word of many thousand letters, which no mnemonic has.
        sound = isinstance(value, str) and value.isprintable() and len(value) <= LONGEST_WORD
        if sound and not value.isdecimal():
            value = self.queryset.filter(mnemonic__iexact=value).first() or value  # type: ignore[union-attr]
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.mnemonic})"


class PlacedForm(AnimalEntryForm):
    """Offers the programme's institutions in every field of a place, its own zoos in `own_places`."""

    OWN_PLACES: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Institution.objects.filter(participations__programme=self.programme)
        for name, field in self.fields.items():
            if isinstance(field, ParentField):
                field.programme = self.programme
            if isinstance(field, PlaceField):
                field.queryset = self._own() if name in self.OWN_PLACES else every
        for name in self.OWN_PLACES:
            own = list(self.fields[name].queryset[:2])  # type: ignore[attr-defined]
            if len(own) == 1:
                self.fields[name].initial = own[0].pk

    def _own(self) -> Any:
        every = Institution.objects.filter(participations__programme=self.programme)
        if Right.LOG in self.standing:
            return every.exclude(kind=Institution.Kind.WILD)
        return every.filter(pk__in=self.standing.institutions(Right.LOG, INSTITUTION))


class DeathForm(PlacedForm):
    FIRST = ("on", "cause")
    cause = forms.CharField(
        label="Cause",
        max_length=160,
        required=False,
        help_text="Leave it empty until it is known.",
        widget=forms.TextInput(attrs={"list": "causes-of-death"}),
    )
    necropsy = forms.CharField(
        label="What the necropsy found",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = PlaceField(label="Where, if elsewhere", required=False, empty_label="where it is held")
    suggestions = CAUSES


class ReleaseForm(PlacedForm):
    FIRST = ("on", "place")
    place = PlaceField(label="Where it was released", required=False, empty_label="not recorded")


class LostForm(PlacedForm):
    FIRST = ("on", "note")


class FoundForm(PlacedForm):
    FIRST = ("on", "place")
    place = PlaceField(label="Who holds it now", empty_label="choose the holder")


class NewcomerForm(PlacedForm):
    """What is asked of any animal that is new to the book."""

    OWN_PLACES = ("place",)
    place = PlaceField(label="Zoo", empty_label="choose the zoo")
    sex = forms.ChoiceField(
        label="Sex",
        choices=Animal.Sex.choices,
        initial=Animal.Sex.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    birth = DateIntervalField(label="Born", required=False, help_text="As near as it is known: about 2019.")
    house_name = forms.CharField(label="Name", max_length=80, required=False)
    local_id = forms.CharField(label="Local id", max_length=30, required=False)
    transponder = forms.CharField(label="Transponder", max_length=40, required=False)
    studbook_number = forms.CharField(
        label="Studbook number", max_length=20, required=False, help_text="Empty: the next free one."
    )

    def clean_sex(self) -> str:
        return self.cleaned_data["sex"] or Animal.Sex.UNKNOWN


class CaptureForm(NewcomerForm):
    FIRST = ("on", "place", "sex", "birth")


class ArrivalForm(NewcomerForm):
    FIRST = ("on", "place", "sex", "birth", "from_institution")
    from_institution = PlaceField(
        label="Came from", required=False, empty_label="outside the programme, or not known"
    )
    terms = forms.ChoiceField(label="On terms of", choices=Event.Terms.choices, required=False)
    birth_type = forms.ChoiceField(
        label="It was born",
        choices=Animal.BirthType.choices,
        initial=Animal.BirthType.UNKNOWN,
        required=False,
    )
    sire = ParentField(role="sire", label="Sire", how=HOW_OUTSIDE)
    dam = ParentField(role="dam", label="Dam", how=HOW_OUTSIDE)

    def clean_birth_type(self) -> str:
        return self.cleaned_data["birth_type"] or Animal.BirthType.UNKNOWN
