"""How the mean-kinship lists are narrowed and ordered."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms

from studbook.institutions.models import Institution
from studbook.population.genetics.means import MeanRow

ORDERS = {
    "mean_kinship": "mean kinship",
    "known_mean_kinship": "mean kinship, known genes only",
    "kinship_value": "kinship value",
    "reproductive_value": "reproductive value",
    "inbreeding": "inbreeding",
    "uniqueness": "genome uniqueness",
    "known": "known ancestry",
    "age": "age",
    "offspring": "offspring",
    "holder": "holder",
    "number": "studbook number",
}
DEFAULT_ORDER = "mean_kinship"
BRED = (("", "all"), ("proven", "with offspring"), ("unproven", "without offspring"))
ROUNDING = 1e-9
OFTEN_USED = ("institution", "bred", "order")
SELDOM_USED = ("region", "country", "age_from", "age_to", "known", "excluded")
NARROWING = ("institution", "bred", *SELDOM_USED)


class MeanFilterForm(forms.Form):
    """Which living animals to list. Every field is optional; one that cannot be read is said so, and nothing is listed."""

    institution = forms.TypedChoiceField(label="Lives at", required=False, coerce=int, empty_value=None)
    bred = forms.ChoiceField(label="Proven breeders", required=False, choices=BRED)
    order = forms.ChoiceField(label="Order by", required=False)
    region = forms.ChoiceField(label="Region of the holder", required=False)
    country = forms.ChoiceField(label="Country of the holder", required=False)
    age_from = forms.FloatField(label="At least (years)", required=False, min_value=0, max_value=200)
    age_to = forms.FloatField(label="At most (years)", required=False, min_value=0, max_value=200)
    known = forms.FloatField(label="Known at least (%)", required=False, min_value=0, max_value=100)
    excluded = forms.BooleanField(label="List the excluded too", required=False)

    def __init__(self, *args: Any, rows: Sequence[MeanRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        holders = [row.holder for row in rows if row.holder is not None]
        self._choose("institution", _named("any institution", ((each.pk, each.name) for each in holders)))
        self._choose("region", [("", "any region"), *Institution.Region.choices[:-1]])
        self._choose("country", _named("any country", ((each.country, each.country) for each in holders)))
        self._choose(
            "order", [*ORDERS.items(), *((f"-{name}", f"{words}, falling") for name, words in ORDERS.items())]
        )
        for name in ("age_from", "age_to", "known"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "step": "any"}

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN_USED]

    def seldom_used(self) -> list[forms.BoundField]:
        return [self[name] for name in SELDOM_USED]

    def seldom_used_open(self) -> bool:
        """Tell whether one of the folded fields narrows the list, and so must be seen."""
        return any(self.data.get(name) for name in SELDOM_USED)

    @property
    def sorting(self) -> str:
        return str(self.cleaned_data.get("order") or DEFAULT_ORDER) if self.is_valid() else DEFAULT_ORDER

    @property
    def narrows(self) -> bool:
        return any(self.data.get(name) for name in NARROWING)

    def narrowed(self) -> list[MeanRow]:
        """Return the rows that pass every filter, in the order asked for; none where the filter cannot be read."""
        if not self.is_valid():
            return []
        passing = [row for row in self.rows if all(self._passes(row))]
        return _ordered(passing, self.sorting)

    def _passes(self, row: MeanRow) -> Iterator[bool]:
        wanted, holder = self.cleaned_data, row.holder
        yield wanted["excluded"] or not row.excluded
        if wanted["institution"] is not None:
            yield holder is not None and holder.pk == wanted["institution"]
        if wanted["region"]:
            yield holder is not None and holder.region == wanted["region"]
        if wanted["country"]:
            yield holder is not None and holder.country == wanted["country"]
        if wanted["bred"]:
            yield bool(row.offspring) == (wanted["bred"] == "proven")
        if wanted["age_from"] is not None:
            yield row.age is not None and row.age >= wanted["age_from"]
        if wanted["age_to"] is not None:
            # "At most 9 years" includes an animal that has not turned 10.
            yield row.age is not None and row.age < wanted["age_to"] + 1
        if wanted["known"] is not None:
            yield row.known is not None and 100 * row.known >= wanted["known"] - ROUNDING


def _ordered(rows: Iterable[MeanRow], order: str) -> list[MeanRow]:
    """Sort by a column; animals without an answer there come last whichever way it is turned."""
    name = order.removeprefix("-")
    answered = [(_value(row, name), row) for row in rows]
    have = [pair for pair in answered if pair[0] is not None]
    have.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [row for _, row in have] + [row for value, row in answered if value is None]


def _value(row: MeanRow, name: str) -> Any:
    if name == "holder":
        return row.holder.name if row.holder else None
    if name == "number":
        return row.animal.number_order, row.number
    return getattr(row, name)


def _named(anything: str, pairs: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    return [("", anything), *sorted({pair for pair in pairs if pair[1]}, key=lambda pair: pair[1])]
