"""The forms of permits and documents."""

from typing import Any, ClassVar

from django import forms

from studbook.core.file_kinds import WANTED
from studbook.core.forms import DayField, EntryForm, VersionedForm
from studbook.transfers.models import Document, Permit, Transfer
from studbook.transfers.papers import PERMIT_FIELDS


class PermitForm(EntryForm):
    FIRST: ClassVar[tuple[str, ...]] = ("kind", "state", "number")

    kind = forms.ChoiceField(label="Permit", choices=Permit.Kind.choices)
    state = forms.ChoiceField(label="It is", choices=Permit.State.choices)
    number = forms.CharField(max_length=60, required=False)
    applied_on = DayField("Applied on")
    granted_on = DayField("Granted on")
    expires_on = DayField("Expires on")
    document = forms.ModelChoiceField(
        queryset=Document.objects.none(), required=False, empty_label="none kept yet"
    )
    note = forms.CharField(max_length=400, required=False)

    def __init__(self, *args: Any, transfer: Transfer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = transfer.documents.standing()  # type: ignore[attr-defined]


class PermitChangeForm(PermitForm, VersionedForm):
    FIRST = ("kind", "state", "number", "applied_on", "granted_on", "expires_on", "document", "note")


def opened_permit(permit: Permit) -> dict[str, Any]:
    """Return what a form shows of a permit."""
    return {name: getattr(permit, name) for name in PERMIT_FIELDS} | {"opened_version": permit.version}


class DocumentForm(EntryForm):
    FIRST = ("file", "title", "kind", "permit")

    file = forms.FileField(
        help_text=WANTED,
        error_messages={"required": f"There is no file, or it was too large. {WANTED}", "empty": WANTED},
    )
    title = forms.CharField(
        max_length=160, required=False, help_text="What it is; else the name of the file."
    )
    kind = forms.ChoiceField(choices=Document.Kind.choices, initial=Document.Kind.OTHER, required=False)
    permit = forms.ModelChoiceField(
        label="Of the permit", queryset=Permit.objects.none(), required=False, empty_label="of none"
    )

    def __init__(self, *args: Any, transfer: Transfer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permit"].queryset = transfer.permits.all()  # type: ignore[attr-defined]

    @property
    def deed_data(self) -> dict[str, Any]:
        """Let a document without a kind be one of the other kind."""
        data = super().deed_data
        return data | {"kind": data["kind"] or Document.Kind.OTHER}
