"""How the list of pairs is narrowed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django import forms
from django.core.exceptions import ValidationError
from numpy.typing import NDArray

from studbook.institutions.models import Institution
from studbook.population.breeders import Breeder
from studbook.population.pairs import FounderLine, PairList, YoungShare
from studbook.population.suitability.judging import SIRES

ORDERS = {
    "rank": "rank",
    "suitability": "suitability",
    "delta_gd": "change in gene diversity",
    "f_offspring": "inbreeding of offspring",
    "mk_sire": "mean kinship of the sire",
    "mk_dam": "mean kinship of the dam",
    "mk_difference": "difference of mean kinships",
    "known": "known ancestry",
    "distance": "distance",
}
ROUNDING = 1e-9
OFTEN_USED = ("animal", "institution", "distance", "suitability")
SELDOM_USED = ("able", "age_from", "age_to", "inbreeding", "known", "region")
OF_LINEAGES = ("lineage", "carry", "share_from", "share")
FOUNDER = "founder-"
WORST = 6
BEHIND_ALL = 7.0
CARRY = {
    "": "to any share",
    "yes": "carry it",
    "no": "do not carry it",
    "cap": "stay within its cap",
}
NO_LINEAGE = "Choose the lineage or the founder that is meant, or leave its share open."
NOT_OFFERED = "That is no lineage of this programme, and no founder whose genes are in the living. Choose one of the list, or none."


def _line_key(value: str) -> int | str:
    """Return the key of a lineage, or the word for a founder as it stands."""
    return value if value.startswith(FOUNDER) else int(value)


class PairFilterForm(forms.Form):
    """Which pairs to show. Every field is optional; one that cannot be read is said so, and nothing is listed."""

    animal = forms.CharField(label="Animal’s number", required=False, max_length=20, strip=True)
    institution = forms.TypedChoiceField(label="One lives at", required=False, coerce=int, empty_value=None)
    region = forms.ChoiceField(label="Both live in", required=False)
    age_from = forms.FloatField(label="Both at least (years)", required=False, min_value=0, max_value=200)
    age_to = forms.FloatField(label="Both at most (years)", required=False, min_value=0, max_value=200)
    distance = forms.FloatField(label="At most apart (km)", required=False, min_value=0, max_value=20100)
    known = forms.FloatField(label="Known at least (%)", required=False, min_value=0, max_value=100)
    inbreeding = forms.FloatField(label="Offspring F at most", required=False, min_value=0, max_value=1)
    suitability = forms.TypedChoiceField(
        label="Index at most",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "any, dashes too"), *((index, str(index)) for index in range(1, WORST + 1))],
    )
    able = forms.ChoiceField(
        label="Can breed today",
        required=False,
        choices=[("", "both or not, marked"), ("yes", "both"), ("free", "both, and no contraception")],
    )
    lineage = forms.TypedChoiceField(
        label="Lineage or founder",
        required=False,
        coerce=_line_key,
        empty_value=None,
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    carry = forms.ChoiceField(label="Young", required=False, choices=list(CARRY.items()))
    share_from = forms.FloatField(label="Its share at least (%)", required=False, min_value=0, max_value=100)
    share = forms.FloatField(label="Its share at most (%)", required=False, min_value=0, max_value=100)
    order = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        breeders: dict[str, Breeder],
        lineages: Sequence[YoungShare] = (),
        founders: Sequence[FounderLine] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.breeders = breeders
        self.lineages = {each.lineage.pk: each.lineage for each in lineages}
        self.founders = {f"{FOUNDER}{each.animal.studbook_number}": each.animal for each in founders}
        self._choose("lineage", self._lines())
        self._choose("institution", _institution_choices(each.holder for each in breeders.values()))
        self._choose("region", [("", "any region"), *Institution.Region.choices[:-1]])
        self._choose("order", [(sign + name, words) for name, words in ORDERS.items() for sign in ("", "-")])
        for name in ("age_from", "age_to", "distance", "inbreeding", "known", "share_from", "share"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "step": "any"}

    def _lines(self) -> list[tuple[Any, Any]]:
        """Return the lineages and, under a heading of their own, the founders."""
        named = [(pk, lineage.name) for pk, lineage in self.lineages.items()]
        lone = [(key, str(animal)) for key, animal in self.founders.items()]
        return [("", "any"), *named, *([("Founders", lone)] if lone else [])]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_animal(self) -> str:
        number: str = self.cleaned_data["animal"]
        if number and number not in self.breeders:
            raise ValidationError(
                f"Animal {number} is not a living animal of known sex in this book. Check the studbook number."
            )
        return number

    def clean(self) -> dict[str, Any]:
        wanted = super().clean() or self.cleaned_data
        lineage, carry = wanted.get("lineage"), wanted.get("carry")
        asked = carry or any(wanted.get(name) is not None for name in ("share_from", "share"))
        if asked and lineage is None and "lineage" not in self.errors:
            self.add_error("lineage", NO_LINEAGE)
        if carry == "cap" and lineage in self.founders:
            self.add_error(
                "carry",
                f"{self.founders[lineage]} is a founder, and only lineages have caps. Give a share instead.",
            )
        elif carry == "cap" and lineage is not None and self.lineages[lineage].cap is None:
            self.add_error("carry", f"{self.lineages[lineage]} has no cap. Give a share, or set a cap first.")
        return wanted

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN_USED]

    def seldom_used(self) -> list[forms.BoundField]:
        return [self[name] for name in self._seldom_used]

    def seldom_used_open(self) -> bool:
        """Tell whether one of the folded fields narrows the list, and so must be seen."""
        return any(self.data.get(name) for name in self._seldom_used)

    @property
    def _seldom_used(self) -> tuple[str, ...]:
        # One that was asked for where none is offered is refused, and the refusal must be seen.
        offered = self.lineages or self.founders or any(self.data.get(name) for name in OF_LINEAGES)
        return (*SELDOM_USED, *OF_LINEAGES) if offered else SELDOM_USED

    @property
    def sorting(self) -> str:
        return str(self.cleaned_data.get("order") or "rank") if self.is_valid() else "rank"

    def narrowed(self, pairs: PairList) -> PairList:
        """Return the pairs that pass every filter, in the order asked for; none where the filter cannot be read."""
        if not self.is_valid():
            return pairs.kept(np.zeros(pairs.total, dtype=np.bool_))
        pairs = replace(pairs, asked=self._asked(pairs))
        for mask in self._masks(pairs):
            pairs = pairs.kept(mask)
        column = _column(pairs, self.sorting.lstrip("-"))
        return pairs.sorted_by(column, descending=self.sorting.startswith("-"))

    def _asked(self, pairs: PairList) -> YoungShare | None:
        key = self.cleaned_data["lineage"]
        if key in self.founders:
            return next(each.work_out() for each in pairs.founders if each.animal == self.founders[key])
        return next((each for each in pairs.lineages if each.lineage.pk == key), None)

    def _masks(self, pairs: PairList) -> Iterable[NDArray[np.bool_]]:
        wanted, places, table = self.cleaned_data, pairs.places, pairs.table
        sire, dam = table.sire, table.dam
        if wanted["animal"]:
            # One that an overlay leaves out lives in the book, and is in no pair.
            among = np.array([each == wanted["animal"] for each in pairs.population.ids], dtype=np.bool_)
            yield among[sire] | among[dam]
        if wanted["institution"] is not None:
            at = places.holder == wanted["institution"]
            yield at[sire] | at[dam]
        if wanted["region"]:
            within = places.region == wanted["region"]
            yield within[sire] & within[dam]
        if wanted["age_from"] is not None:
            yield np.minimum(places.age[sire], places.age[dam]) >= wanted["age_from"]
        if wanted["age_to"] is not None:
            # "At most 9 years" includes an animal that has not turned 10.
            yield np.maximum(places.age[sire], places.age[dam]) < wanted["age_to"] + 1
        if wanted["distance"] is not None:
            yield pairs.distance_km <= wanted["distance"]
        if wanted["known"] is not None:
            yield 100 * (1 - table.unknown_ancestry) >= wanted["known"] - ROUNDING
        if wanted["inbreeding"] is not None:
            yield table.f_offspring <= wanted["inbreeding"] + ROUNDING
        if wanted["suitability"] is not None and pairs.suitability:
            index = pairs.suitability.index
            yield (index > 0) & (index <= wanted["suitability"])
        if wanted["able"]:
            able = _able(pairs, without_contraception=wanted["able"] == "free")
            yield able[sire] & able[dam]
        if pairs.asked:
            yield from self._lineage_masks(pairs.asked)

    def _lineage_masks(self, young: YoungShare) -> Iterable[NDArray[np.bool_]]:
        carry, least, share = (self.cleaned_data[name] for name in ("carry", "share_from", "share"))
        if carry in ("yes", "no"):
            yield (young.share > ROUNDING) == (carry == "yes")
        if carry == "cap" and young.lineage.cap is not None:
            yield young.share <= young.lineage.cap + ROUNDING
        if least is not None:
            yield 100 * young.share >= least - ROUNDING
        if share is not None:
            yield 100 * young.share <= share + ROUNDING


def _able(pairs: PairList, *, without_contraception: bool) -> NDArray[np.bool_]:
    """Return over the population whom nothing on record keeps from breeding today."""
    kept_from = {
        number
        for number, each in pairs.breeders.items()
        if each.bar or (without_contraception and each.standing.contraception)
    }
    return np.array([number not in kept_from for number in pairs.population.ids], dtype=np.bool_)


def _column(pairs: PairList, name: str) -> NDArray[np.float64]:
    if name == "rank":
        return np.arange(pairs.total, dtype=np.float64)
    if name == "distance":
        return pairs.distance_km
    if name == "suitability":
        return by_index(pairs)
    if name == "known":
        return 1 - pairs.table.unknown_ancestry
    column: NDArray[np.float64] = getattr(pairs.table, name)
    return column


def by_index(pairs: PairList) -> NDArray[np.float64]:
    index = pairs.suitability.index if pairs.suitability else np.zeros(pairs.total, dtype=np.int8)
    return np.where(index > 0, index.astype(np.float64), BEHIND_ALL)


def _institution_choices(holders: Iterable[Institution | None]) -> list[tuple[Any, str]]:
    named = {holder.pk: holder.name for holder in holders if holder is not None}
    return [("", "any institution"), *sorted(named.items(), key=lambda pair: pair[1])]


class PairsForm(PairFilterForm):
    """The filters of the list of pairs, which may take its sires from the genome bank."""

    sires = forms.ChoiceField(label="Sires", required=False, choices=list(SIRES.items()))

    def often_used(self) -> list[forms.BoundField]:
        return [self["sires"], *super().often_used()]
