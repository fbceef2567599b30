"""The form of each step of a sample, with what the page says of it and the action that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone

from studbook.accounts.rights import Standing
from studbook.animals.entry.life_forms import PlaceField
from studbook.core.forms import DayField, VersionedForm
from studbook.institutions.models import Institution
from studbook.reproduction.bank import stepping
from studbook.reproduction.bank.fields import (
    BankForm,
    part_of_tank,
    percent_field,
    place_from,
    storage_field,
    units_field,
    why_field,
)
from studbook.reproduction.bank.rights import ReserveKeptError, is_kept_from
from studbook.reproduction.bank.rules import HOLDS_SPERM, TAKES_SAMPLES, is_of_use, procedures_using
from studbook.reproduction.models import Procedure, Sample
from studbook.reproduction.models.sample import MOST_UNITS


class SampleStepForm(BankForm):
    """A step taken on a day; `STATE` names what it begins with of the sample as it is."""

    STATE: ClassVar[tuple[str, ...]] = ()

    on = DayField("On", required=True)
    why = why_field("Note")

    def __init__(self, *args: Any, sample: Sample, standing: Standing, **kwargs: Any) -> None:
        initial = {name: getattr(sample, name) for name in self.STATE}
        kwargs["initial"] = initial | {"on": timezone.localdate(), "opened_version": sample.version}
        super().__init__(*args, programme=sample.programme, auto_id=f"{self.NAME}_%s", **kwargs)
        self.sample, self.kept = sample, is_kept_from(standing, sample)

    NAME: ClassVar[str] = "step"

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        acknowledged = data.pop("acknowledged")
        why = [data.pop(name).strip() for name in ("why", "reason")]
        data["reason"] = " ".join(each for each in why if each)
        return data | ({"acknowledged": acknowledged} if self.WARNED else {})

    WARNED: ClassVar[bool] = False


class MoveForm(SampleStepForm, VersionedForm):
    NAME, WARNED = "move", True
    FIRST = ("institution", *Sample.WITHIN, "on", "why")
    STATE = ("institution", *Sample.WITHIN)

    institution = storage_field("To")
    tank = part_of_tank("Tank")
    canister = part_of_tank("Canister")
    position = part_of_tank("Position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kept:
            field = cast(PlaceField, self.fields["institution"])
            field.queryset = Institution.objects.filter(pk=self.sample.institution_id)
            field.error_messages["invalid_choice"] = str(ReserveKeptError(self.sample))
            field.help_text = "Only the coordinator moves what is in the national reserve to another one."

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        return data | {"place": place_from(data)}


class SplitForm(SampleStepForm):
    NAME, WARNED = "split", True
    FIRST = ("units", "institution", *Sample.WITHIN, "label", "on", "why")
    STATE = ("institution",)

    units = units_field("How many go")
    institution = storage_field("To")
    tank = part_of_tank("Tank")
    canister = part_of_tank("Canister")
    position = part_of_tank("Position")
    label = forms.CharField(
        label="Label of the part",
        max_length=40,
        required=False,
        help_text="Empty: the next free one of this donor.",
    )

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        return data | {"place": place_from(data)}


class ThawForm(SampleStepForm):
    NAME = "thaw"
    FIRST = ("units", "motile_percent", "on", "why")

    units = units_field("How many are thawed")
    motile_percent = percent_field("Motile after thawing, %", "Stands as the sample’s quality from now on.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.sample.kind not in HOLDS_SPERM:
            del self.fields["motile_percent"]


class UseForm(SampleStepForm):
    NAME = "use"
    FIRST = ("procedure", "units", "why")

    procedure = forms.ModelChoiceField(
        label="In the procedure", queryset=Procedure.objects.none(), empty_label="choose the procedure"
    )
    units = units_field("How many are used")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        field = cast("forms.ModelChoiceField[Procedure]", self.fields["procedure"])
        standing = Procedure.objects.standing().filter(programme=self.programme, kind__in=TAKES_SAMPLES)
        field.queryset = standing.select_related("animal")
        # What does not fit is not offered; the action says why it does not.
        fitting = procedures_using(self.sample).select_related("animal")
        field.choices = [("", field.empty_label), *((each.pk, str(each)) for each in fitting)]


class DiscardForm(SampleStepForm):
    NAME = "discard"
    FIRST = ("units", "why", "on")

    units = units_field("How many are discarded")
    why = why_field("Why")


class CountForm(SampleStepForm, VersionedForm):
    NAME = "count"
    FIRST = ("counted", "on", "why")

    counted = forms.IntegerField(label="How many are there", min_value=0, max_value=MOST_UNITS)
    why = why_field("Why it differs, if it does")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kept:
            self.fields[
                "counted"
            ].help_text = "That fewer are left of the national reserve the coordinator writes down."


class AccountForm(SampleStepForm, VersionedForm):
    NAME, WARNED = "account", True
    FIRST = ("account", "why", "on")
    STATE = ("account",)

    account = forms.ChoiceField(choices=Sample.Account.choices)
    why = why_field("Why", "Needed for what leaves the national reserve.")


class OwnerForm(SampleStepForm, VersionedForm):
    NAME = "owner"
    FIRST = ("owner", "on", "why")
    STATE = ("owner",)

    owner = storage_field("To")


# Moving, too, but within its institution; and counting, but as many as are said to be there.
GIVES_OUT = frozenset({"split", "account", "owner", "discard"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the page offers it: what it is called, what is asked, who takes it, and what is said when it is done."""

    key: str
    label: str
    button: str
    done: str
    form: type[SampleStepForm]
    act: Callable[..., Sample]
    takes: bool = False

    def told(self, after: Sample, taken: int) -> str:
        """Say what was done, of how many units where the step takes some."""
        return self.done.format(
            label=after.label,
            taken=after.counted(taken),
            left=after.units_in_words,
            account=after.get_account_display(),
            owner=after.owner,
            place=after.place_in_words,
        )

    def offered(self, sample: Sample, standing: Standing) -> bool:
        """Tell whether the step can be taken at all of a sample as it is, by a person who may act on it."""
        if (self.takes and not sample.units) or (self.key == "use" and not is_of_use(sample)):
            return False
        if sample.account == Sample.Account.RESERVE and self.key in ("use", "thaw"):
            return False
        return not (self.key in GIVES_OUT and is_kept_from(standing, sample))


STEPS: dict[str, Step] = {
    each.key: each
    for each in (
        Step(
            "use", "Use in a procedure", "Use", "{label}: {taken} used, {left} left.", UseForm, stepping.use_sample,
            takes=True,
        ),
        Step(
            "thaw", "Thaw to test", "Thaw", "{label}: {taken} thawed, {left} left.", ThawForm, stepping.thaw_sample,
            takes=True,
        ),
        Step("move", "Move", "Move", "{label} is at {place} now: {left} left.", MoveForm, stepping.move_sample),
        Step(
            "split", "Move a part", "Move the part", "{label} is stored apart: {left}, at {place}.", SplitForm,
            stepping.split_sample, takes=True,
        ),
        Step("count", "Count", "Count", "{label} is counted: {left} left.", CountForm, stepping.count_sample),
        Step(
            "account", "Change the account", "Change", "{label} is in the account “{account}” now: {left} left.",
            AccountForm, stepping.change_account,
        ),
        Step(
            "owner", "Change the owner", "Change", "{label} belongs to {owner} now: {left} left.", OwnerForm,
            stepping.change_owner,
        ),
        Step(
            "discard", "Discard", "Discard", "{label}: {taken} discarded, {left} left.", DiscardForm,
            stepping.discard_sample, takes=True,
        ),
    )
}  # fmt: skip
