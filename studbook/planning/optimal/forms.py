"""The form of a question: what is wanted first, the limits folded by subject."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final

from django import forms

from studbook.core.forms import VersionedForm
from studbook.planning.optimal.chances import chances_told
from studbook.planning.optimal.lines import MOST_LITTERS, NamedField, PairsField
from studbook.planning.optimal.question import BANK, MOVES, WITHOUT_REGION, Question
from studbook.population.models import Overlay

FIRST: Final = ("name", "litters", "young", "per_male", "per_female", "inbreeding_limit")
FOLDS: Final = {
    "Institutions, lineages and regions": ("spaces", "adult_pairs", "lineage_caps", "barred_regions"),
    "Transfers": ("moves_to", "moves_most", "km_most", "price"),
    "Pairs that must or must not be": ("keep_chosen", "required", "forbidden"),
    "Ages and single animals": (
        "male_first",
        "male_last",
        "female_first",
        "female_last",
        "per_pair",
        "named",
    ),
    "The genome bank": ("bank",),
    "What the answer rests on": ("use_chance", "at_most", "overlays"),
}
CROSSED = "The last age is below the first. Swap the two."
BETWEEN = "|"
MOST_WANTED: Final = 200


def _count(
    label: str, most: int, *, least: int = 0, required: bool = False, help_text: str = ""
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _number(label: str, most: float, help_text: str = "") -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class QuestionForm(forms.Form):
    """An empty number sets no limit."""

    name = forms.CharField(max_length=80, required=False, help_text="What is asked, in a few words.")
    litters = _count(
        "Litters wanted", MOST_WANTED, least=1, required=True, help_text="In all, within the plan."
    )
    young = _count("Young in a litter", 20, least=1, required=True, help_text="Counted for each litter.")
    per_male = _count("Litters of a male, at most", MOST_LITTERS, help_text="Empty: no limit.")
    per_female = _count("Litters of a female, at most", MOST_LITTERS, help_text="Empty: no limit.")
    inbreeding_limit = _number("F of young below", 1, "As the programme has it; empty: no limit.")
    spaces = forms.BooleanField(label="Keep within the institutions’ spaces", required=False)
    adult_pairs = forms.BooleanField(label="Keep within their breeding pairs", required=False)
    lineage_caps = forms.BooleanField(label="Keep the caps on lineages", required=False)
    barred_regions = forms.MultipleChoiceField(
        label="Regions that cannot exchange animals",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    moves_to = forms.ChoiceField(
        label="Who moves",
        choices=list(MOVES.items()),
        help_text="Of a pair that lives apart. Where that place has no room and the other has, the other way round.",
    )
    moves_most = _count("Transfers, at most", 200, help_text="Empty: no limit.")
    km_most = _number("Kilometres in all, at most", 10_000_000, "Empty: no limit.")
    price = _number(
        "1,000 km must be worth",
        1,
        "Gene diversity that a way of 1,000 km must win, such as 0.0001; empty: distance costs nothing.",
    )
    keep_chosen = forms.BooleanField(label="Keep the pairs chosen already", required=False)
    required = PairsField(
        label="Pairs that must be", placeholder="853 × 832", help_text="A pair a line, the male first."
    )
    forbidden = PairsField(
        label="Pairs that must not be", placeholder="853 × 832", help_text="A pair a line, the male first."
    )
    male_first = _number("Males from (years)", 200)
    male_last = _count("Males to (years)", 200, help_text="This year of life included.")
    female_first = _number("Females from (years)", 200)
    female_last = _count("Females to (years)", 200, help_text="This year of life included.")
    per_pair = _count("Litters of a pair, at most", MOST_LITTERS, least=1, required=True)
    named = NamedField(
        label="Litters of single animals, at most",
        placeholder="853: 2",
        help_text="A line each: studbook number, colon, litters. Counts instead of the number for all.",
    )
    bank = forms.ChoiceField(
        label="Use the genome bank",
        required=False,
        choices=list(BANK.items()),
        help_text="Males whose semen is in store, dead or outside the ages, as sires of as many litters as doses are left.",
    )
    use_chance = forms.BooleanField(label="Weigh each pair by its chance of young", required=False)
    at_most = forms.BooleanField(label="Fewer litters will do where the limits allow no more", required=False)
    overlays = forms.TypedMultipleChoiceField(
        label="Overlays",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Assumptions beside the book that the numbers rest on.",
    )

    def __init__(
        self, *args: Any, regions: Iterable[str], overlays: Sequence[Overlay], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pairs = combinations(sorted({region or WITHOUT_REGION for region in regions}), 2)
        self._choose("barred_regions", [(BETWEEN.join(two), " and ".join(two)) for two in pairs])
        self._choose("overlays", [(overlay.pk, str(overlay)) for overlay in overlays])
        if not chances_told():
            del self.fields["use_chance"]

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if choices and isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for sex in ("male", "female"):
            first, last = cleaned.get(f"{sex}_first"), cleaned.get(f"{sex}_last")
            if first is not None and last is not None and last + 1 <= first:
                self.add_error(f"{sex}_last", CROSSED)
        return cleaned

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given."""
        told = {name: value for name, value in self.cleaned_data.items() if name in Question.__slots__}
        told["price"] = told["price"] or 0.0
        told["overlays"] = tuple(told.get("overlays", ()))
        told["barred_regions"] = tuple(
            (one, other)
            for one, _, other in (each.partition(BETWEEN) for each in told.get("barred_regions", ()))
        )
        return {"name": self.cleaned_data["name"], "question": Question(**told)}

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    def folds(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Return the folded parts: title, fields, and whether one of them is refused and so must be seen."""
        return [
            (title, fields, any(field.errors for field in fields))
            for title, names in FOLDS.items()
            if (fields := [self[name] for name in names if name in self.fields])
        ]


class QuestionEditForm(QuestionForm, VersionedForm):
    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given."""
        return super().deed_data | {"opened_version": self.cleaned_data["opened_version"]}


def opened(question: Question) -> dict[str, Any]:
    """Return the initial values of the form for a question."""
    told: dict[str, Any] = {name: getattr(question, name) for name in Question.__slots__}
    told["barred_regions"] = [BETWEEN.join(two) for two in question.barred_regions]
    told["overlays"] = list(question.overlays)
    told["price"] = question.price or None
    return told
