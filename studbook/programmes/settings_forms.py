"""The form of a programme's settings; each number says what it alters."""

from typing import Any

from django import forms

from studbook.core.forms import DeedForm
from studbook.programmes.models import Programme
from studbook.programmes.saved_views_forms import OnceForm
from studbook.programmes.settings import ABOUT, BIOLOGY, GOALS, SETTINGS

LABELS = {
    "name": "Name of the programme",
    "current_to": "Current to",
    "target_size": "Target size",
    "gene_diversity_goal": "Goal of gene diversity (a share)",
    "goal_years": "To be kept for (years)",
    "offspring_inbreeding_limit": "Limit of offspring inbreeding",
    "gestation_days_min": "Shortest gestation (days)",
    "gestation_days_mean": "Mean gestation (days)",
    "gestation_days_max": "Longest gestation (days)",
    "female_first_breeding_days": "Females breed from (days)",
    "male_first_breeding_days": "Males breed from (days)",
    "female_last_breeding_years": "Females breed until (years)",
    "male_last_breeding_years": "Males breed until (years)",
    "litter_size_max": "Largest litter",
    "litter_interval_days_min": "Shortest time between litters (days)",
    "longevity_years": "Longest life (years)",
}
HELP = {
    "scope": "Which animals the book covers: regions, subspecies, since when.",
    "current_to": "The day the records are complete to. Ages, censuses and all numbers are counted on it; empty means today.",
    "target_size": "Shown on the dashboard beside the census.",
    "gene_diversity_goal": "Alters the years that the goal lasts, on the pages of genetics.",
    "goal_years": "Alters the years that the goal is held against, on the pages of genetics.",
    "offspring_inbreeding_limit": "Alters which pairs are marked: above it a pair needs a reason of its own.",
    "gestation_days_min": "With the longest it says when young were conceived: parents who were not together then are questioned.",
    "gestation_days_mean": "Alters the day before a birth on which possible sires are looked for.",
    "gestation_days_max": "See the shortest gestation; not below the mean.",
    "female_first_breeding_days": "A younger dam is questioned, and no younger female is proposed.",
    "male_first_breeding_days": "A younger sire is questioned, and no younger male is proposed.",
    "female_last_breeding_years": "An older female is not proposed for breeding.",
    "male_last_breeding_years": "An older male is not proposed for breeding.",
    "litter_size_max": "A larger litter is questioned.",
    "litter_interval_days_min": "Litters of one dam nearer to each other are questioned.",
    "longevity_years": "An age above it is questioned.",
}
GROUPS = (("The programme", ABOUT), ("Goals", GOALS), ("Biology", BIOLOGY))


class SettingsForm(OnceForm, DeedForm):
    """All settings in one form; empty numbers mean that nobody knows them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = forms.models.fields_for_model(Programme, SETTINGS, labels=LABELS, help_texts=HELP)
        self.fields |= made
        self.fields["current_to"].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields["scope"].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["reason"].label = "Why it is changed"

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]
