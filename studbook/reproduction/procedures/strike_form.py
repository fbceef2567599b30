"""The form that strikes a procedure out; where it took units of a sample it asks how many went back."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Sample


class StrikeProcedureForm(StrikeForm):
    FIRST = ("reason", "put_back")

    put_back = forms.IntegerField(label="Put back", min_value=0, required=False, initial=0)

    def __init__(self, *args: Any, used: list[tuple[Sample, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not used:
            del self.fields["put_back"]
            return
        field, most = self.fields["put_back"], sum(taken for _, taken in used)
        took = " and ".join(f"{taken} of {sample.label}" for sample, taken in used)
        field.max_value = most  # type: ignore[attr-defined]
        field.validators.append(MaxValueValidator(most))
        field.help_text = (
            f"It took {took}. Units that were not thawed go back as a counted line of the ledger; else none."
        )
