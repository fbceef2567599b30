"""Which parent of an animal to try others for, and whom."""

import re
from typing import Any

from django import forms

from studbook.animals.models import Animal, ParentKind
from studbook.population.codes import SEX_OF_ROLE

ROLES = (("sire", "the sire"), ("dam", "the dam"))
ORDERS = ("gene_diversity", "inbreeding", "mean_kinship", "rank", "population_mean")
DEFAULT_ORDER = "-gene_diversity"
MOST_TYPED = 4
NO_ROLE = "A parent is a sire or a dam. Choose one of the two."
UNCERTAIN = (ParentKind.SEVERAL, ParentKind.UNKNOWN)


class ParentForm(forms.Form):
    """Which parent, and numbers to try beside those that the book suggests. One query where a number is typed."""

    role = forms.ChoiceField(
        label="Try others for", choices=ROLES, required=False, error_messages={"invalid_choice": NO_ROLE}
    )
    parent = forms.CharField(label="And these numbers", required=False, max_length=90, strip=True)
    order = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(sign + name, name) for name in ORDERS for sign in ("", "-")],
    )

    def __init__(self, *args: Any, animal: Animal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.animal = animal
        self.typed: list[Animal] = []

    def clean_role(self) -> str:
        return str(self.cleaned_data["role"] or _doubtful(self.animal))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words = (
            list(dict.fromkeys(re.split(r"[\s,;]+", cleaned.get("parent", ""))))
            if cleaned.get("parent")
            else []
        )
        if "role" in cleaned:
            self.typed = self._animals([word for word in words if word], cleaned["role"])
        return cleaned

    def _animals(self, numbers: list[str], role: str) -> list[Animal]:
        if len(numbers) > MOST_TYPED:
            self.add_error("parent", f"At most {MOST_TYPED} numbers can be tried at once. Leave some out.")
            return []
        animals = self.animal.programme.animals.filter(studbook_number__in=numbers) if numbers else ()
        found = {each.studbook_number: each for each in animals}
        return [animal for number in numbers if (animal := self._checked(number, found.get(number), role))]

    def _checked(self, number: str, animal: Animal | None, role: str) -> Animal | None:
        if animal is None:
            self.add_error("parent", f"No animal of this book has the number {number}. Check it.")
        elif animal == self.animal:
            self.add_error("parent", f"{animal} cannot be its own {role}. Choose another animal.")
        elif animal.sex not in (SEX_OF_ROLE[role], Animal.Sex.UNKNOWN):
            self.add_error(
                "parent",
                f"{animal} is recorded {animal.get_sex_display()}, so it cannot be a {role}. Choose another animal.",
            )
        else:
            return animal
        return None

    @property
    def role_chosen(self) -> str:
        return str(self.cleaned_data["role"]) if "role" in self.cleaned_data else _doubtful(self.animal)

    @property
    def sorting(self) -> str:
        return str(self.cleaned_data.get("order") or DEFAULT_ORDER)


def _doubtful(animal: Animal) -> str:
    return "dam" if animal.dam_kind in UNCERTAIN and animal.sire_kind not in UNCERTAIN else "sire"
