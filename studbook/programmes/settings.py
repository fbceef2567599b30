"""What a programme is, the day its book is current to, its goals and the biology that its rules use."""

from itertools import pairwise
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.dates import FIRST_DAY
from studbook.core.errors import StudbookError
from studbook.core.newest_day import newest_day
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

ABOUT = ("name", "taxon", "common_name", "scope", "current_to")
GOALS = ("target_size", "gene_diversity_goal", "goal_years", "offspring_inbreeding_limit")
BIOLOGY = (
    "gestation_days_min",
    "gestation_days_mean",
    "gestation_days_max",
    "female_first_breeding_days",
    "male_first_breeding_days",
    "female_last_breeding_years",
    "male_last_breeding_years",
    "litter_size_max",
    "litter_interval_days_min",
    "longevity_years",
)
SETTINGS = (*ABOUT, *GOALS, *BIOLOGY)
DAYS_IN_YEAR = 365
LARGEST = 32_767  # what the columns hold on both engines


def settle_programme(
    programme: Programme, *, by: User, opened_version: int, reason: str, **values: Any
) -> None:
    """Write the settings of a programme; those not given stay as they are."""
    unknown = sorted(set(values) - set(SETTINGS))
    if unknown:
        raise StudbookError(f"A programme has no setting {unknown[0]}.")
    with changing(programme, "settle programme", by=by, right=Right.SETTLE, reason=reason.strip()) as trail:
        current = Programme.objects.get(pk=programme.pk)
        before = columns_of(current)
        for name, value in values.items():
            setattr(current, name, value)
        refuse_unsound(current)
        save_unless_stale(current, opened_version=opened_version, fields=list(values))
        trail.changed(current, before)


def refuse_unsound(programme: Programme) -> None:
    """Refuse settings that contradict each other, with the first sentence that says so."""
    for judge in (_about_days, _about_shares, _about_size, _about_order, _about_age):
        for field, sentence in judge(programme):
            raise StudbookError(sentence, field=field)


def _about_days(programme: Programme) -> list[tuple[str, str]]:
    day, latest = programme.current_to, newest_day()
    if day and not FIRST_DAY <= day <= latest:
        return [
            (
                "current_to",
                f"The book cannot be current to {day}: it holds days from {FIRST_DAY} to today. Correct the day.",
            )
        ]
    return []


def _about_shares(programme: Programme) -> list[tuple[str, str]]:
    goal, limit = programme.gene_diversity_goal, programme.offspring_inbreeding_limit
    wrong = []
    if not 0 < goal < 1:
        wrong.append(
            (
                "gene_diversity_goal",
                f"The goal of gene diversity is {goal}; it lies between 0 and 1, as 0.9 does.",
            )
        )
    if not 0 < limit <= 1:
        wrong.append(
            (
                "offspring_inbreeding_limit",
                f"The limit of offspring inbreeding is {limit}; it lies above 0, at most 1, as 0.125 does.",
            )
        )
    return wrong


def _about_size(programme: Programme) -> list[tuple[str, str]]:
    numbers = [(name, getattr(programme, name)) for name in ("target_size", "goal_years", *BIOLOGY)]
    return [
        (name, f"{number} is more than this book can hold, {LARGEST}. Correct the number.")
        for name, number in numbers
        if number is not None and number > LARGEST
    ]


def _about_order(programme: Programme) -> list[tuple[str, str]]:
    names = ("gestation_days_min", "gestation_days_mean", "gestation_days_max")
    given = [(name, getattr(programme, name)) for name in names if getattr(programme, name) is not None]
    return [
        (
            later,
            f"{_label(later)} is {high} days, less than {_label(earlier).lower()} of {low} days. Correct one of them.",
        )
        for (earlier, low), (later, high) in pairwise(given)
        if high < low
    ]


def _about_age(programme: Programme) -> list[tuple[str, str]]:
    found = []
    for sex in ("female", "male"):
        first = getattr(programme, f"{sex}_first_breeding_days")
        last = getattr(programme, f"{sex}_last_breeding_years")
        if first is not None and last is not None and last * DAYS_IN_YEAR < first:
            sentence = (
                f"A {sex} would breed last at {last} years, before it breeds first at {first} days. "
                "Correct one of them."
            )
            found.append((f"{sex}_last_breeding_years", sentence))
    return found


def _label(name: str) -> str:
    return {"min": "The shortest gestation", "mean": "The mean gestation", "max": "The longest gestation"}[
        name.rsplit("_", 1)[1]
    ]
