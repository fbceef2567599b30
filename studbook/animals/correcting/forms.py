"""The forms of corrections. Each asks why, and says what to do when somebody else changed the record meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from studbook.animals.correcting.events import FACTS as EVENT_FACTS
from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StaleRecordError
from studbook.core.forms import VERSION_LOST, DateIntervalField, EntryForm, attempted
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

Done = TypeVar("Done")
WHY = "How you know: a letter, a test, the zoo's card. It stays in the history."


class ReasonedForm(EntryForm):
    """Asks why; what is enough as a reason is the action's to say."""

    BESIDE = (*EntryForm.BESIDE, "take_mine", "opened_deed", "other_version", "looked")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale: StaleRecordError | None = None
        self.fields["reason"] = forms.CharField(
            label="Why",
            max_length=2000,
            required=False,
            help_text=WHY,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class CorrectionForm(ReasonedForm):
    """Names the version the person saw. After a refusal, `take_mine` names the newer one they saw since."""

    opened_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), VERSION_LOST),
    )
    take_mine = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given; a person who saw the newer values wrote onto those."""
        data = super().deed_data
        data["opened_version"] = data.pop("take_mine") or data["opened_version"]
        return data


class CorrectAnimalForm(CorrectionForm):
    FIRST = ("house_name", "sex", "birth", "birth_type", "rearing", "note")

    house_name = forms.CharField(max_length=80, required=False)
    sex = forms.ChoiceField(choices=Animal.Sex.choices)
    birth = DateIntervalField(
        label="Date of birth", required=False, help_text="2019-05-03, May 2019, about 2019, before 2001"
    )
    birth_type = forms.ChoiceField(choices=Animal.BirthType.choices)
    rearing = forms.ChoiceField(choices=Animal.Rearing.choices)
    note = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectEventForm(CorrectionForm):
    """Has the fields that an event of its kind has."""

    FIRST = (
        "date",
        "institution",
        "from_institution",
        "terms",
        "direction",
        "local_id",
        "cause",
        "necropsy",
        "note",
    )

    date = DateIntervalField(
        required=False, help_text="2019-05-03, May 2019, about 2019, between 2019-01-01 and 2019-03-15"
    )
    institution = forms.ModelChoiceField(Institution.objects.none(), required=False, to_field_name="mnemonic")
    from_institution = forms.ModelChoiceField(
        Institution.objects.none(), required=False, label="Sent by", to_field_name="mnemonic"
    )
    terms = forms.ChoiceField(choices=Event.Terms.choices, required=False)
    direction = forms.ChoiceField(choices=Event.Direction.choices, label="What it did", required=False)
    local_id = forms.CharField(max_length=30, required=False, label="Local id there")
    cause = forms.CharField(max_length=160, required=False, label="Cause of death")
    necropsy = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    note = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, event: Event, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {*self.FIRST} - {"date", "note", *EVENT_FACTS[event.kind]}:
            del self.fields[name]
        offer_places(self, programme, event.institution_id, event.from_institution_id)

    def clean_direction(self) -> str:
        return str(self.cleaned_data["direction"] or Event.Direction.NONE)


class CorrectObservationForm(CorrectionForm):
    """Has what an observation of its kind has: a period only a contraception, a figure only what is measured."""

    FIRST = (
        *("date", "until", "expected_return", "what", "product"),
        *("quantity", "unit", "institution", "note"),
    )
    MEASURED = (Observation.Kind.WEIGHT, Observation.Kind.MEASUREMENT)

    date = DateIntervalField(required=False, help_text="2019-05-03, May 2019, about 2019")
    until = DateIntervalField(required=False, label="Until")
    expected_return = DateIntervalField(required=False, label="Fertile again, as expected")
    what = forms.CharField(max_length=60, required=False, label="What")
    product = forms.CharField(max_length=80, required=False)
    quantity = forms.DecimalField(max_digits=12, decimal_places=4, min_value=0, required=False)
    unit = forms.CharField(max_length=12, required=False)
    institution = forms.ModelChoiceField(
        Institution.objects.none(), required=False, label="Where", to_field_name="mnemonic"
    )
    note = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, observation: Observation, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = observation.kind
        if kind != Observation.Kind.CONTRACEPTION:
            del self.fields["product"], self.fields["expected_return"]
            if observation.until is None and observation.what != Observation.ReproductiveStatus.NOT_BREEDING:
                del self.fields["until"]
        if kind not in self.MEASURED and observation.quantity is None:
            del self.fields["quantity"], self.fields["unit"]
        if kind in (Observation.Kind.NOTE, Observation.Kind.PHOTO) and not observation.what:
            del self.fields["what"]
        self._offer_words(kind, observation.what)
        offer_places(self, programme, observation.institution_id)

    def _offer_words(self, kind: str, standing: str) -> None:
        closed = {
            Observation.Kind.SEX: Animal.Sex.choices,
            Observation.Kind.REARING: Animal.Rearing.choices,
            Observation.Kind.CONTRACEPTION: Observation.Contraception.choices,
            Observation.Kind.REPRODUCTION: Observation.ReproductiveStatus.choices,
        }.get(kind)  # type: ignore[call-overload]  # a stored kind is one of the closed list
        if closed and "what" in self.fields:
            words = dict(closed) | ({standing: standing} if standing not in dict(closed) else {})
            self.fields["what"] = forms.ChoiceField(choices=list(words.items()), label="What", required=False)


class ReturnForm(ReasonedForm):
    """Returns an animal to an earlier state; `opened_deed` is the newest deed the person saw."""

    FIRST = ()
    opened_deed = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), VERSION_LOST),
    )


def initial_of(record: Animal | Event | Observation, form: type[CorrectionForm]) -> dict[str, Any]:
    """Return what a form shows of a record when it is opened, with its version; places by their short names."""
    opened: dict[str, Any] = {"opened_version": record.version}
    for name in form.FIRST:
        value = getattr(record, name, None)
        opened[name] = getattr(value, "mnemonic", value)
    return opened


def offer_places(form: forms.Form, programme: Programme, *standing: int | None) -> None:
    """Offer the programme's institutions, and those that stand in the record already."""
    taking_part = Institution.objects.filter(participations__programme=programme)
    places = taking_part | Institution.objects.filter(pk__in=[key for key in standing if key])
    for name in ("institution", "from_institution"):
        if name in form.fields:
            form.fields[name].queryset = places.distinct()  # type: ignore[attr-defined]


def corrected(form: ReasonedForm, deed: Callable[..., Done]) -> int:
    """Do a correction with what the form holds and return the status; the form keeps a refusal as stale."""

    def noting_staleness(**columns: Any) -> Done:
        try:
            return deed(**columns)
        except StaleRecordError as stale:
            form.stale = stale
            raise

    return attempted(form, noting_staleness)[1]
