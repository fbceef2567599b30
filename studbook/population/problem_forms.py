"""How the list of problems is narrowed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from pedigree.checks import SEVERITIES, Problem
from studbook.population.quality import LEVELS, RULES


class ProblemFilterForm(forms.Form):
    """Which problems to show. A level or rule that does not exist is said so, and nothing is listed."""

    level = forms.ChoiceField(
        required=False, choices=[("", "any level"), *((each, LEVELS[each]) for each in SEVERITIES)]
    )
    code = forms.ChoiceField(label="Rule", required=False, choices=[("", "any rule"), *RULES.items()])
    animal = forms.CharField(label="Animal’s number", required=False, max_length=20)

    def __init__(self, *args: Any, problems: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {each.code for each in problems} | {self.data.get("code", "")}
        code = self.fields["code"]
        if isinstance(code, forms.ChoiceField):
            rules = [(key, f"{key} {what}") for key, what in RULES.items() if key in there]
            code.choices = [("", "any rule"), *rules]

    def narrowed(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Return the problems that pass every filter; none where the filter cannot be read."""
        if not self.is_valid():
            return []
        level, code, animal = (self.cleaned_data[name] for name in ("level", "code", "animal"))
        return [
            each
            for each in problems
            if level in ("", each.severity)
            and code in ("", each.code)
            and (not animal or animal in each.animals)
        ]
