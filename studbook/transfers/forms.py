"""The forms that begin a transfer, for the pages and the API."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from studbook.animals.models import Event
from studbook.core.forms import DateIntervalField, DayField, EntryForm
from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.transfers.machine import NOT_SENT, OPEN
from studbook.transfers.models import Transfer

TERMS = [each for each in Event.Terms.choices if each[0]]


def note_field(label: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=2000, required=False, widget=area)


class NumbersField(forms.CharField):
    """Several studbook numbers, with spaces or commas between them."""

    def clean(self, value: Any) -> list[str]:
        return str(super().clean(value)).replace(",", " ").split()


class InstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """An institution of the programme that can hold animals; the API may name it by its mnemonic."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value and not value.isdecimal():
            found = self.queryset.filter(mnemonic=value[:20]).first()  # type: ignore[union-attr]
            return found or super().to_python(value)
        return super().to_python(value)


class BeginningForm(EntryForm):
    """What every transfer begins with: which animals, where to."""

    animals = NumbersField(
        label="Animals",
        max_length=400,
        help_text="Studbook numbers, several with spaces between them; all from one zoo.",
        error_messages={"required": "Name at least one animal by its studbook number."},
    )
    to = InstitutionField(label="To", queryset=Institution.objects.none(), empty_label="choose the receiver")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        places = institutions_of(programme).exclude(kind=Institution.Kind.WILD).order_by("name")
        self.fields["to"].queryset = places  # type: ignore[attr-defined]


class ProposeForm(BeginningForm):
    """A proposal; a loan return may leave the receiver out."""

    FIRST = ("animals", "to", "terms", "note")

    terms = forms.ChoiceField(choices=[("", "not yet stated"), *TERMS], required=False)
    note = note_field("Why")
    answer_by = DayField("Answer wanted by")
    young = forms.ChoiceField(label="Ownership of the young", choices=Transfer.Young.choices, required=False)
    young_note = forms.CharField(label="Note on the young", max_length=400, required=False)
    lapses_on = DayField("To be done by", help_text="If it has not been sent by then, it lapses.")
    counterpart = forms.ModelChoiceField(
        label="In exchange for",
        queryset=Transfer.objects.none(),
        required=False,
        empty_label="no other transfer",
    )
    replaces = forms.ModelChoiceField(
        queryset=Transfer.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].required = False
        self.fields["to"].help_text = "May stay empty for a loan return: home is the owner."
        mine = Transfer.objects.filter(programme=self.programme).select_related("sender", "receiver")
        self.fields["counterpart"].queryset = _exchangeable(mine)  # type: ignore[attr-defined]
        self.fields["counterpart"].label_from_instance = _way_of  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = mine.filter(state__in=NOT_SENT)  # type: ignore[attr-defined]


class RecordForm(BeginningForm):
    """A transfer that is over, for the registrar of the holder and the coordinator."""

    FIRST = ("animals", "to", "on", "terms")

    on = DateIntervalField(label="Arrived", help_text="2019-05-03, May 2019, about 2019, before 2001.")
    terms = forms.ChoiceField(choices=Event.Terms.choices, required=False)
    local_id = forms.CharField(label="Local id at the receiver", max_length=30, required=False)
    note = note_field("Note")


def _exchangeable(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    return transfers.filter(Q(counterpart=None) & Q(state__in=OPEN)).order_by("pk")


def _way_of(transfer: Transfer) -> str:
    return f"{transfer}: {transfer.sender} to {transfer.receiver}"
