"""How a person writes a parent: a studbook number, wild, unknown, or several numbers with their shares."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from studbook.animals.correcting.forms import CorrectionForm
from studbook.animals.correcting.parents import ROLES, ParentChoice, choice_of
from studbook.animals.models import Animal, ParentKind
from studbook.programmes.models import Programme

HELP = "A studbook number, wild, or unknown. Several possible ones with their shares: 12: 60 %, 15: 40 %"
WORDS = {"wild": ParentKind.WILD, "unknown": ParentKind.UNKNOWN, "unk": ParentKind.UNKNOWN}
MOST_CANDIDATES = 20
PLACES = Decimal("0.000000001")


class ParentsForm(CorrectionForm):
    """Both parents. `looked` holds the parents whose consequences the person has seen."""

    FIRST = ROLES

    sire = forms.CharField(max_length=400, help_text=HELP)
    dam = forms.CharField(max_length=400, help_text=HELP)
    looked = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        del data["looked"]
        return data

    @property
    def written(self) -> str:
        """What was written of both, to know it again."""
        return " | ".join(" ".join(str(self.data.get(role, "")).split()) for role in ROLES)

    def clean_sire(self) -> ParentChoice:
        return self._choice("sire")

    def clean_dam(self) -> ParentChoice:
        return self._choice("dam")

    def _choice(self, role: str) -> ParentChoice:
        words = str(self.cleaned_data[role]).strip()
        if kind := WORDS.get(words.casefold()):
            return ParentChoice(kind)
        told = [each.split() for each in re.split(r"[,;\n]+", words.replace(":", " ")) if each.strip()]
        if len(told) == 1 and len(told[0]) == 1:
            return ParentChoice(ParentKind.KNOWN, tuple(self._animals(role, [told[0][0]])))
        if not 2 <= len(told) <= MOST_CANDIDATES:
            raise forms.ValidationError(
                f"“{words}” names no {role}. Write a studbook number, wild, unknown, or 2 to {MOST_CANDIDATES} possible ones "
                "with commas between.",
                code="B16",
            )
        numbers = [each[0] for each in told]
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError(f"“{words}” names one animal twice. Name each once.", code="B15")
        shares = _shares(role, told)
        return ParentChoice(ParentKind.SEVERAL, tuple(self._animals(role, numbers)), shares)

    def _animals(self, role: str, numbers: list[str]) -> list[Animal]:
        found = {
            each.studbook_number: each for each in self.programme.animals.filter(studbook_number__in=numbers)
        }
        for number in numbers:
            if number not in found:
                raise forms.ValidationError(
                    f"The {role} {number} is not in this book. Correct the number, or add that animal first.",
                    code="B16",
                )
        return [found[number] for number in numbers]


def parent_text(animal: Animal, role: str) -> str:
    """Return a parent as a person would write it into the form; one query where it is one of several."""
    choice = choice_of(animal, role)
    if choice.kind == ParentKind.SEVERAL:
        return ", ".join(f"{each.studbook_number} {_percent(share)}" for each, share in choice.candidates)
    return choice.animal.studbook_number if choice.animal else str(choice.kind)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _shares(role: str, told: list[list[str]]) -> tuple[Decimal, ...]:
    if all(len(each) == 1 for each in told):
        given = [Decimal(1)] * len(told)
    else:
        given = [_share(role, each) for each in told]
        if abs(sum(given, Decimal(0)) - 100) > Decimal("0.0000001"):
            raise forms.ValidationError(
                f"The shares of the possible {role}s add up to {sum(given)}. Make them add up to 100, or leave all of them out.",
                code="B15",
            )
    whole = sum(given, Decimal(0))
    shares = [(each / whole).quantize(PLACES) for each in given]
    # What rounding leaves over goes to the last, so that the shares add to one exactly.
    return (*shares[:-1], 1 - sum(shares[:-1], Decimal(0)))


def _share(role: str, told: list[str]) -> Decimal:
    words = " ".join(told[1:]).removesuffix("%").strip()
    try:
        share = Decimal(words)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 < share <= 100:
        raise forms.ValidationError(
            f"“{' '.join(told)}” does not say how likely {told[0]} is the {role}. Write a share above 0 and up to 100 after "
            "each number, or none at all.",
            code="B15",
        )
    return share
