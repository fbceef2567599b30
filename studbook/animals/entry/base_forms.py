"""What every entry about an animal is asked: when, and anything else in words."""

from typing import Any

from django import forms
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Standing
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.forms import DateIntervalField, EntryForm
from studbook.programmes.models import Programme


class AnimalEntryForm(EntryForm):
    """An entry about an animal, or about one that is not in the book yet."""

    on = DateIntervalField(
        label="When",
        help_text="2019-05-03, May 2019, about 2019, before 2001.",
        error_messages={"required": "Say when."},
    )
    note = forms.CharField(
        label="Note", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        standing: Standing,
        user: User,
        animal: Animal | None = None,
        **kwargs: Any,
    ) -> None:
        self.programme, self.standing, self.user, self.animal = programme, standing, user, animal
        kwargs["initial"] = {"on": DateInterval.exact(timezone.localdate()), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
