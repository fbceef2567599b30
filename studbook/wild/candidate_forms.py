"""What the page of candidates is asked for; as the site needs it where nothing is asked."""

from typing import Any

from django import forms
from django.http import QueryDict

from studbook.population.releases import ReleaseQuestion
from studbook.wild.forms import MOST_WANTED, PER_CENT, limit, number
from studbook.wild.models import ReleaseSite
from studbook.wild.needs import Tally, living_at

USUAL = 2
HEAVIEST = 1000
NOBODY = "Ask for one animal at least."
AGES_TURNED = "The youngest age is above the oldest. Swap the two."


class CandidatesForm(forms.Form):
    """How many, how much the group's own diversity counts, and within which limits. What is left empty is no limit.

    Where nothing is asked it asks what the site still wants; it is not bound where that is nobody any more.
    """

    males = number("Males", MOST_WANTED)
    females = number("Females", MOST_WANTED)
    weight = forms.FloatField(
        label="Weight of the group’s own diversity",
        min_value=0,
        max_value=HEAVIEST,
        required=False,
        help_text="0: only what the zoos lose counts.",
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    youngest_months = number("Youngest (months)", 600)
    oldest_months = number("Oldest (months)", 600)
    kinship_limit = limit("Largest kinship in the group")
    inbreeding_limit = limit("Largest F")
    lineage_cap = forms.FloatField(
        label="Most of a capped lineage (%)",
        min_value=0.01,
        max_value=99.99,
        required=False,
        help_text="Where lower than its own cap.",
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    known_least = forms.FloatField(
        label="Least known ancestry (%)",
        min_value=0.01,
        max_value=100,
        required=False,
        help_text="Unknown genes count as unrelated.",
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    def __init__(self, asked: QueryDict, *, site: ReleaseSite, tally: Tally) -> None:
        self.site = site
        told = {name: asked[name] for name in self.base_fields if name in asked}
        usual = usual_of(site, tally)
        super().__init__(told or (None if tally.is_met else usual), initial=usual)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned["males"] or cleaned["females"]):
            self.add_error("males", NOBODY)
        young, old = cleaned.get("youngest_months"), cleaned.get("oldest_months")
        if young is not None and old is not None and young > old:
            self.add_error("youngest_months", AGES_TURNED)
        return cleaned

    @property
    def question(self) -> ReleaseQuestion:
        """What is asked; of a form that was found sound. A query where a limit of kinship is asked for."""
        told = dict(self.cleaned_data)
        told["males"], told["females"] = told["males"] or 0, told["females"] or 0
        told["weight"] = 1.0 if told["weight"] is None else told["weight"]
        for name in ("lineage_cap", "known_least"):
            if told[name] is not None:
                told[name] /= PER_CENT
        if told["kinship_limit"] is not None:
            told["beside"] = living_at(self.site)
        return ReleaseQuestion(**told)


def usual_of(site: ReleaseSite, tally: Tally) -> dict[str, Any]:
    """Return what a site still needs, as the form says it; two of each sex where it does not say how many."""
    wanted = {"males": tally.males_left, "females": tally.females_left}
    if not tally.is_stated:
        wanted = {"males": USUAL, "females": USUAL}
    told: dict[str, Any] = wanted | {"weight": 1}
    for name in ("youngest_months", "oldest_months", "kinship_limit", "inbreeding_limit"):
        told[name] = getattr(site, name)
    told["lineage_cap"] = None if site.lineage_cap is None else round(PER_CENT * site.lineage_cap, 6)
    return told
