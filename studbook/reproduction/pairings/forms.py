"""The forms of pairs and matings. The fields people need each time come first; the rest is folded."""

from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.core.forms import DateIntervalField
from studbook.reproduction.forms import (
    WHEN,
    AnimalField,
    DatedForm,
    OpenedForm,
    RecordForm,
    because,
    initial_of,
    note_field,
    on_field,
)
from studbook.reproduction.models import Mating, Pairing

NO_SIRE = {"required": "Name the male by its studbook number."}
NO_DAM = {"required": "Name the female by its studbook number."}


def sire_field() -> AnimalField:
    return AnimalField(sex=Animal.Sex.MALE, empty="choose the male", label="Male", error_messages=NO_SIRE)


def dam_field() -> AnimalField:
    return AnimalField(
        sex=Animal.Sex.FEMALE, empty="choose the female", label="Female", error_messages=NO_DAM
    )


def end_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Why separated", choices=Pairing.End.choices, required=False)


def times_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="How often that day", min_value=1, max_value=200, required=False, help_text="If it was counted."
    )


def seen_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="How", choices=Mating.Seen.choices, initial=Mating.Seen.SEEN)


class PairingForm(DatedForm):
    FIRST = ("sire", "dam", "on")

    sire, dam = sire_field(), dam_field()
    on = on_field("Introduced")
    together = DateIntervalField(label="Together since", required=False, help_text="In one enclosure.")
    separated = DateIntervalField(label="Separated", required=False, help_text="Only of a pair that is over.")
    end = end_field()
    note = note_field()


class TogetherForm(OpenedForm, DatedForm):
    FIRST = ("on",)
    on = on_field("Together since")


class SeparateForm(OpenedForm, DatedForm):
    FIRST = ("on", "end", "note")
    on = on_field("Separated")
    end = end_field()
    note = note_field("How it went")


class CorrectPairingForm(OpenedForm, RecordForm):
    FIRST = ("introduced", "together", "separated", "end", "note", "reason")

    introduced = DateIntervalField(label="Introduced", help_text=WHEN)
    together = DateIntervalField(label="Together since", required=False)
    separated = DateIntervalField(label="Separated", required=False)
    end = end_field()
    note = note_field()
    reason = because()

    @staticmethod
    def opened(pairing: Pairing) -> dict[str, Any]:
        return initial_of(pairing, ("introduced", "together", "separated", "end", "note"))


class SeenForm(DatedForm):
    """A mating of a pair."""

    FIRST = ("on", "seen")

    seen, times, note = seen_field(), times_field(), note_field()


class MatingForm(DatedForm):
    """A mating of any two."""

    FIRST = ("sire", "dam", "on", "seen")

    sire, dam = sire_field(), dam_field()
    seen, times, note = seen_field(), times_field(), note_field()


class CorrectMatingForm(OpenedForm, RecordForm):
    FIRST = ("on", "seen", "times", "note", "reason")

    on = on_field()
    seen, times, note = seen_field(), times_field(), note_field()
    reason = because()

    @staticmethod
    def opened(mating: Mating) -> dict[str, Any]:
        return initial_of(mating, ("seen", "times", "note")) | {"on": mating.date}
