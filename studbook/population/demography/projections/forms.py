"""The form of a scenario: a few fields first, the rest folded by subject; every field says in half a line what it does."""

from collections.abc import Sequence
from typing import Any

from django import forms

from studbook.core.forms import VersionedForm
from studbook.population.demography.forms import SetForm
from studbook.population.demography.projections.drafts import ScenarioDraft
from studbook.population.demography.projections.lines import (
    LINES,
    PER_CENT,
    DonorsField,
    Lines,
    count_field,
    percent_field,
)
from studbook.population.demography.tables import SMOOTHINGS
from studbook.population.models import RateSet, Scenario
from studbook.population.models.scenario import MOST_RUNS, MOST_YEARS

LARGEST_SEED = 2**31 - 1
FIRST = ("name", "reason", "strategy", "years", "runs", "capacity", "rates")
FOLDS = {
    "Who, and rates of which days": (
        "region",
        "origin",
        "in_situ",
        "institution",
        "first",
        "last",
        "smoothing",
    ),
    "Pairs and litters": ("litter_sizes", "share_male", "fulfilment", "litters_per_sire", "kinship_limit"),
    "Spaces and extinction": ("limits_litters", "exports_surplus", "extinction_threshold"),
    "Inbreeding depression": ("lethal_equivalents",),
    "Genome bank": ("uses_bank", "donors", "bank_success", "bank_per_year"),
    "Chance and detail": ("seed", "loci", "kinship"),
}
NOT_A_SUM = "These add up to {total:g} %. Write shares that add up to 100."
SHARES = ("share_male", "fulfilment", "kinship_limit", "bank_success")
PLAIN = (
    "smoothing",
    "strategy",
    "years",
    "runs",
    "capacity",
    "limits_litters",
    "exports_surplus",
    "litters_per_sire",
    "extinction_threshold",
    "lethal_equivalents",
    "seed",
    "loci",
    "kinship",
    "uses_bank",
    "bank_per_year",
)


