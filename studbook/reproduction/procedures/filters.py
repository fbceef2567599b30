"""How the list of procedures is narrowed, for the page and its files."""

from typing import Any

from django import forms

from studbook.core.forms import DayField
from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.reproduction.models import Procedure
from studbook.reproduction.models.procedure import ProcedureQuerySet
from studbook.reproduction.procedures.queries import in_any_role

STRUCK = "struck"
STATES = [("", "standing"), (STRUCK, "struck out")]


class ProcedureFilterForm(forms.Form):
    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)
    kind = forms.ChoiceField(choices=[("", "any kind"), *Procedure.Kind.choices], required=False)
    institution = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any institution"
    )
    after = DayField(
        "From",
        help_text="A procedure whose day is not known exactly is found where it may lie between the two. An animal is also "
        "found by its semen and its genes: as donor, sire or dam.",
    )
    before = DayField("Until")
    state = forms.ChoiceField(choices=STATES, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_of(programme).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("after"), values.get("before")
        if first and last and first > last:
            self.add_error("before", f"The end {last} comes before the start {first}. Swap the two.")
        return values

    def narrowed(self, procedures: ProcedureQuerySet) -> ProcedureQuerySet:
        """Return the procedures that fit; none where the filter cannot be read."""
        if not self.is_valid():
            return procedures.none()
        asked = self.cleaned_data
        if number := asked["animal"]:
            procedures = procedures.filter(in_any_role("__studbook_number__iexact", number))
        wanted = {
            "kind": asked["kind"],
            "institution": asked["institution"],
            "date_latest__gte": asked["after"],
            "date_earliest__lte": asked["before"],
        }
        procedures = procedures.filter(
            **{name: value for name, value in wanted.items() if value not in (None, "")}
        )
        return procedures.filter(struck_at__isnull=asked["state"] != STRUCK)
