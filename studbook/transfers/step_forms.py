"""The form of each step of a transfer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from studbook.core.dates import DateInterval
from studbook.core.forms import VERSION_LOST, DateIntervalField, DayField, EntryForm, VersionedForm
from studbook.institutions.models import Institution
from studbook.transfers.forms import TERMS, note_field
from studbook.transfers.models import Transfer

LOCAL_ID = "local_id_"


class StepForm(VersionedForm, EntryForm):
    """A step taken for a side; who may act for one only is not asked for whom."""

    FIRST: ClassVar[tuple[str, ...]] = ("acting_for",)

    acting_for = forms.TypedChoiceField(label="For", coerce=int, required=False, empty_value=None)
    note = note_field("A word to the others")

    def __init__(
        self, *args: Any, transfer: Transfer, places: Sequence[Institution] = (), **kwargs: Any
    ) -> None:
        opened = {"opened_version": transfer.version, **self.standing(transfer)}
        kwargs["initial"] = opened | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.transfer = transfer
        field = self.fields["acting_for"]
        field.choices = [(each.pk, str(each)) for each in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = places[0].pk
        if not places:
            del self.fields["acting_for"]

    def standing(self, transfer: Transfer) -> dict[str, Any]:
        """Return what the transfer says already of the fields of this form."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Say it in the form, if its version was lost: the field itself is not shown."""
        if "opened_version" in self.errors:
            self.add_error(None, VERSION_LOST)
        return self.cleaned_data


class TermsForm(StepForm):
    FIRST = ("acting_for", "terms", "young")

    terms = forms.ChoiceField(choices=[("", "choose the terms"), *TERMS])
    young = forms.ChoiceField(label="Ownership of the young", choices=Transfer.Young.choices, required=False)
    young_note = forms.CharField(label="Note on the young", max_length=400, required=False)

    def standing(self, transfer: Transfer) -> dict[str, Any]:
        return {"terms": transfer.terms, "young": transfer.young, "young_note": transfer.young_note}


class ScheduleForm(StepForm):
    FIRST = ("acting_for", "planned_on")

    planned_on = DayField("Day of travel", required=True)
    crate = forms.CharField(max_length=160, required=False)
    vehicle = forms.CharField(max_length=160, required=False)
    escort = forms.CharField(max_length=160, required=False)

    def standing(self, transfer: Transfer) -> dict[str, Any]:
        return {name: getattr(transfer, name) for name in ("planned_on", "crate", "vehicle", "escort")}


class SendForm(StepForm):
    FIRST = ("acting_for", "on")

    on = DayField("Left on", required=True)

    def standing(self, transfer: Transfer) -> dict[str, Any]:
        return {"on": timezone.localdate()}


class ArriveForm(StepForm):
    """Asks for a local id of each animal that travels."""

    on = DateIntervalField(label="Arrived")
    condition = forms.CharField(label="Condition on arrival", max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._animals = {
            f"{LOCAL_ID}{line.animal.studbook_number}": line.animal
            for line in self.transfer.lines.all()
            if not line.left_out
        }
        for name, animal in self._animals.items():
            label = f"Local id of {animal} here"
            self.fields[name] = forms.CharField(label=label, max_length=30, required=False)

    def first_fields(self) -> list[forms.BoundField]:
        names = ("acting_for", "on", *self._animals, "condition")
        return [self[name] for name in names if name in self.fields]

    def more_fields(self) -> list[forms.BoundField]:
        return [self["note"]]

    def standing(self, transfer: Transfer) -> dict[str, Any]:
        return {"on": DateInterval.exact(timezone.localdate())}

    @property
    def deed_data(self) -> dict[str, Any]:
        """Give the local ids by animal."""
        data = super().deed_data
        ids = {animal.pk: data.pop(name) for name, animal in self._animals.items()}
        return data | {"local_ids": ids}


class ExitForm(StepForm):
    FIRST = ("acting_for", "exit_reason", "exit_note")

    exit_reason = forms.ChoiceField(label="Why", choices=[("", "choose"), *Transfer.ExitReason.choices])
    exit_note = note_field("In words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]


class CommentForm(StepForm):
    """A remark; it falls on nothing that could have changed, and so asks for no version."""

    FIRST = ("acting_for", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["opened_version"]
        self.fields["note"].label = "Comment"
        self.fields["note"].required = True

    @property
    def deed_data(self) -> dict[str, Any]:
        """Ask for no version."""
        return super().deed_data | {"opened_version": None}


FORMS: dict[str, type[StepForm]] = {
    "terms": TermsForm,
    "schedule": ScheduleForm,
    "send": SendForm,
    "arrive": ArriveForm,
    "refuse": ExitForm,
    "withdraw": ExitForm,
    "comment": CommentForm,
}


def step_form(key: str, *args: Any, transfer: Transfer, places: Sequence[Institution]) -> StepForm:
    """Return the form of a step; one that asks nothing of its own has the plain one."""
    return FORMS.get(key, StepForm)(*args, transfer=transfer, places=places)