class ScenarioForm(SetForm):
    """Narrows the set as the pages of demography do, and adds what is assumed of the years to come."""

    name = forms.CharField(max_length=80, required=False, help_text="What it assumes, in a few words.")
    reason = forms.CharField(
        label="Question",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What it is to answer; shown with it and kept.",
    )
    strategy = forms.ChoiceField(
        label="Pairs chosen by",
        choices=Scenario.Strategy.choices,
        help_text="Who breeds with whom in each year to come.",
    )
    years = forms.IntegerField(min_value=1, max_value=MOST_YEARS, help_text="How far to look.")
    runs = forms.IntegerField(
        min_value=1, max_value=MOST_RUNS, initial=500, help_text="More runs, narrower error; 500 are quick."
    )
    capacity = forms.IntegerField(
        label="Spaces",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Places for animals; empty: no limit.",
    )
    rates = forms.ChoiceField(label="Rates", help_text="Of death and birth, by sex and age.")
    smoothing = forms.ChoiceField(
        label="Gaps in the rates",
        required=False,
        choices=list(SMOOTHINGS.items()),
        help_text="Of recorded rates.",
    )
    litter_sizes = forms.CharField(
        label="Litters of 1, 2, 3 … young, %",
        required=False,
        max_length=200,
        help_text="Shares with commas; as the book shows them.",
    )
    share_male = percent_field("Males among young, %", required=True, first=50.0)
    fulfilment = percent_field(
        "Recommended pairs that breed, %", help_text="Empty: by the dam’s fecundity Mx."
    )
    litters_per_sire = count_field("Most pairs of a male a year", least=1, most=1000, first=None)
    kinship_limit = percent_field(
        "Highest kinship of a pair, %",
        help_text="Equals F of their young. A hard limit: a closed population runs out of pairs. Empty: none.",
    )
    limits_litters = forms.BooleanField(label="Breed only into free spaces", required=False, initial=True)
    exports_surplus = forms.BooleanField(label="Send away who is above the spaces", required=False)
    extinction_threshold = count_field("Extinct below … animals", most=10_000, first=0)
    lethal_equivalents = forms.FloatField(
        label="Lethal equivalents",
        min_value=0,
        max_value=100,
        initial=0,
        required=False,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text="Of a diploid genome, on first-year survival; 0: no harm, 6: a mean of wild mammals and birds.",
    )
    uses_bank = forms.BooleanField(label="Use banked semen", required=False)
    donors = DonorsField(
        label="Donors and straws",
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "1171: 20"}),
        help_text="A line each: studbook number, colon, straws. Males of the book, dead or alive. A new scenario begins with the doses in store, without the national reserve.",
    )
    bank_success = percent_field("Inseminations that succeed, %", required=True, first=50.0)
    bank_per_year = count_field("Most inseminations a year", least=0, most=1000, first=None)
    seed = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_SEED,
        initial=1,
        help_text="Decides all chance; scenarios to compare share it.",
    )
    loci = forms.IntegerField(
        label="Loci carried along",
        min_value=0,
        max_value=1000,
        initial=32,
        help_text="For founder alleles left.",
    )
    kinship = forms.ChoiceField(label="Kinship", choices=Scenario.Kinship.choices)

    def __init__(
        self,
        *args: Any,
        rate_sets: Sequence[RateSet],
        lines: dict[str, list[dict[str, Any]]],
        grown: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rate_sets = {str(each.pk): each for each in rate_sets}
        field = self.fields["rates"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                *Scenario.RateSource.choices[:2],
                *((pk, f"what-if: {each.name}") for pk, each in self.rate_sets.items()),
            ]
        data = self.data if self.is_bound else None
        self.lines: dict[str, Lines] = {
            name: made(
                data,
                prefix=name,
                initial=lines.get(name, []),
                form_kwargs={"grown": grown} if name == "imports" else {},
            )
            for name, made in LINES.items()
        }

    def clean_litter_sizes(self) -> list[float]:
        words = self.cleaned_data["litter_sizes"].replace(";", ",").replace("%", "")
        try:
            shares = [float(word) for word in words.split(",") if word.strip()]
        except ValueError:
            raise forms.ValidationError("Write numbers with commas between them, as 40, 45, 15.") from None
        total = sum(shares)
        if not shares:
            return []
        if not all(0 <= share <= PER_CENT for share in shares) or abs(total - PER_CENT) > 1:
            raise forms.ValidationError(NOT_A_SUM.format(total=total))
        return [share / total for share in shares]

    def is_valid(self) -> bool:
        # Not lazily: every line tells its own faults.
        return all([super().is_valid(), *(each.is_valid() for each in self.lines.values())])

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given."""
        told = self.cleaned_data
        moves = [line for name in ("imports", "exports") for line in self._lines(name)]
        draft = ScenarioDraft(
            self._assumed(), tuple(moves), tuple(self._lines("catastrophes")), told["donors"]
        )
        return {"name": told["name"], "reason": told["reason"], "draft": draft}

    def _assumed(self) -> dict[str, Any]:
        told = self.cleaned_data
        rate_set = self.rate_sets.get(told["rates"])
        shares = {name: None if told[name] is None else told[name] / PER_CENT for name in SHARES}
        plain = {name: told[name] for name in PLAIN}
        plain |= {name: plain[name] or 0 for name in ("lethal_equivalents", "extinction_threshold")}
        return {
            **plain,
            **shares,
            "base": self.filters.query,
            "litter_sizes": told["litter_sizes"],
            "rate_source": Scenario.RateSource.RATE_SET if rate_set else told["rates"],
            "rate_set": rate_set,
        }

    def _lines(self, name: str) -> list[dict[str, Any]]:
        return [form.told for form in self.lines[name] if form.is_line]

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    def folds(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Return the folded parts: title, fields, and whether one of them is refused and so must be seen."""
        return [
            (title, fields, any(field.errors for field in fields))
            for title, names in FOLDS.items()
            if (fields := [self[name] for name in names])
        ]

    def line_folds(self) -> list[tuple[str, str, Lines, bool]]:
        """Return the parts of several lines: title, help, lines, and whether one of them is refused."""
        told = {
            "imports": ("Imports", "Unrelated founders who come."),
            "exports": ("Exports", "Who leaves, such as for a reintroduction."),
            "catastrophes": ("Catastrophes", "Years in which more die, or fewer breed."),
        }
        return [
            (*told[name], each, self.is_bound and not each.is_valid()) for name, each in self.lines.items()
        ]


class ScenarioEditForm(ScenarioForm, VersionedForm):
    pass
