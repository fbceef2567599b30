"""Reproductive status on other pages: an animal's through time, and what waits on the first page of reproduction."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from studbook.animals.entry.observation_words import words_of
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.programmes.access import programme_of
from studbook.programmes.models import Programme
from studbook.reproduction.status.queries import status_rows, timeline_of, waiting_in
from studbook.reproduction.status.standing import standing_of


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was given or found, in words."""

    when: str
    kind: str
    words: str


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """Tell what stands of an animal today, and all that was given to it and found; one query."""
    timeline = timeline_of(animal)
    if not timeline:
        return None
    today = timezone.localdate()
    begun = [each for each in timeline if each.date is None or each.date.earliest <= today]
    standing = standing_of(begun, today) if animal.is_living else None
    told = [Told(str(each.date or ""), each.get_kind_display(), words_of(each)) for each in timeline]
    return {"programme": programme_of(request), "timeline": told, "standing": standing}


def room_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Count the contraceptions that end, those over without a return, and the pairs that need one; four queries."""
    today = timezone.localdate()
    rows = status_rows(programme, today)
    return {
        "programme": programme,
        "barred": sum(1 for each in rows if each.standing.bar),
        "contracepted": sum(1 for each in rows if each.standing.contraception),
        "waiting": waiting_in(programme, rows, today),
    }
