"""What forms of several rooms have in common."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Protocol, TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, QueryDict

from studbook.core.dates import FIRST_DAY, LAST_DAY, DateInterval, DateTextError
from studbook.core.errors import StudbookError
from studbook.core.findings import REJECT, Finding, RuleError, UnacknowledgedError
from studbook.core.once import FIELD, new_key
from studbook.core.rulebook import rulebook

Done = TypeVar("Done")

DONE = 200
# What a field itself refuses because its word is of no closed list, or too long for its column.
FIELD_RULES = {"invalid_choice": "C16", "max_length": "C16"}
VERSION_LOST = "The form came without its version. Open the page anew, then enter it once more."
VERSION_ERRORS = dict.fromkeys(("required", "invalid", "min_value", "max_value"), VERSION_LOST)
MOST_VERSION = 10**9  # which the columns hold, with room above it


class DateIntervalField(forms.CharField):
    """A date as people know it: 2019-05-03, May 2019, about 2019, between ... and ..., before 2001."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> DateInterval | None:
        """Return the interval, None for a field left empty."""
        if isinstance(value, DateInterval):
            return value
        words = super().clean(value)
        if not words:
            return None
        try:
            return DateInterval.parse(words)
        except DateTextError as error:
            raise forms.ValidationError(str(error), code="C3") from error


class DayField(forms.DateField):
    """One day of the calendar, as 2003-05-01, among those that a book can hold; empty for none unless it is required."""

    default_validators = [
        MinValueValidator(FIRST_DAY, f"A day before {FIRST_DAY} is none of this book. Correct the year."),
        MaxValueValidator(LAST_DAY, f"A day after {LAST_DAY} is none of this book. Correct the year."),
    ]

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("error_messages", {"invalid": "Write the day as 2003-05-01."})
        super().__init__(label=label, required=required, **kwargs)


class Narrowing(Protocol):
    """What narrows a list: a form, or a set of filters."""

    def is_valid(self) -> bool: ...


def refuse_unreadable(narrowing: Narrowing, page: str) -> None:
    """Refuse to save a list as a file where what narrows it cannot be read; `page` is where that is set again."""
    if not narrowing.is_valid():
        raise StudbookError(f"The filter of this export cannot be read. Set it again on the page of {page}.")


class VersionedForm(forms.Form):
    """Names the version the person saw, so that nothing falls on a record that has changed since."""

    opened_version = forms.IntegerField(
        min_value=1,
        max_value=MOST_VERSION,
        widget=forms.HiddenInput,
        error_messages=VERSION_ERRORS,
    )


class DeedForm(VersionedForm):
    """A deed and its reason; what is enough as a reason is the action's to say."""

    reason = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EntryForm(forms.Form):
    """What is written down of the daily work. A resend has one effect; warnings are read before it is saved.

    `FIRST` names the fields shown at once; the others are folded away until one of them is needed.
    """

    FIRST: ClassVar[tuple[str, ...]] = ()
    BESIDE: ClassVar[tuple[str, ...]] = (FIELD, "acknowledged", "reason", "opened_version")

    once_key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput, initial=new_key)
    acknowledged = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why all the same",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: tuple[Finding, ...] = ()

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given: the fields without the key of the form, the warnings read as codes."""
        data = {name: value for name, value in self.cleaned_data.items() if name != FIELD}
        data["acknowledged"] = tuple(self.cleaned_data.get("acknowledged", "").split())
        return data

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {*self.FIRST, *self.BESIDE}]

    def more_fields_open(self) -> bool:
        """Tell whether a folded field holds something or is refused, and so must be seen."""
        return any(field.errors or (self.is_bound and field.data) for field in self.more_fields())

    def codes_to_acknowledge(self) -> str:
        return " ".join(sorted({each.code for each in self.warnings} | set(self._acknowledged_before())))

    def _acknowledged_before(self) -> Iterable[str]:
        return str(self.data.get("acknowledged", "")).split()


class WithdrawForm(EntryForm):
    """Why something that was kept is withdrawn."""

    FIRST = ("reason",)

    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=400,
        error_messages={"required": "Say why it is withdrawn: the reason is kept with it."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form of the page is bound to: what was sent, or nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def attempted(form: forms.Form, deed: Callable[..., Done]) -> tuple[Done | None, int]:
    """Do a deed with what the form holds: what it gave and DONE, else the status; a refusal is told in the form."""
    if not form.is_valid():
        return None, 400
    try:
        return deed(**getattr(form, "deed_data", form.cleaned_data)), DONE
    except UnacknowledgedError as warned:
        if not isinstance(form, EntryForm):
            form.add_error(None, warned.sentence)
        else:
            form.warnings = warned.findings
        return None, warned.status
    except RuleError as refusal:
        for each in refusal.findings:
            told = forms.ValidationError(f"{each.sentence} ({each.code})", code=each.code)
            form.add_error(_field_in(form, each.field), told)
        return None, refusal.status
    except StudbookError as refusal:
        form.add_error(_field_in(form, refusal.field), refusal.sentence)
        return None, refusal.status


def findings_in(form: forms.Form) -> list[Finding]:
    """Return what the rules of the book say against what was filled in, each at its field."""
    return [
        Finding(FIELD_RULES.get(error.code, error.code), REJECT, (), " ".join(error.messages), name)
        for name, errors in form.errors.as_data().items()
        for error in errors
        if error.code and FIELD_RULES.get(error.code, error.code) in rulebook()
    ]


def _field_in(form: forms.Form, field: str | None) -> str | None:
    return field if field in form.fields else None
