"""The forms of a sample's own record: a new one, and one that is described better."""

from dataclasses import fields
from typing import Any, ClassVar

from django import forms

from studbook.core.forms import VersionedForm
from studbook.core.keys import key_of
from studbook.programmes.models import Programme
from studbook.reproduction.bank.fields import (
    AnimalNumberField,
    BankForm,
    part_of_tank,
    percent_field,
    storage_field,
    units_field,
    why_field,
)
from studbook.reproduction.bank.storing import Description, Storage
from studbook.reproduction.forms import note_field, on_field
from studbook.reproduction.models import Procedure, Sample

FROM_PROCEDURES = (
    Procedure.Kind.COLLECTION,
    Procedure.Kind.GAMETES,
    Procedure.Kind.EXAMINATION,
    Procedure.Kind.ANAESTHESIA,
)


class DescriptionForm(BankForm):
    """What is known of a sample and may be found out better later."""

    kind = forms.ChoiceField(choices=Sample.Kind.choices)
    on = on_field("Collected")
    label = forms.CharField(
        max_length=40,
        required=False,
        help_text="As it is on the straws. Empty: the next free one, as 12-20250601-A.",
    )
    unit = forms.ChoiceField(label="Kept in", choices=Sample.Unit.choices)
    per_dose = forms.IntegerField(label="How many make one insemination", min_value=1, max_value=1000)
    motile_percent = percent_field("Motile after thawing, %")
    million_per_unit = forms.DecimalField(
        label="Motile sperm in each, million", required=False, min_value=0, max_digits=9, decimal_places=2
    )
    quality = forms.CharField(
        label="Quality in words", max_length=160, required=False, help_text="What was seen before freezing."
    )
    medium = forms.CharField(label="Medium or extender", max_length=120, required=False)
    note = note_field()

    @property
    def deed_data(self) -> dict[str, Any]:
        """Give what is described as one."""
        data = super().deed_data
        told = {name: data.pop(name) for name in NAMES if name != "collected"}
        return data | {"description": Description(collected=data.pop("on"), **told)}


class StoreForm(DescriptionForm):
    """A sample put into the bank; from a procedure, most of it is filled in."""

    FIRST: ClassVar[tuple[str, ...]] = (
        *("donor", "kind", "on", "units", "unit", "institution"),
        *(*Sample.WITHIN, "owner", "account"),
    )

    donor = AnimalNumberField(
        label="Donor", help_text="Studbook number of the animal, dead or alive; of embryos, the dam."
    )
    units = units_field("How many are stored")
    institution = storage_field("Stored at")
    tank = part_of_tank("Tank")
    canister = part_of_tank("Canister")
    position = part_of_tank("Position")
    owner = storage_field("Owner")
    account = forms.ChoiceField(
        choices=Sample.Account.choices,
        help_text="National reserve: insurance that is not touched, and that only the coordinator takes out again. Savings: to bring genes back in the years to come. "
        "Checking: for today’s breeding.",
    )
    embryo_sire = AnimalNumberField(label="Sire, of embryos", required=False)
    procedure = forms.ModelChoiceField(
        label="From the procedure",
        queryset=Procedure.objects.none(),
        required=False,
        empty_label="none in the book",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        usual = {"kind": "semen", "unit": "straw", "per_dose": 1, "account": "savings"}
        kwargs["initial"] = usual | (kwargs.get("initial") or {})
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["procedure"].queryset = procedures_giving(programme)  # type: ignore[attr-defined]

    @property
    def deed_data(self) -> dict[str, Any]:
        """Give what is stored as one, and what is described of it."""
        data = super().deed_data
        return data | {
            "storage": Storage(**{each.name: data.pop(each.name) for each in fields(Storage)}),
        }


class EditForm(DescriptionForm, VersionedForm):
    """Asks why, always."""

    FIRST: ClassVar[tuple[str, ...]] = ("label", "kind", "on", "why")

    why = why_field("How you know", "It stays in the history of the sample.")

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        return data | {"reason": data.pop("why") or data["reason"]}


NAMES = tuple(each.name for each in fields(Description))


def procedures_giving(programme: Programme) -> Any:
    """Return the procedures of which a sample may come, the latest first."""
    found = Procedure.objects.standing().filter(programme=programme, kind__in=FROM_PROCEDURES)
    return found.select_related("animal")


def filled_in(programme: Programme, asked: Any) -> dict[str, Any]:
    """Return what a new sample's form begins with: what the address says, and what the procedure it names tells."""
    initial: dict[str, Any] = {
        name: asked[name]
        for name in ("donor", "institution", "owner", "account", "kind", "tank", "canister")
        if name in asked
    }
    key = key_of(str(asked.get("procedure", "")))
    giving = procedures_giving(programme).select_related("collection", "gametes")
    procedure = None if key is None else giving.filter(pk=key).first()
    return initial | (_from_procedure(procedure) if procedure else {})


def _from_procedure(procedure: Procedure) -> dict[str, Any]:
    told: dict[str, Any] = {
        "procedure": procedure.pk,
        "donor": procedure.animal.studbook_number,
        "on": procedure.date,
        "institution": procedure.institution_id,
        "owner": procedure.institution_id,
    }
    collection = getattr(procedure, "collection", None)
    if collection:
        told["kind"] = "epididymal" if collection.method == "epididymis" else "semen"
        told["quality"] = _quality(collection)
    gametes = getattr(procedure, "gametes", None)
    if gametes:
        told["kind"] = "embryos" if gametes.embryos else "oocytes"
        told["embryo_sire"] = gametes.sire.studbook_number if gametes.sire and gametes.embryos else ""
    return told


def _quality(collection: Any) -> str:
    words = (
        ("{} ml", collection.volume_ml),
        ("{} million a ml", collection.million_per_ml),
        ("{} % motile", collection.motile_percent),
        ("{} % of normal form", collection.normal_percent),
    )
    told = ", ".join(
        form.format(value.normalize().__format__("f")) for form, value in words if value is not None
    )
    return f"fresh: {told}" if told else ""
