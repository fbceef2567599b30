"""What the forms of reproduction have in common."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from studbook.accounts.rights import HELD, Right, Standing
from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval
from studbook.core.forms import VERSION_LOST, DateIntervalField, EntryForm, VersionedForm
from studbook.programmes.models import Programme

WHEN = "2019-05-03, May 2019, about 2019, before 2001."
MOST_OFFERED = 400


def note_field(label: str = "Note") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def on_field(label: str = "When") -> DateIntervalField:
    return DateIntervalField(label=label, help_text=WHEN, error_messages={"required": "Say when."})


class AnimalField(forms.CharField):
    """An animal of the book by its number. The list offers the living, by institution; any other number counts too."""

    programme: Programme

    def __init__(self, *, sex: str, empty: str, **kwargs: Any) -> None:
        self.sex, self.empty = sex, empty
        super().__init__(max_length=20, widget=forms.Select, **kwargs)

    def offer(self, programme: Programme, standing: Standing, *more: str) -> None:
        """List the animals of this sex at the person's institutions, or all where the right is everywhere; one query."""
        self.programme = programme
        stays = Holding.objects.open().filter(
            animal__programme=programme, animal__status=Animal.Status.LIVING, animal__sex=self.sex
        )
        if Right.LOG not in standing:
            stays = stays.filter(institution__in=standing.institutions(Right.LOG, HELD))
        found = stays.select_related("institution", "animal")
        ordered = found.order_by("institution__name", "institution", "animal__number_order", "animal")
        groups: dict[str, list[tuple[str, str]]] = {}
        for stay in ordered[:MOST_OFFERED]:
            groups.setdefault(stay.institution.name, []).append(
                (stay.animal.studbook_number, str(stay.animal))
            )
        listed = {number for pairs in groups.values() for number, _ in pairs}
        others = [(each, each) for each in dict.fromkeys(more) if each and each not in listed]
        self.widget.choices = [("", self.empty), *groups.items(), *others]

    def clean(self, value: Any) -> Animal | None:
        number = super().clean(value)
        if not number:
            return None
        found = self.programme.animals.filter(studbook_number=number).select_related("programme").first()
        if found is None:
            raise forms.ValidationError(
                f"No animal {number} is in the book. Choose one of the list, or write its studbook number."
            )
        return found


class RecordForm(EntryForm):
    """What is written down of reproduction in one programme."""

    def __init__(self, *args: Any, programme: Programme, standing: Standing, **kwargs: Any) -> None:
        self.programme, self.standing = programme, standing
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, AnimalField):
                asked = [str(self.initial.get(name) or "")[:20]]
                if self.is_bound:
                    asked.append(str(self.data.get(name) or "")[:20])
                field.offer(programme, standing, *asked)


class DatedForm(RecordForm):
    """Asks for a day, which is today unless it is said otherwise."""

    on = on_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class OpenedForm(VersionedForm, EntryForm):
    """A deed on a record that is there: its version goes with the form."""

    def clean(self) -> dict[str, Any]:
        """Say it in the form, if its version was lost: the field itself is not shown."""
        data: dict[str, Any] = super().clean() or {}
        if "opened_version" in self.errors:
            self.add_error(None, VERSION_LOST)
        return data


class StrikeForm(OpenedForm):
    """Why a record is struck out."""

    FIRST: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label="Why it is struck out",
        max_length=400,
        error_messages={"required": "Say why it is struck out: the reason stays with it."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def because(label: str = "Why it is corrected") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        error_messages={"required": "A correction needs a reason. Write how you know."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def today() -> DateInterval:
    return DateInterval.exact(timezone.localdate())


def initial_of(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return what a form shows of a record that is there."""
    return {name: getattr(record, name) for name in names} | {"opened_version": record.version}
