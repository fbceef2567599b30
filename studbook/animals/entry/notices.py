"""What a person is told after an entry was saved: how it compares, and that somebody has to confirm it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.messages import constants

from studbook.animals.entry.observation_curve import weight_of
from studbook.animals.entry.observation_record import weight_before
from studbook.animals.entry.observation_values import UNUSUAL, change_in_words, is_unusual, kilograms
from studbook.animals.models import Animal, Event, Observation

PROVISIONAL = "It is provisional until the registrar of your zoo or the coordinator confirms it."


def notices_of(made: Any, saved: str) -> list[tuple[int, str]]:
    """Return what to say, each with its level; one query for a weight or for new animals."""
    if isinstance(made, Animal | list):
        return [(constants.SUCCESS, _of_newcomers(saved, [made] if isinstance(made, Animal) else made))]
    waits = f" {PROVISIONAL}" if getattr(made, "provisional", False) else ""
    if not isinstance(made, Observation) or made.kind != Observation.Kind.WEIGHT:
        return [(constants.SUCCESS, saved + waits)]
    return _of_weight(made, saved, waits)


def _of_newcomers(saved: str, animals: Sequence[Animal]) -> str:
    numbers = ", ".join(animal.studbook_number for animal in animals)
    waits = Event.objects.filter(animal__in=animals, provisional=True).exists()
    return f"{saved} New in the book: {numbers}.{f' {PROVISIONAL}' if waits else ''}"


def _of_weight(made: Observation, saved: str, waits: str) -> list[tuple[int, str]]:
    now, last = weight_of(made), weight_before(made)
    before = weight_of(last) if last else None
    if now is None or before is None or last is None:
        return [(constants.SUCCESS, saved + waits)]
    change = f"{saved} {now}, {change_in_words(before, now)} since {last.date}.{waits}"
    if not is_unusual(before, now):
        return [(constants.SUCCESS, change)]
    how_far = (
        f"{UNUSUAL} times as much or more" if kilograms(now) > kilograms(before) else "a third of it or less"
    )
    doubt = (
        f"{now} of {made.animal} is far from the last weight, {before} on {last.date}: {how_far}. "
        "If a digit slipped, correct the entry."
    )
    return [(constants.SUCCESS, change), (constants.WARNING, doubt)]
