"""The forms of a basket: its name, and one for each way to add a step. Animals are found by the action."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from studbook.animals.models import Animal
from studbook.core.forms import VersionedForm
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.rules import MOST_YOUNG
from studbook.population.models import Basket, BasketStep
from studbook.population.models.basket import LONGEST_LABEL
from studbook.population.overlays.assumption_forms import AnimalField

LONGEST_NAME, LONGEST_NOTE = 80, 2000
MOST_KIN = 20
NEW = ""
KINSHIP_LINE = (
    "Write a line for each relative: its studbook number, a colon, the kinship from 0 to 1, as 832: 0.25."
)


class BasketForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, required=False)
    note = forms.CharField(
        label="Note",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What is tried, and why. It can be empty.",
    )


class BasketEditForm(BasketForm, VersionedForm):
    pass


class CopyForm(forms.Form):
    name = forms.CharField(label="Name of the copy", max_length=LONGEST_NAME, required=False)


class StepForm(VersionedForm):
    """What every kind of step asks for; `kind` is that of the step it makes."""

    group = "step"

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        options.setdefault("auto_id", f"{self.group}_%s")
        super().__init__(*args, **options)
        self.kind = kind

    def draft(self) -> StepDraft:
        own = {name: value for name, value in self.cleaned_data.items() if name != "opened_version"}
        return StepDraft(self.kind, **own)

    @property
    def deed_data(self) -> dict[str, Any]:
        return {"drafts": [self.draft()], "opened_version": self.cleaned_data["opened_version"]}


def young_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Young",
        min_value=1,
        max_value=MOST_YOUNG,
        initial=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Give 1 to {MOST_YOUNG} young."
        ),
    )


class LitterForm(StepForm):
    group = "litter"
    sire = AnimalField(label="Sire", offer="sires")
    dam = AnimalField(label="Dam", offer="dams")
    litter = young_field()


class ImportForm(StepForm):
    group = "import"
    sex = forms.ChoiceField(choices=Animal.Sex.choices)
    label = forms.CharField(
        max_length=LONGEST_LABEL,
        required=False,
        help_text="Stands in the place of a studbook number; chosen for you if left empty.",
    )
    kinships = forms.CharField(
        label="Kinships",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Empty: unrelated to all. Else a line each, as 832: 0.25.",
    )

    def clean_kinships(self) -> tuple[tuple[str, float], ...]:
        lines = [line for line in self.cleaned_data["kinships"].splitlines() if line.strip()]
        if len(lines) > MOST_KIN:
            raise ValidationError(f"{len(lines)} relatives are given. Give {MOST_KIN} at most.")
        return tuple(_kinship(line) for line in lines)


class AboutForm(StepForm):
    group = "about"
    animal = AnimalField(label="Animal", offer="everybody")


FORMS: dict[str, type[StepForm]] = {
    BasketStep.Kind.LITTER: LitterForm,
    BasketStep.Kind.IMPORT: ImportForm,
    BasketStep.Kind.DEATH: AboutForm,
    BasketStep.Kind.EXCLUSION: AboutForm,
    BasketStep.Kind.INCLUSION: AboutForm,
}


class IntoBasketForm(forms.Form):
    """Which basket something goes into: one that stands, or a new one of a name."""

    basket = forms.TypedChoiceField(label="Basket", required=False, coerce=int, empty_value=None)
    name = forms.CharField(label="Name of a new basket", max_length=LONGEST_NAME, required=False)

    def __init__(self, *args: Any, baskets: Sequence[Basket], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["basket"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*((each.pk, each.name) for each in baskets), (NEW, "a new basket")]
        self.baskets = {each.pk: each for each in baskets}

    @property
    def target(self) -> Basket | None:
        """The basket chosen; None for a new one."""
        return self.baskets.get(self.cleaned_data["basket"])


class PairForm(IntoBasketForm):
    """A litter of one pair into a basket, from the page of the pair."""

    field_order = ("litter", "basket", "name")
    sire = forms.CharField(max_length=80, widget=forms.HiddenInput)
    dam = forms.CharField(max_length=80, widget=forms.HiddenInput)
    litter = young_field()

    @property
    def deed_data(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("sire", "dam", "litter")}
        drafts = [StepDraft(BasketStep.Kind.LITTER, **own)]
        return {"target": self.target, "name": self.cleaned_data["name"], "drafts": drafts}


def _kinship(line: str) -> tuple[str, float]:
    who, colon, words = line.rpartition(":")
    try:
        value = float(words.replace(",", "."))
    except ValueError:
        raise ValidationError(KINSHIP_LINE) from None
    # Written so that NaN is refused too.
    if not (colon and who.strip() and 0 <= value <= 1):
        raise ValidationError(KINSHIP_LINE)
    return who.strip(), value
