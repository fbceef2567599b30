"""The form of a round: what all animals share, then a row for each with what it has for itself."""

from copy import deepcopy
from typing import Any

from django import forms
from django.http import QueryDict

from studbook.accounts.models import User
from studbook.accounts.rights import Standing
from studbook.animals.many.actions import ManyRefusedError, ManyRow, log_many
from studbook.animals.many.choosing import MOST_ANIMALS
from studbook.animals.many.kinds import ManyKind
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.findings import Finding
from studbook.core.forms import VERSION_LOST, EntryForm, attempted
from studbook.programmes.models import Programme

ROWS = "rows"
NO_ROWS = "The form came without its animals. Choose them on the list, then open it anew."
VERSION_ERRORS = dict.fromkeys(("required", "invalid", "min_value"), VERSION_LOST)


class RowForm(forms.Form):
    """One animal of a round. `warnings` are what the rules say of it."""

    number = forms.CharField(max_length=20, widget=forms.HiddenInput)
    opened_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, error_messages=VERSION_ERRORS)

    def __init__(self, *args: Any, kind: ManyKind, animal: Animal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.kind, self.animal = kind, animal
        self.warnings: list[Finding] = []
        for name in kind.of_each:
            field = deepcopy(kind.form_class.base_fields[name])
            field.required = False
            field.widget.attrs.pop("autofocus", None)
            field.label = f"{field.label} of {animal}"
            self.fields[name] = field
        if not kind.of_each:
            label = f"{kind.label.capitalize()} of {animal}"
            self.fields["included"] = forms.BooleanField(label=label, required=False, initial=True)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("number", "opened_version")]

    @property
    def is_included(self) -> bool:
        """Tell whether something is said of this animal; a correction may also be the one that all share."""
        names = self.kind.of_each or ("included",)
        return not self.kind.is_log or any(self.cleaned_data.get(name) for name in names)

    def row(self) -> ManyRow:
        """Return what the deed is told of this animal."""
        told = {name: self.cleaned_data[name] for name in self.kind.of_each}
        return ManyRow(self.cleaned_data["number"], self.cleaned_data["opened_version"], told)


class Round:
    """The whole form: `shared` has the fields of all, `rows` one form for each animal."""

    def __init__(
        self,
        kind: ManyKind,
        data: QueryDict | None,
        animals: list[Animal],
        *,
        programme: Programme,
        standing: Standing,
        user: User,
    ) -> None:
        self.kind, self.programme, self.user = kind, programme, user
        self.shared: EntryForm = kind.form_class(data, programme=programme, standing=standing, user=user)
        for name in kind.of_each:
            del self.shared.fields[name]
        self.rows = [
            RowForm(data, prefix=f"row{place}", kind=kind, animal=animal, initial=_opened(kind, animal))
            for place, animal in enumerate(animals)
        ]

    @property
    def own_label(self) -> str:
        """What stands above the fields of the rows."""
        fields = self.kind.form_class.base_fields
        return ", ".join(str(fields[name].label) for name in self.kind.of_each) or "Included"

    def done(self) -> tuple[list[Any] | None, int]:
        """Do the deed: what was written and 200, or None and the status; what is wrong is told."""
        sound = [row.is_valid() for row in self.rows]
        if not all(sound):
            self.shared.is_valid()
            return None, 400
        done, status = attempted(self.shared, self._deed)
        for row in self.rows:
            number = row.animal.studbook_number
            row.warnings = [each for each in self.shared.warnings if number in each.animals]
        return done, status

    def _deed(self, **told: Any) -> list[Any]:
        rows = [row.row() for row in self.rows if row.is_included]
        try:
            return log_many(self.programme, self.kind, rows, by=self.user, **told)
        except ManyRefusedError as refusal:
            self._tell(refusal)
            raise

    def _tell(self, refusal: ManyRefusedError) -> None:
        for row in self.rows:
            told = refusal.refused.get(row.animal.studbook_number)
            if told:
                row.add_error(told.field if told.field in self.kind.of_each else None, told.sentence)
            # The person reads now what has changed, and may save once more.
            row.data = {**row.data, row.add_prefix("opened_version"): row.animal.version}


def numbers_sent(data: QueryDict) -> list[str]:
    """Return the numbers of the rows that a form has sent."""
    words = data.get(ROWS, "")
    if not (words.isascii() and words.isdigit() and 0 < int(words[:4]) <= MOST_ANIMALS):
        raise StudbookError(NO_ROWS)
    return [data.get(f"row{place}-number", "") for place in range(int(words[:4]))]


def _opened(kind: ManyKind, animal: Animal) -> dict[str, Any]:
    opened = {"number": animal.studbook_number, "opened_version": animal.version}
    return opened if kind.is_log else opened | {name: getattr(animal, name) for name in kind.of_each}
