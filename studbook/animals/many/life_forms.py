"""What is asked where one event ends the stay of several animals: a fire, an epidemic, a release of sibs."""

from django import forms

from studbook.animals.entry.base_forms import AnimalEntryForm


class DeathsForm(AnimalEntryForm):
    FIRST = ("on", "cause")
    cause = forms.CharField(label="Cause", max_length=160, required=False)


class ReleasesForm(AnimalEntryForm):
    FIRST = ("on", "note")
