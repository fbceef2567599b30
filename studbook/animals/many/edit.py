"""Columns of several animals corrected at once. The sex is not among them: it is determined animal by animal."""

from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.forms import EntryForm
from studbook.programmes.changes import Trail, columns_of, save_unless_stale

AS_IT_IS = [("", "as it is")]
LONGEST_NOTE = 20_000


class EditManyForm(EntryForm):
    """What is left empty stays as it is; the reason is asked of every correction."""

    FIRST = ("house_name", "rearing", "birth_type", "add_note", "why")

    house_name = forms.CharField(label="House name", max_length=80, required=False)
    rearing = forms.ChoiceField(label="Reared", choices=[*AS_IT_IS, *Animal.Rearing.choices], required=False)
    birth_type = forms.ChoiceField(
        label="Born", choices=[*AS_IT_IS, *Animal.BirthType.choices], required=False
    )
    add_note = forms.CharField(
        label="Add to the notes", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    why = forms.CharField(
        label="Why it is corrected",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is corrected: a letter, a list of the zoo, a slip."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name in ("programme", "standing", "user"):
            kwargs.pop(name, None)
        super().__init__(*args, **kwargs)

    @property
    def deed_data(self) -> dict[str, Any]:
        """Why it is corrected is the reason of the deed, with what is said about its warnings."""
        data = super().deed_data
        data["reason"] = " ".join(filter(None, [data.pop("why"), data["reason"]]))
        return data


def write_edit(
    trail: Trail,
    animal: Animal,
    *,
    house_name: str | None = None,
    rearing: str = "",
    birth_type: str = "",
    add_note: str = "",
    provisional: bool,
) -> None:
    """Correct one of the animals; nothing is written of one that is as it is said to be already."""
    before = columns_of(animal)
    told = {"house_name": house_name, "rearing": rearing or None, "birth_type": birth_type or None}
    told["note"] = "\n".join(filter(None, [animal.note, add_note])) if add_note else None
    for name, value in told.items():
        if value is not None:
            setattr(animal, name, value)
    _refuse_long_note(animal)
    if columns_of(animal) != before:
        save_unless_stale(animal, opened_version=animal.version, fields=list(told))
        trail.changed(animal, before)


def _refuse_long_note(animal: Animal) -> None:
    if len(animal.note) > LONGEST_NOTE:
        raise StudbookError(
            f"The note of {animal} would be longer than {LONGEST_NOTE} characters. Shorten it."
        )
