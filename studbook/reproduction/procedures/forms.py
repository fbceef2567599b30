"""The forms of procedures, one for each kind. What is told of a kind alone comes from the columns of its row."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from studbook.animals.entry.observation_forms import WeightField
from studbook.animals.entry.observation_values import amount_of
from studbook.animals.models import Animal
from studbook.core.forms import EntryForm
from studbook.reproduction.forms import AnimalField, DatedForm, OpenedForm, because, note_field
from studbook.reproduction.models import Procedure, Sample
from studbook.reproduction.models.sample import MOST_UNITS
from studbook.reproduction.procedures.agents import agent_fields, agents_in, agents_of, row_count
from studbook.reproduction.procedures.kinds import COMMON, KINDS, OF_FEMALES
from studbook.reproduction.procedures.queries import anaesthesias_of, collections_of, samples_to_use

LARGEST_COUNT = 10_000


def time_field(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))


class ProcedureForm(DatedForm):
    """What is asked of every procedure. `KIND` names it, `NAMED` the fields of it that are not made of its columns."""

    KIND: ClassVar[str] = ""
    NAMED: ClassVar[tuple[str, ...]] = ()
    FIRST: ClassVar[tuple[str, ...]] = ("on", "started", "ended")

    started, ended = time_field("Started"), time_field("Ended")
    place = forms.CharField(
        label="Where there", max_length=120, required=False, help_text="Clinic, den, enclosure."
    )
    team = forms.CharField(label="Who did it", max_length=400, required=False)
    under = forms.ModelChoiceField(
        label="Under the anaesthesia", queryset=Procedure.objects.none(), required=False, empty_label="none"
    )
    note = note_field()

    def __init__(self, *args: Any, animal: Animal, **kwargs: Any) -> None:
        self.animal = animal
        super().__init__(*args, **kwargs)
        kind = KINDS[self.KIND]
        if kind.model:
            made = forms.fields_for_model(kind.model, [each for each in kind.told if each not in self.NAMED])
            self.fields |= {name: _fitted(name, field) for name, field in made.items() if field}
            self.fields["note"] = self.fields.pop("note")
        if self.KIND == Procedure.Kind.ANAESTHESIA:
            del self.fields["under"]
        else:
            _choose(self.fields["under"], anaesthesias_of(animal))

    @property
    def deed_data(self) -> dict[str, Any]:
        """Give what is told of the kind alone by itself."""
        data, told = super().deed_data, KINDS[self.KIND].told
        return {name: value for name, value in data.items() if name not in told} | {
            "told": {name: data[name] for name in told if name in data}
        }

    @classmethod
    def opened(cls, procedure: Procedure) -> dict[str, Any]:
        """Return what a form shows of a procedure that is there."""
        kind = KINDS[cls.KIND]
        shown = {name: getattr(procedure, name) for name in COMMON}
        shown |= {"on": procedure.date, "opened_version": procedure.version}
        if kind.row:
            row = getattr(procedure, kind.row, None)
            shown |= {name: _shown(getattr(row, name, None)) for name in kind.told}
        return shown


class AnaesthesiaForm(ProcedureForm):
    KIND = "anaesthesia"
    FIRST = ("on", "started", "way", "lying_at", "reversed_at", "standing_at", "recovery")
    rows_template = "reproduction/procedures/_agents.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = row_count(self.data if self.is_bound else self.initial)
        self.fields |= agent_fields(self.rows)

    def agent_rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"agent-{row}-{name}"] for name in ("agent", "dose", "unit")] for row in range(self.rows)
        ]

    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in super().more_fields() if not field.name.startswith("agent-")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for row in range(self.rows):
            dosed = data.get(f"agent-{row}-dose") is not None or data.get(f"agent-{row}-unit")
            if dosed and not data.get(f"agent-{row}-agent"):
                self.add_error(f"agent-{row}-agent", "Name the agent that this dose is of.")
        return data

    @property
    def deed_data(self) -> dict[str, Any]:
        data = {name: value for name, value in super().deed_data.items() if not name.startswith("agent-")}
        return data | {"agents": list(agents_in(self.cleaned_data, self.rows))}

    @classmethod
    def opened(cls, procedure: Procedure) -> dict[str, Any]:
        return super().opened(procedure) | agents_of(
            procedure.anaesthesia.agents.all() if hasattr(procedure, "anaesthesia") else ()
        )


class CollectionForm(ProcedureForm):
    KIND = "collection"
    FIRST = ("on", "started", "method", "volume_ml", "million_per_ml", "motile_percent", "under")


class ExaminationForm(ProcedureForm):
    KIND = "examination"
    FIRST = ("on", "started", "method", "ovulation", "cysts", "pregnancy", "young", "findings", "under")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.animal.sex == Animal.Sex.MALE:
            # What was told or sent all the same stays to be seen, and is refused by its rule.
            for name in OF_FEMALES:
                if not (self.initial.get(name) or self.data.get(name)):
                    del self.fields[name]


class InseminationForm(ProcedureForm):
    """Asks whose semen it was; the donor follows from a collection or a sample, and may be named by himself."""

    KIND = "insemination"
    NAMED = ("donor", "collection")
    FIRST = ("on", "started", "donor", "collection", "sample", "units", "route", "chance_percent", "under")

    donor = AnimalField(
        sex=Animal.Sex.MALE,
        empty="whose the semen is",
        label="Donor",
        required=False,
        help_text="Follows from the collection or the sample, if it is left empty.",
    )
    collection = forms.ModelChoiceField(
        label="Fresh semen", queryset=Procedure.objects.none(), required=False, empty_label="of no collection"
    )
    sample = forms.ModelChoiceField(
        label="Banked sample", queryset=Sample.objects.none(), required=False, empty_label="of no sample"
    )
    units = forms.IntegerField(
        label="Units used",
        min_value=1,
        max_value=MOST_UNITS,
        required=False,
        help_text="Straws or vials; else one dose.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["collection"], collections_of(self.programme))
        if "sample" in self.fields:
            _choose(self.fields["sample"], samples_to_use(self.programme, self.standing), _stock)


class GametesForm(ProcedureForm):
    KIND = "gametes"
    NAMED = ("sire", "dam")
    FIRST = ("on", "started", "what", "oocytes", "matured", "fertilised", "embryos", "under")

    sire = AnimalField(sex=Animal.Sex.MALE, empty="none", label="Sire", required=False)
    dam = AnimalField(sex=Animal.Sex.FEMALE, empty="none", label="Dam", required=False)


class WeighingForm(ProcedureForm):
    KIND = "weighing"
    FIRST = ("weight", "on", "started", "under")

    weight = WeightField(label="Weight", help_text="In kg unless you write g.")

    @classmethod
    def opened(cls, procedure: Procedure) -> dict[str, Any]:
        weight = amount_of(procedure.weight) if procedure.weight else None
        return super().opened(procedure) | {"weight": str(weight or "")}


FORMS: dict[str, type[ProcedureForm]] = {
    form.KIND: form
    for form in (
        AnaesthesiaForm,
        CollectionForm,
        ExaminationForm,
        InseminationForm,
        GametesForm,
        WeighingForm,
    )
}
# The units that were taken are lines of the sample's ledger, which stand as they are.
NOT_CORRECTED = ("sample", "units")


def correcting_form(kind: str) -> type[EntryForm]:
    """Return the form that corrects a procedure of this kind: all its fields open, its version, and a reason."""
    form_class = FORMS[kind]
    fields: dict[str, Any] = dict.fromkeys(name for name in NOT_CORRECTED if name in form_class.base_fields)
    names = [name for name in form_class.FIRST if name not in NOT_CORRECTED]
    return type(
        f"Correct{form_class.__name__}",
        (OpenedForm, form_class),
        {**fields, "reason": because(), "FIRST": (*names, "reason"), "BESIDE": (*EntryForm.BESIDE,)},
    )


def _fitted(name: str, field: forms.Field) -> forms.Field:
    """Return a field made of a column, as people fill it in."""
    if field.label:
        field.label = str(field.label)[:1].upper() + str(field.label)[1:]
    if isinstance(field, forms.TimeField):
        field.widget = forms.TimeInput(attrs={"type": "time"})
    if isinstance(field.widget, forms.Textarea):
        return note_field(str(field.label))
    if name.endswith("_percent"):
        field.validators.append(MaxValueValidator(100))
    if isinstance(field, forms.NullBooleanField):
        field.widget = forms.NullBooleanSelect()
        field.widget.choices = [("unknown", "not told"), ("true", "yes"), ("false", "no")]
    if isinstance(field, forms.DecimalField):
        field.widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"})
        field.validators.append(MinValueValidator(0))
    elif isinstance(field, forms.IntegerField):
        field.validators.append(MaxValueValidator(LARGEST_COUNT))
    return field


def _choose(field: forms.Field, found: Iterable[Any], label: Any = None) -> None:
    field.queryset = found  # type: ignore[attr-defined]
    if label:
        field.label_from_instance = label  # type: ignore[attr-defined]


def _stock(sample: Sample) -> str:
    return f"{sample.label} of {sample.donor}, {sample.units_in_words} left"


def _shown(value: Any) -> Any:
    return value.studbook_number if isinstance(value, Animal) else value
