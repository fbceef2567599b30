"""How the list of samples is narrowed, for the page, its files and the sheet of labels."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.columns import ORDERS
from studbook.reproduction.models import Sample

LEFT, EMPTY, EVERY, STRUCK = "", "empty", "all", "struck"


class SampleFilterForm(forms.Form):
    """Narrows to what is left, unless it is asked for more."""

    label = forms.CharField(max_length=40, required=False)
    donor = forms.CharField(label="Donor’s number", max_length=20, required=False)
    kind = forms.ChoiceField(choices=[("", "any kind"), *Sample.Kind.choices], required=False)
    account = forms.ChoiceField(choices=[("", "any account"), *Sample.Account.choices], required=False)
    institution = forms.ModelChoiceField(
        label="Stored at", queryset=Institution.objects.none(), required=False, empty_label="anywhere"
    )
    owner = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any owner"
    )
    state = forms.ChoiceField(
        label="What is left",
        choices=[(LEFT, "something"), (EMPTY, "nothing"), (EVERY, "something or nothing"), (STRUCK, "struck out")],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, relation in (("institution", "samples_stored"), ("owner", "samples_owned")):
            found = Institution.objects.filter(**{f"{relation}__programme": programme})
            self.fields[name].queryset = found.distinct().order_by("name")  # type: ignore[attr-defined]

    def narrowed(self, samples: QuerySet[Sample]) -> QuerySet[Sample]:
        """Return the samples that fit; none where the filter cannot be read."""
        if not self.is_valid():
            return samples.none()
        wanted = self.cleaned_data
        fitting = {
            LEFT: Q(struck_at=None, units__gt=0),
            EMPTY: Q(struck_at=None, units=0),
            EVERY: Q(struck_at=None),
            STRUCK: Q(struck_at__isnull=False),
        }[wanted["state"]]
        if wanted["label"]:
            fitting &= Q(label__icontains=wanted["label"])
        if wanted["donor"]:
            fitting &= Q(donor__studbook_number__iexact=wanted["donor"])
        for name in ("kind", "account", "institution", "owner"):
            if wanted[name]:
                fitting &= Q(**{name: wanted[name]})
        return samples.filter(fitting)


def ordered(samples: QuerySet[Sample], order: str) -> QuerySet[Sample]:
    columns = ORDERS[order.removeprefix("-")]
    found = samples.order_by(*columns)
    return found.reverse() if order.startswith("-") else found
