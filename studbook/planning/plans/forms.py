"""The forms of a plan; what is enough, and what fits together, is the actions' to say."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from studbook.core.forms import DayField, VersionedForm
from studbook.institutions.models import Institution
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.planning.plans.capping import CODE as OF_CAPS
from studbook.planning.plans.judging import CODE
from studbook.planning.rules import OF_BARS
from studbook.planning.wording import (
    ABOVE_CAP,
    CAPS_HELP,
    IF_POSSIBLE_HELP,
    NOTES_HELP,
    ONLY_IF_POSSIBLE,
    PRIORITIES,
)
from studbook.population.models import Overlay
from studbook.programmes.models import Programme

DAYS_TO_REPLY = 30
LONGEST = 4000


def words_field(label: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=area, help_text=help_text)


class OverlaysField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PlanForm(forms.Form):
    title = forms.CharField(max_length=120, required=False, help_text="A few words, and the years it is for.")
    starts_on = DayField("From", required=True)
    ends_on = DayField(
        "To", required=True, help_text="A transfer that the plan proposes is to be done by then."
    )
    litters_wanted = forms.IntegerField(
        label="Litters wanted",
        min_value=0,
        max_value=999,
        required=False,
        help_text="In all, over these days.",
    )
    decided_by = words_field("Who decides", 2, "The people or the committee, and when they met.")
    summary = words_field("Summary", 6, "What the reader of the plan should know first.")
    assumptions = words_field("Assumptions", 3, "In words; what the overlays assume is listed by itself.")
    overlays = OverlaysField(
        queryset=Overlay.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The plan's numbers stand on these.",
    )

    def __init__(self, *args: Any, programme: Programme, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One that was archived since stays with the plan that stands on it.
        found = programme.overlays.filter(
            Q(archived_at=None) | Q(plans=plan) if plan else Q(archived_at=None)
        )
        self.fields["overlays"].queryset = found.distinct()  # type: ignore[attr-defined]

    @classmethod
    def initial_for(cls, programme: Programme) -> dict[str, Any]:
        """Return what a new plan starts from: the year to come."""
        year = programme.as_of.year + 1
        return {
            "title": f"Breeding plan {year}",
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
        }


class PlanEditForm(PlanForm, VersionedForm):
    @classmethod
    def initial_of(cls, plan: Plan) -> dict[str, Any]:
        names = ("title", "starts_on", "ends_on", "litters_wanted", "decided_by", "summary", "assumptions")
        said = {name: getattr(plan, name) for name in names}
        return {**said, "overlays": list(plan.overlays.all()), "opened_version": plan.version}


class SayingForm(forms.Form):
    """What the plan says of an animal."""

    disposition = forms.ChoiceField(choices=PlanAnimal.Disposition.choices)
    destination = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="stays where it is"
    )
    breeding = forms.ChoiceField(
        choices=PlanAnimal.Breeding.choices,
        required=False,
        help_text="BREED WITH and IF POSSIBLE follow from the pairs.",
    )
    priority = forms.TypedChoiceField(choices=PRIORITIES, coerce=int, initial=2)
    reason = words_field("Reason", 2, "Printed in the notes.")
    notes = words_field("Notes", 2, "As “not before June”, “both together”.")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Institution.objects.filter(participations__programme=programme)
        found = places.exclude(kind=Institution.Kind.WILD).order_by("name", "pk")
        self.fields["destination"].queryset = found  # type: ignore[attr-defined]


class AddingForm(SayingForm):
    """The same, of an animal that the plan does not name yet."""

    number = forms.CharField(label="Studbook number", max_length=20)
    field_order = ("number",)


class RowForm(SayingForm, VersionedForm):
    @classmethod
    def initial_of(cls, row: PlanAnimal) -> dict[str, Any]:
        names = ("disposition", "destination", "breeding", "priority", "reason", "notes")
        return {name: getattr(row, name) for name in names} | {"opened_version": row.version}


class PairForm(VersionedForm):
    """How a pair of a plan shall breed, and why."""

    method = forms.ChoiceField(choices=Recommendation.Method.choices)
    litters = forms.IntegerField(min_value=1, max_value=20, initial=1)
    priority = forms.TypedChoiceField(choices=PRIORITIES, coerce=int, initial=2)
    if_possible = forms.BooleanField(label=ONLY_IF_POSSIBLE, required=False, help_text=IF_POSSIBLE_HELP)
    reason = words_field("Reason", 4)
    notes = words_field("Notes", 2, NOTES_HELP)
    caps_reason = words_field(ABOVE_CAP, 2, CAPS_HELP)
    acknowledged = forms.BooleanField(
        label="Try them all the same",
        required=False,
        help_text="Asked where another way to breed is chosen and one of the two is not to breed: neutered, infertile, past "
        "breeding, or not for breeding.",
    )

    @property
    def deed_data(self) -> dict[str, Any]:
        return {**self.cleaned_data, "acknowledged": (OF_BARS,) if self.cleaned_data["acknowledged"] else ()}

    @classmethod
    def initial_of(cls, pair: Recommendation) -> dict[str, Any]:
        names = ("method", "litters", "priority", "if_possible", "reason", "notes", "caps_reason")
        return {name: getattr(pair, name) for name in names} | {"opened_version": pair.version}


class StepForm(VersionedForm):
    """A step that sends nothing out."""


class SendingForm(VersionedForm):
    """A step that freezes what was seen; warnings are ticked once they are read."""

    seen = forms.CharField(
        max_length=120,
        widget=forms.HiddenInput,
        error_messages={
            "required": "The form came without what was seen. Open the page anew, then send it once more."
        },
    )
    acknowledged = forms.BooleanField(label="I have read the warnings", required=False)

    @property
    def deed_data(self) -> dict[str, Any]:
        codes = (CODE, OF_CAPS) if self.cleaned_data["acknowledged"] else ()
        return {**self.cleaned_data, "acknowledged": codes}


def usual_day() -> date:
    return timezone.localdate() + timedelta(days=DAYS_TO_REPLY)


class CirculateForm(SendingForm):
    reply_by = DayField("Comments wanted by", required=True, initial=usual_day)
    note = words_field("Note", 2, "Kept with the version.")


class PublishForm(SendingForm):
    note = words_field("Note", 2, "Kept with the version.")


class ChangeForm(SendingForm):
    note = words_field(
        "What changed, and why",
        3,
        "Kept with the version. The institutions concerned read it in the e-mail that you send them once it is published, and on their page of answers.",
    )


class CloseForm(StepForm):
    note = words_field("Note", 2, "Kept with the last version.")


class DiscardForm(StepForm):
    reason = words_field("Why it will not be published", 2)
