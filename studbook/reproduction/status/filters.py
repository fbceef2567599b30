"""How the list of reproductive status is narrowed, for the page and its files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.reproduction.status.queries import USUAL_DAYS, StatusRow
from studbook.reproduction.status.standing import WORDS

BARRED, ANY, NONE, ENDING, PAST = "barred", "any", "none", "ending", "past"
MOST_DAYS = 3650
STATES = [
    ("", "every living animal"),
    (ANY, "something on record"),
    (BARRED, "cannot breed"),
    (ENDING, "contraception ends soon"),
    (PAST, "contraception past its end"),
    *((what, words) for what, words in WORDS.items()),
    (NONE, "nothing on record"),
]


class StatusFilterForm(forms.Form):
    state = forms.ChoiceField(choices=STATES, required=False)
    days = forms.IntegerField(label="Ends within (days)", min_value=1, max_value=MOST_DAYS, required=False)
    sex = forms.ChoiceField(choices=[("", "any sex"), *Animal.Sex.choices], required=False)
    institution = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any institution"
    )
    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_of(programme).order_by("name")  # type: ignore[attr-defined]

    def narrowed(self, rows: Sequence[StatusRow], on: date) -> list[StatusRow]:
        """Return the animals that fit on a day; none where the filter cannot be read."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        found = list(rows)
        if sex := wanted["sex"]:
            found = [each for each in found if each.animal.sex == sex]
        if place := wanted["institution"]:
            found = [each for each in found if each.holder == place]
        if number := wanted["animal"]:
            found = [each for each in found if each.animal.studbook_number.lower() == number.lower()]
        return self._in_state(found, wanted["state"], on)

    def _in_state(self, rows: list[StatusRow], state: str, on: date) -> list[StatusRow]:
        if state == ENDING or (not state and self.cleaned_data["days"]):
            days = self.cleaned_data["days"] or USUAL_DAYS
            return [each for each in rows if each.standing.ends_within(on, days)]
        if state == PAST:
            return [each for each in rows if each.standing.past_its_end(on)]
        if state == BARRED:
            return [each for each in rows if each.standing.bar]
        if state in (ANY, NONE):
            return [each for each in rows if bool(each.standing.states) == (state == ANY)]
        return [each for each in rows if each.standing.state(state)] if state else rows
