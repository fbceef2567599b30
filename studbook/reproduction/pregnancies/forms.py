"""The forms of pregnancies: begun, ended without young, with a litter, corrected and struck out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from studbook.animals.correcting.forms import CorrectionForm
from studbook.animals.entry.base_forms import AnimalEntryForm
from studbook.animals.entry.litter_forms import BirthForm
from studbook.animals.models import Animal
from studbook.animals.parents_told import HOW, ParentField
from studbook.core.dates import DateInterval
from studbook.core.forms import DateIntervalField, VersionedForm
from studbook.programmes.models import Programme
from studbook.reproduction.forms import note_field
from studbook.reproduction.models import Mating, Pregnancy, Procedure
from studbook.reproduction.pregnancies.actions import WITHOUT_YOUNG
from studbook.reproduction.pregnancies.beginnings import inseminations_of

DAYS = "The day of the insemination, or the days from the first to the last mating: between 2025-10-01 and 2025-10-04."
NO_SIRE_YET = "His number; empty where he is not known yet."


class PregnancyForm(AnimalEntryForm):
    """A pregnancy of an animal in the book, from a mating or an insemination where one is named."""

    FIRST = ("on", "sire", "method", "mating", "insemination")

    on = DateIntervalField(label="Conceived", help_text=DAYS, error_messages={"required": "Say when."})
    sire = ParentField(role="sire", label="Sire", how=NO_SIRE_YET)
    method = forms.ChoiceField(choices=Pregnancy.Method.choices, initial=Pregnancy.Method.NATURAL)
    mating = forms.ModelChoiceField(queryset=Mating.objects.none(), required=False, widget=forms.HiddenInput)
    insemination = forms.ModelChoiceField(
        queryset=Procedure.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sire"].programme = self.programme  # type: ignore[attr-defined]
        if self.animal:
            matings = Mating.objects.standing().filter(dam=self.animal)
            self.fields["mating"].queryset = matings  # type: ignore[attr-defined]
            self.fields["insemination"].queryset = inseminations_of(self.animal)  # type: ignore[attr-defined]


class OutcomeForm(VersionedForm, AnimalEntryForm):
    """That there was no pregnancy, or that it was lost."""

    FIRST = ("outcome", "on", "told_by")

    outcome = forms.ChoiceField(
        choices=[(each.value, each.label) for each in WITHOUT_YOUNG],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what came of it."},
    )
    on = DateIntervalField(label="When it was known", error_messages={"required": "Say when."})
    told_by = forms.CharField(
        label="How it was found",
        max_length=160,
        required=False,
        help_text="Ultrasound, no birth, aborted young.",
    )
    note = None  # type: ignore[assignment]


class LitterOfPregnancyForm(VersionedForm, BirthForm):
    """The birth of a dam with what the pregnancy tells filled in."""

    def __init__(self, *args: Any, pregnancy: Pregnancy, **kwargs: Any) -> None:
        self.pregnancy = pregnancy
        told: dict[str, Any] = {"opened_version": pregnancy.version, "on": _day_of_birth(pregnancy)}
        if pregnancy.sire:
            told["sire"] = pregnancy.sire.studbook_number
        kwargs["initial"] = {**told, **(kwargs.get("initial") or {})}
        super().__init__(*args, animal=pregnancy.dam, **kwargs)

    def _offer_mates(self, dam: Animal) -> None:
        if self.pregnancy.sire is None:
            super()._offer_mates(dam)
            return
        self.fields["sire"].help_text = f"{self.pregnancy.sire}, as the pregnancy says. {HOW}"


class TieForm(VersionedForm, AnimalEntryForm):
    """Which animals of the book are the litter."""

    FIRST = ("young",)
    on = note = None  # type: ignore[assignment]

    young = forms.ModelMultipleChoiceField(
        queryset=Animal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Young",
        error_messages={"required": "Choose the young that were born of this pregnancy."},
    )

    def __init__(self, *args: Any, offered: Iterable[Animal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [each.pk for each in offered]
        self.fields["young"].queryset = self.programme.animals.filter(pk__in=keys)  # type: ignore[attr-defined]
        self.fields["young"].label_from_instance = _born  # type: ignore[attr-defined]


class CorrectPregnancyForm(CorrectionForm):
    """When, how and by whom; whose pregnancy it is stays."""

    FIRST = ("on", "sire", "method", "note")

    on = DateIntervalField(label="Conceived", help_text=DAYS, error_messages={"required": "Say when."})
    sire = ParentField(role="sire", label="Sire", how=NO_SIRE_YET)
    method = forms.ChoiceField(choices=Pregnancy.Method.choices)
    note = note_field()

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sire"].programme = programme  # type: ignore[attr-defined]

    @staticmethod
    def opened(pregnancy: Pregnancy) -> dict[str, Any]:
        """Return what the form shows of a pregnancy."""
        sire = pregnancy.sire.studbook_number if pregnancy.sire else ""
        told = {"on": pregnancy.conceived, "sire": sire, "method": pregnancy.method, "note": pregnancy.note}
        return told | {"opened_version": pregnancy.version}


def _day_of_birth(pregnancy: Pregnancy) -> DateInterval:
    """Return today where young may be born today, else the days of the window that have come."""
    today, window = timezone.localdate(), pregnancy.window
    if window is None or window.earliest <= today <= window.latest or today < window.earliest:
        return DateInterval.exact(today)
    return window


def _born(animal: Any) -> str:
    return f"{animal}, born {animal.birth}"
