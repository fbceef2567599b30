"""The forms of observations. The fields people need each time come first; the rest is folded."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile

from studbook.animals.entry.base_forms import AnimalEntryForm
from studbook.animals.entry.observation_identity import Mark, Method, marks_in_use
from studbook.animals.entry.observation_record import last_weight_of
from studbook.animals.entry.observation_rules import OF_FEMALES
from studbook.animals.entry.observation_values import Amount, amount_from, amount_of, weight_from
from studbook.animals.entry.photo import prepared_photo
from studbook.animals.models import Animal, Observation
from studbook.core.errors import StudbookError
from studbook.core.forms import DateIntervalField

NO_PHOTO = "Choose a photo: a JPEG, PNG or WebP picture of up to 15 MB."


class WeightField(forms.CharField):
    """A weight as people write it: 4.2 kg, 4,2 or 850 g."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> Amount | None:
        words = super().clean(value)
        try:
            return weight_from(words) if words else None
        except StudbookError as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class PhotoField(forms.FileField):
    """A picture, made fit to keep: upright, smaller, and silent about where it was taken."""

    def __init__(self, **kwargs: Any) -> None:
        picture = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        messages = dict.fromkeys(("required", "invalid", "missing", "empty"), NO_PHOTO)
        super().__init__(widget=picture, error_messages=messages, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "ContentFile[bytes]":
        sent = super().clean(data, initial)
        try:
            return prepared_photo(sent)
        except StudbookError as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class WeightForm(AnimalEntryForm):
    FIRST = ("weight", "on")
    weight = WeightField(label="Weight", widget=forms.TextInput(attrs={"autofocus": True}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = last_weight_of(self.animal) if self.animal else None
        self.fields["weight"].help_text = _last_in_words(last)


class MeasurementForm(AnimalEntryForm):
    FIRST = ("what", "amount", "unit", "on")
    what = forms.CharField(label="What was measured", max_length=60)
    amount = forms.CharField(label="How much", max_length=30)
    unit = forms.CharField(
        label="Unit", max_length=12, required=False, help_text="cm, °C, beats a minute ..."
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "amount" in data and "unit" in data:
            try:
                data["amount"] = amount_from(data["amount"], data.pop("unit"))
            except StudbookError as refusal:
                self.add_error("amount", refusal.sentence)
        return data


class RearingForm(AnimalEntryForm):
    FIRST = ("rearing", "on")
    rearing = forms.ChoiceField(label="Reared", choices=Animal.Rearing.choices, widget=forms.RadioSelect)


class SexForm(AnimalEntryForm):
    FIRST = ("sex", "method", "on")
    sex = forms.ChoiceField(label="Sex", choices=Animal.Sex.choices, widget=forms.RadioSelect)
    method = forms.ChoiceField(label="How", choices=Method.choices, initial=Method.SEEN)


class IdentificationForm(AnimalEntryForm):
    FIRST = ("mark", "value", "replaces", "on")
    mark = forms.ChoiceField(label="Mark", choices=Mark.choices, initial=Mark.TRANSPONDER)
    value = forms.CharField(
        label="Number",
        max_length=60,
        help_text="As it is read; blanks and dashes of a transponder do not matter.",
    )
    replaces = forms.TypedChoiceField(label="Replaces", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = marks_in_use(self.animal) if self.animal else []
        if marks:
            self.fields["replaces"].choices = [("", "nothing"), *((each.pk, str(each)) for each in marks)]  # type: ignore[attr-defined]
        else:
            del self.fields["replaces"]


class ContraceptionForm(AnimalEntryForm):
    FIRST = ("method", "product", "on", "until", "expected_return")
    method = forms.ChoiceField(label="Method", choices=Observation.Contraception.choices)
    product = forms.CharField(
        label="Product", max_length=80, required=False, help_text="Its name and strength, as on the package."
    )
    until = DateIntervalField(label="Until, or to renew by", required=False)
    expected_return = DateIntervalField(
        label="Fertile again, as expected",
        required=False,
        help_text="When it should breed again if it is not renewed.",
    )


class ReproductionForm(AnimalEntryForm):
    FIRST = ("status", "on", "expected", "until", "note")
    status = forms.ChoiceField(
        label="Found", choices=Observation.ReproductiveStatus.choices, widget=forms.RadioSelect
    )
    expected = DateIntervalField(
        label="Birth expected", required=False, help_text="Of a pregnant animal only."
    )
    until = DateIntervalField(
        label="Until",
        required=False,
        help_text="Of one that is not for breeding; the reason goes into the note.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_a_male = bool(self.animal and self.animal.sex == Animal.Sex.MALE)
        if self.of_a_male:
            # Only what is shown: the field still reads the others, so that the rule says why they are refused.
            choices = Observation.ReproductiveStatus.choices
            shown = [each for each in choices if each[0] not in OF_FEMALES]
            self.fields["status"].widget.choices = shown

    def first_fields(self) -> list[forms.BoundField]:
        """Leave out of a male when a birth is expected, unless it was sent."""
        fields = super().first_fields()
        return [each for each in fields if each.name != "expected" or not self.of_a_male or each.data]


class NoteForm(AnimalEntryForm):
    FIRST = ("note", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True


class PhotoForm(AnimalEntryForm):
    FIRST = ("photo", "note", "on")
    photo = PhotoField(
        label="Photo", help_text="JPEG, PNG or WebP, up to 15 MB. Where it was taken is not kept."
    )


def _last_in_words(last: Observation | None) -> str:
    weight = amount_of(last) if last else None
    before = f"Last: {weight} on {last.date}. " if last and weight else ""
    return f"{before}In kg unless you write g."
