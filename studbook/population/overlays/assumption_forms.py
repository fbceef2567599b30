"""One form for each kind of assumption. A form cleans to a draft; the action finds the animals that it names."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from studbook.animals.models import Animal, ParentCandidate
from studbook.core.forms import VersionedForm
from studbook.population.models import Assumption
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft

MOST_CANDIDATES = 8
A_NUMBER = "Studbook number."


class AnimalField(forms.CharField):
    """An animal as people write it; the page offers the numbers of the book."""

    def __init__(
        self, *, label: str | None = None, help_text: str = "", initial: str = "", offer: str = "animals"
    ) -> None:
        attributes = {"list": offer, "autocomplete": "off", "autocapitalize": "none"}
        widget = forms.TextInput(attrs=attributes)
        super().__init__(
            max_length=80, required=False, label=label, help_text=help_text, initial=initial, widget=widget
        )


class ShareField(forms.CharField):
    """A probability, as 0.6 or 60 %; None where nothing is written."""

    def __init__(self) -> None:
        super().__init__(
            max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
        )

    def clean(self, value: Any) -> Decimal | None:
        words = super().clean(value).replace(",", ".").strip()
        if not words:
            return None
        try:
            share = Decimal(words.removesuffix("%").strip())
        except InvalidOperation:
            raise ValidationError("Write a probability as 0.6 or 60 %.") from None
        share = share / 100 if words.endswith("%") else share
        if not share.is_finite() or not 0 < share <= 1:
            raise ValidationError("A probability lies above 0 and is at most 1. Write 0.6 or 60 %.")
        return share.quantize(Decimal("1e-9"))


class AssumptionForm(VersionedForm):
    """What every kind asks for. `opened_by` names the fields that an address may fill in beforehand."""

    kind: str
    title = ""
    about = ""
    opened_by: tuple[str, ...] = ("animal",)

    reason = forms.CharField(
        label="Why it is assumed", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("animal", "other", "label", "role", "sex", "sire", "dam", "kinship")

    def draft(self) -> AssumptionDraft:
        own = {
            name: self.cleaned_data[name]
            for name in ("animal", "other", "label", "role", "sex", "kinship")
            if name in self.cleaned_data
        }
        return AssumptionDraft(self.kind, self.cleaned_data["reason"], parents=self.parents(), **own)

    def parents(self) -> tuple[tuple[str, tuple[ParentDraft, ...]], ...]:
        return ()

    def plain(self) -> list[forms.BoundField]:
        """The fields that stand one under the other."""
        return [
            field
            for field in self.visible_fields()
            if field.name != "reason" and not field.name.startswith(("parent_", "share_"))
        ]


class ParentForm(AssumptionForm):
    kind = Assumption.Kind.PARENT
    title = "A parent"
    about = "Another sire or dam than the book has: one, one of several, wild, or unknown."
    opened_by = ("animal", "role")

    animal = AnimalField(label="Animal", help_text=A_NUMBER)
    role = forms.ChoiceField(label="Whose parent is assumed", choices=ParentCandidate.Role.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(1, MOST_CANDIDATES + 1):
            self.fields[f"parent_{place}"] = AnimalField(label=f"Parent {place}", offer="parents")
            self.fields[f"share_{place}"] = ShareField()
            self.fields[f"share_{place}"].label = f"Probability {place}"

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The possible parents with their probabilities."""
        for place in range(1, MOST_CANDIDATES + 1):
            yield self[f"parent_{place}"], self[f"share_{place}"]

    @property
    def several_open(self) -> bool:
        """Whether more than the first parent is filled in, or marked as wrong."""
        return any(parent.value() or share.value() or share.errors for parent, share in list(self.rows())[1:])

    def clean(self) -> None:
        for place in range(1, MOST_CANDIDATES + 1):
            if self.cleaned_data.get(f"share_{place}") and not self.cleaned_data.get(f"parent_{place}"):
                self.add_error(
                    f"share_{place}", "Name the parent that has this probability, or empty the field."
                )

    def parents(self) -> tuple[tuple[str, tuple[ParentDraft, ...]], ...]:
        values = self.cleaned_data
        named = (
            ParentDraft(values[f"parent_{place}"], values[f"share_{place}"])
            for place in range(1, MOST_CANDIDATES + 1)
            if values[f"parent_{place}"]
        )
        return ((values["role"], tuple(named)),)


class HypotheticalForm(AssumptionForm):
    kind = Assumption.Kind.HYPOTHETICAL
    title = "A hypothetical animal"
    about = (
        "An animal that is not in the book, as a wild sire nobody caught; others can then descend from it."
    )
    opened_by = ()

    label = forms.CharField(
        max_length=20, required=False, help_text="Stands in the place of a studbook number."
    )
    sex = forms.ChoiceField(choices=Animal.Sex.choices)
    sire = AnimalField(initial="wild", offer="parents", help_text="Studbook number, wild, or unknown.")
    dam = AnimalField(initial="wild", offer="parents", help_text="Studbook number, wild, or unknown.")

    def parents(self) -> tuple[tuple[str, tuple[ParentDraft, ...]], ...]:
        return tuple((role, _one(self.cleaned_data[role])) for role in ParentCandidate.Role.values)


class RelatedForm(AssumptionForm):
    kind = Assumption.Kind.RELATED
    title = "Kin among founders"
    about = "Two founders that are kin, or one that is inbred; the book takes founders as unrelated."
    opened_by = ("animal", "other")

    animal = AnimalField(label="Founder", help_text=A_NUMBER)
    other = AnimalField(label="Other founder", help_text="The same one again, for a founder that is inbred.")
    kinship = forms.FloatField(
        min_value=0,
        max_value=1,
        help_text="0.25 for full sibs or parent and young, 0.125 for half sibs. Of one with itself: (1 + F) / 2.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Write the kinship as a number from 0 to 1, as 0.25.",
        ),
    )


class TwinsForm(AssumptionForm):
    kind = Assumption.Kind.TWINS
    title = "Identical twins"
    about = "Two animals of the same parents that came from one egg and share one genome."
    opened_by = ("animal", "other")

    animal = AnimalField(label="Twin", help_text=A_NUMBER)
    other = AnimalField(label="Other twin", help_text=A_NUMBER)


class SexForm(AssumptionForm):
    kind = Assumption.Kind.SEX
    title = "A sex"
    about = "Another sex than the book has."

    animal = AnimalField(label="Animal", help_text=A_NUMBER)
    sex = forms.ChoiceField(label="Assumed sex", choices=Animal.Sex.choices)


class ExcludedForm(AssumptionForm):
    kind = Assumption.Kind.EXCLUDED
    title = "An animal left out"
    about = (
        "A living animal that will not breed: it leaves the lists and the averages, and stays an ancestor."
    )

    animal = AnimalField(label="Animal", help_text=A_NUMBER)


FORMS: dict[str, type[AssumptionForm]] = {
    form.kind: form for form in (ParentForm, HypotheticalForm, RelatedForm, TwinsForm, SexForm, ExcludedForm)
}


def _one(words: str) -> tuple[ParentDraft, ...]:
    return (ParentDraft(words),) if words else ()
