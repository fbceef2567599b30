"""Whom the order of banking asks about, and which of its rows are shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.bank.next import Asked, NextRow

SEXES = (
    (Animal.Sex.MALE, "males: semen"),
    (Animal.Sex.FEMALE, "females: oocytes"),
    ("both", "both sexes"),
)
YEARS = [(number, "1 year" if number == 1 else f"{number} years") for number in range(1, 6)]
MOST_DOSES = 500


class NextForm(forms.Form):
    """What is asked. Every field is optional; one that cannot be read is said so, and nothing is listed."""

    sex = forms.ChoiceField(label="Of", required=False, choices=SEXES)
    years = forms.TypedChoiceField(
        label="Within", required=False, coerce=int, empty_value=None, choices=YEARS
    )
    enough = forms.IntegerField(
        label="Enough is (doses, or oocytes)", required=False, min_value=1, max_value=MOST_DOSES
    )
    institution = forms.TypedChoiceField(label="Lives at", required=False, coerce=int, empty_value=None)
    region = forms.ChoiceField(label="Region of the holder", required=False)
    young = forms.BooleanField(label="Also those too young", required=False)

    def __init__(self, *args: Any, holders: Iterable[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted({(each.pk, each.name) for each in holders}, key=lambda pair: pair[1])
        self._choose("institution", [("", "any institution"), *named])
        self._choose("region", [("", "any region"), *Institution.Region.choices[:-1]])

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def asked(self) -> Asked:
        """What the order is made for; only of a form that could be read."""
        wanted = self.cleaned_data
        sex = wanted["sex"] or Animal.Sex.MALE
        return Asked(
            "" if sex == "both" else sex, wanted["years"] or 1, wanted["enough"] or 1, wanted["young"]
        )

    def narrowed(self, rows: Sequence[NextRow]) -> list[NextRow]:
        """Return the rows of the institution or region asked for; places stay those of all."""
        place, region = self.cleaned_data["institution"], self.cleaned_data["region"]
        return [
            row
            for row in rows
            if (place is None or (row.holder is not None and row.holder.pk == place))
            and (not region or (row.holder is not None and row.holder.region == region))
        ]
