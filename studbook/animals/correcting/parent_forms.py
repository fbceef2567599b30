"""The form of both parents, written as people write them: a studbook number, wild, unknown, or several with their shares."""

from decimal import Decimal
from typing import Any

from django import forms

from studbook.animals.correcting.forms import CorrectionForm
from studbook.animals.correcting.parents import ROLES, choice_of
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import HOW_OUTSIDE, ParentField
from studbook.programmes.models import Programme


class ParentsForm(CorrectionForm):
    """Both parents. `looked` holds the parents whose consequences the person has seen."""

    FIRST = ROLES

    sire = ParentField(role="sire", how=HOW_OUTSIDE, required=True)
    dam = ParentField(role="dam", how=HOW_OUTSIDE, required=True)
    looked = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            self.fields[role].programme = programme  # type: ignore[attr-defined]  # a ParentField

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        del data["looked"]
        return data

    @property
    def written(self) -> str:
        """What was written of both, to know it again."""
        return " | ".join(" ".join(str(self.data.get(role, "")).split()) for role in ROLES)


def parent_text(animal: Animal, role: str) -> str:
    """Return a parent as a person would write it into the form; one query where it is one of several."""
    choice = choice_of(animal, role)
    if choice.kind == ParentKind.SEVERAL:
        return ", ".join(f"{each.studbook_number}: {_percent(share)} %" for each, share in choice.candidates)
    return choice.animal.studbook_number if choice.animal else str(choice.kind)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"
